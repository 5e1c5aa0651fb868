import type {
  BgpLoadBalancerModel,
  Dialect,
  MasterModel,
  SwitchModel,
} from '../../../compiler/model/bgp/bgp-load-balancer';
import { sampleBgpModel } from '../../sample-bgp-model';
import { network } from './steering-models';

export const DIALECT_NAMES = ['bird1', 'bird2', 'frr', 'comware7'] as const satisfies readonly Dialect[];

const SAMPLE = sampleBgpModel();

/** Every case in every dialect: the whole of what a switch can be told. */
export const SWITCH_CASES: Readonly<Record<string, (dialect: Dialect) => BgpLoadBalancerModel>> = {
  /** 002's README. */
  sample: (dialect) => sampleBgpModel({ dialect }),
  /** Three masters, among them two names that differ in a dot only; BGP's own port; no graceful restart. */
  'three-masters': (dialect) =>
    withMasters(
      sampleBgpModel({ dialect, speakers: { port: 179, gracefulRestart: undefined } }),
      ['node-1.example', 'node-1-example', `master.${'x'.repeat(60)}.example`].map((name, index) =>
        master(name, index + 5),
      ),
    ),
  /** Both families, several pools, one of a single address. */
  'dual-stack': (dialect) => {
    const model = withMasters(withSwitch(sampleBgpModel({ dialect }), { addresses: addresses(4) }), [
      { name: 'm1', routerId: '192.168.1.5', addresses: addresses(5) },
    ]);
    return {
      ...model,
      workers: SAMPLE.workers.map((worker, index) => ({ ...worker, addresses: addresses(20 + index) })),
      pools: [
        { name: 'public', networks: [network('139.198.190.112', 29), network('2001:db8:1::', 64)] },
        { name: 'single', networks: [network('203.0.113.9', 32), network('2001:db8:2::9', 128)] },
      ],
      services: SAMPLE.services.map((service) => ({
        ...service,
        externalIPs: [
          { family: 'IPv4', address: '139.198.190.117' },
          { family: 'IPv6', address: '2001:db8:1::7' },
        ],
      })),
    };
  },
  /** One autonomous system, and speakers that wait for the switch. */
  ibgp: (dialect) =>
    withMasters(
      withSwitch(sampleBgpModel({ dialect, speakers: { passive: true, port: 179 } }), { asn: 65000, maximumPaths: 16 }),
      SAMPLE.speakers.masters,
    ),
  /** Speakers behind a router, a password, a switch that waits. */
  'multihop-password': (dialect) => {
    const model = withSwitch(sampleBgpModel({ dialect }), { passive: true });
    const passwordSecret = { name: 'bgp-s6800', key: 'password' };
    const sessions = model.sessions.map((session) => ({ ...session, multihopTtl: 3, passwordSecret }));
    return { ...model, sessions };
  },
};

function withSwitch(model: BgpLoadBalancerModel, changes: Partial<SwitchModel>): BgpLoadBalancerModel {
  return { ...model, switches: model.switches.map((target) => ({ ...target, ...changes })) };
}

/** The model with other masters, and the sessions that follow from them. */
function withMasters(model: BgpLoadBalancerModel, masters: readonly MasterModel[]): BgpLoadBalancerModel {
  const sessions = model.switches.flatMap((target) =>
    masters.flatMap(({ name, addresses: own }) =>
      own.flatMap(({ family, address }) =>
        target.addresses
          .filter((other) => other.family === family)
          .map((other) => ({
            family,
            master: name,
            masterAddress: address,
            switch: target.name,
            switchAddress: other.address,
            external: target.asn !== model.speakers.asn,
          })),
      ),
    ),
  );
  return { ...model, speakers: { ...model.speakers, masters }, sessions };
}

function master(name: string, host: number): MasterModel {
  const address = `192.168.1.${host}`;
  return { name, routerId: address, addresses: [{ family: 'IPv4', address }] };
}

function addresses(host: number): SwitchModel['addresses'] {
  return [
    { family: 'IPv4', address: `192.168.1.${host}` },
    { family: 'IPv6', address: `2001:db8::${host}` },
  ];
}
