import type { BgpLoadBalancerSpec, BgpSwitch } from '../../spec/generated/bgp-load-balancer';
import type { MasterModel, SessionModel, SpeakersModel, SwitchModel } from './bgp-load-balancer';

/** Key of the Secret that a password is under, unless the spec says otherwise: that of kubernetes.io/basic-auth. */
const PASSWORD_KEY = 'password';

/** Every session that there should be: one per switch, master and address family that both have. */
export function sessionsOf(
  spec: BgpLoadBalancerSpec,
  { asn, masters }: SpeakersModel,
  switches: readonly SwitchModel[],
): SessionModel[] {
  return switches.flatMap((target, index) =>
    masters.flatMap((master) => sessionsBetween(master, target, spec.switches[index]!, asn)),
  );
}

function sessionsBetween(master: MasterModel, target: SwitchModel, entry: BgpSwitch, asn: number): SessionModel[] {
  const { multihopTtl, passwordSecret } = entry;
  return master.addresses.flatMap(({ family, address }) =>
    target.addresses
      .filter((other) => other.family === family)
      .map((other) => ({
        family,
        master: master.name,
        masterAddress: address,
        switch: target.name,
        switchAddress: other.address,
        external: target.asn !== asn,
        ...(multihopTtl !== undefined && { multihopTtl }),
        ...(passwordSecret && { passwordSecret: { key: PASSWORD_KEY, ...passwordSecret } }),
      })),
  );
}
