import type { AddressModel, BgpLoadBalancerModel, SessionModel } from '../../compiler/model/bgp/bgp-load-balancer';
import { sampleBgpModel } from '../sample-bgp-model';

/** Three masters and two switches with both families; the second switch is two hops away and has a password. */
export function threeMasters(): BgpLoadBalancerModel {
  const sample = sampleBgpModel();
  const both = (host: number): AddressModel[] => [
    { family: 'IPv4', address: `192.168.1.${host}` },
    { family: 'IPv6', address: `fd00:1::${host}` },
  ];
  const masters = [5, 6, 8].map((host, index) => ({
    name: `master-${index + 1}`,
    routerId: `192.168.1.${host}`,
    addresses: both(host),
  }));
  const [first] = sample.switches;
  const switches = [
    { ...first!, name: 'leaf-1', addresses: both(4) },
    { ...first!, name: 'leaf-2', asn: 4200000001, routerId: '192.168.1.3', addresses: both(3) },
  ];
  const sessions = masters.flatMap((master) =>
    switches.flatMap(({ name, addresses }) =>
      addresses.map(
        ({ family, address }, index): SessionModel => ({
          family,
          master: master.name,
          masterAddress: master.addresses[index]!.address,
          switch: name,
          switchAddress: address,
          external: true,
          ...(name === 'leaf-2' && { multihopTtl: 2, passwordSecret: { name: 'bgp-leaf-2', key: 'password' } }),
        }),
      ),
    ),
  );
  const hosts = [14, 11, 7];
  return {
    ...sample,
    speakers: { ...sample.speakers, passive: true, masters, replicas: 2 },
    switches,
    sessions,
    workers: sample.workers.map((worker, index) => ({ ...worker, addresses: both(hosts[index]!) })),
    services: sample.services.map((service) => ({
      ...service,
      externalIPs: [...service.externalIPs, { family: 'IPv6', address: '2001:db8:100::75' }],
      workers: ['i-rnqf0xcu', 'i-9u2mlxrn'],
    })),
  };
}
