import type { BgpLoadBalancerSpec } from '../../spec/generated/bgp-load-balancer';
import type { Problems } from '../problems';
import type { BgpLoadBalancerModel } from './bgp-load-balancer';
import { checkNodeNames, checkResources } from './bgp-pod-checks';
import { DIALECTS } from './dialects';

type Declared = Omit<BgpLoadBalancerModel, 'services'>;
type Check = (model: Declared, spec: BgpLoadBalancerSpec, problems: Problems) => void;

/** What must hold between the numbers and names of a BgpLoadBalancer, whether its addresses can be read or not. */
const CHECKS: readonly Check[] = [
  checkNames,
  checkAsns,
  checkPort,
  checkTimers,
  checkRestart,
  checkReplicas,
  checkWhoConnects,
  checkMultihop,
  checkPasswords,
  checkImages,
  checkNodeNames,
  checkResources,
  checkPaths,
  checkTables,
  checkDeployModel,
  checkSteeringSwitch,
  checkDialects,
  checkPolicy,
];

/** Port of BGP (RFC 4271, section 8.2.1): what an end that knows no other port dials. */
const BGP_PORT = 179;

/** AS_TRANS (RFC 6793) and the last numbers of both sizes (RFC 7300); the schema keeps out 0 and 4294967295. */
const RESERVED_ASNS: ReadonlySet<number> = new Set([23456, 65535]);

/** Time in which a speaker's Pod stops, starts again and has announced everything: routes must outlive it. */
const SPEAKER_RESTART_SECONDS = 30;

/** Runs the checks that need no addresses. */
export function checkBgpNumbers(model: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  for (const check of CHECKS) check(model, spec, problems);
}

function checkNames(_: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  for (const field of ['masters', 'switches', 'workers', 'pools'] as const) {
    const first = new Map<string, number>();
    spec[field].forEach(({ name }, index) => {
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, index);
      else {
        problems.add('BAL3001', `/spec/${field}/${index}/name`, `"${name}" is defined twice in ${field}`, [
          { message: 'first defined here', location: problems.locate(`/spec/${field}/${earlier}/name`) },
        ]);
      }
    });
  }
}

function checkAsns(_: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  const refuse = (pointer: string, asn: number): void => {
    if (RESERVED_ASNS.has(asn)) problems.add('BAL3032', pointer, `AS number "${asn}" is reserved`);
  };
  refuse('/spec/asn', spec.asn);
  spec.switches.forEach(({ asn }, index) => {
    refuse(`/spec/switches/${index}/asn`, asn);
  });
}

function checkPort({ speakers }: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  if (spec.cni !== 'calico' || speakers.port !== BGP_PORT) return;
  problems.add('BAL3034', '/spec/port', 'port "179" is that of calico on every node');
}

function checkTimers({ speakers }: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  const { keepaliveSeconds, holdSeconds } = speakers.timers;
  const pointer = (field: 'keepaliveSeconds' | 'holdSeconds'): string =>
    spec.timers?.[field] === undefined ? '/spec/timers' : `/spec/timers/${field}`;
  if (keepaliveSeconds * 3 > holdSeconds) {
    const message = `keepaliveSeconds "${keepaliveSeconds}" is more than a third of holdSeconds "${holdSeconds}"`;
    problems.add('BAL3035', pointer('keepaliveSeconds'), message);
  }
  if (holdSeconds > speakers.drainSeconds) {
    const message = `drainSeconds "${speakers.drainSeconds}" is less than holdSeconds "${holdSeconds}": a switch may still send`;
    problems.add('BAL3035', spec.drainSeconds === undefined ? pointer('holdSeconds') : '/spec/drainSeconds', message);
  }
}

function checkRestart({ speakers }: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  const seconds = speakers.gracefulRestart?.restartSeconds;
  if (seconds === undefined || seconds >= SPEAKER_RESTART_SECONDS) return;
  const message = `restartSeconds "${seconds}" is less than the "${SPEAKER_RESTART_SECONDS}" that a speaker needs to start`;
  problems.add('BAL3035', '/spec/gracefulRestart/restartSeconds', message);
}

function checkReplicas({ profile, speakers }: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  const { replicas, masters } = speakers;
  if (replicas > masters.length) {
    problems.add('BAL3039', '/spec/replicas', `replicas "${replicas}" is more than the "${masters.length}" masters`);
  }
  if (profile !== 'upstream' || replicas < 2) return;
  const pointer = spec.replicas === undefined ? '/spec/masters' : '/spec/replicas';
  problems.add('BAL3058', pointer, `"${replicas}" replicas share the router id "${masters[0]?.routerId}"`);
}

function checkWhoConnects({ speakers, switches }: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  if (!speakers.passive) return;
  switches.forEach(({ name, passive, dialect }, index) => {
    if (passive) {
      const message = `neither the speakers nor "${name}" connect: both are passive`;
      problems.add('BAL3040', `/spec/switches/${index}/passive`, message);
    } else if (!DIALECTS[dialect].dialsOtherPorts && speakers.port !== BGP_PORT) {
      const message = `the speakers are passive on port "${speakers.port}", and "${name}" (${dialect}) connects to port 179 only`;
      problems.add('BAL3040', '/spec/passive', message);
    }
  });
}

function checkMultihop({ speakers }: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  spec.switches.forEach(({ name, asn, multihopTtl }, index) => {
    if (multihopTtl === undefined || asn !== speakers.asn) return;
    const message = `"${name}" is in AS "${asn}" like the speakers (iBGP), and multihopTtl is set`;
    problems.add('BAL3037', `/spec/switches/${index}/multihopTtl`, message);
  });
}

function checkPasswords({ profile }: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  if (profile !== 'upstream') return;
  spec.switches.forEach(({ passwordSecret }, index) => {
    if (passwordSecret === undefined) return;
    const message = `the original image cannot read the password from Secret "${passwordSecret.name}"`;
    problems.add('BAL3038', `/spec/switches/${index}/passwordSecret`, message);
  });
}

function checkImages({ speakers, daemon }: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  const missing = (field: string): void =>
    problems.add('BAL3050', `/spec/${field}/image`, `profile "upstream" needs ${field}.image`);
  if (speakers.container.image === '') missing('controller');
  if (daemon.image === '') missing('daemon');
}

/** Every part of the chain carries as many paths as there are workers, or traffic silently goes to fewer. */
function checkPaths({ speakers, switches, workers }: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  const needed = workers.length;
  if (speakers.sendMax === undefined && needed > 1) {
    const message = `without ADD-PATH a switch learns one next hop of the "${needed}" workers`;
    problems.add('BAL3045', '/spec/addPaths/enabled', message);
  } else if (speakers.sendMax !== undefined && speakers.sendMax < needed) {
    const pointer = spec.addPaths?.sendMax === undefined ? '/spec/workers' : '/spec/addPaths/sendMax';
    problems.add('BAL3045', pointer, `addPaths.sendMax "${speakers.sendMax}" is less than the "${needed}" workers`);
  }
  switches.forEach(({ name, maximumPaths, maximumPrefixes }, index) => {
    const pointer = `/spec/switches/${index}`;
    if (maximumPaths < needed) {
      const message = `maximumPaths "${maximumPaths}" of "${name}" is less than the "${needed}" workers`;
      problems.add('BAL3045', `${pointer}/maximumPaths`, message);
    }
    // It is 0 where no pool could be read.
    if (maximumPrefixes > 0 && maximumPrefixes < needed) {
      const message = `maximumPrefixes "${maximumPrefixes}" of "${name}" is less than the "${needed}" paths of one EIP`;
      problems.add('BAL3045', `${pointer}/maximumPrefixes`, message);
    }
  });
}

/** rt_tables(5): default, main, local; 0 is no table. */
function checkTables({ steering }: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  for (const field of ['inRoutingTable', 'replyRoutingTable'] as const) {
    const table = steering[field];
    if (table < 253 || table > 255) continue;
    problems.add('BAL3046', `/spec/steering/${field}`, `table "${table}" is one of the kernel's own`);
  }
  if (steering.inRoutingTable !== steering.replyRoutingTable) return;
  const message = `table "${steering.inRoutingTable}" is named for requests and for answers`;
  problems.add('BAL3046', '/spec/steering', message);
}

function checkDeployModel({ steering }: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  const acknowledged = spec.steering?.acknowledgeDefaultRoute ?? false;
  if (steering.deployModel === 'test' && !acknowledged) {
    problems.add('BAL3048', '/spec/steering/deployModel', 'deployModel "test" moves the default route of every worker');
  }
  if (steering.deployModel !== 'test' && acknowledged) {
    const message = 'acknowledgeDefaultRoute is for deployModel "test"';
    problems.add('BAL3026', '/spec/steering/acknowledgeDefaultRoute', message);
  }
}

function checkSteeringSwitch({ switches }: Declared, { steering }: BgpLoadBalancerSpec, problems: Problems): void {
  if (steering?.switch === undefined || switches.some(({ name }) => name === steering.switch)) return;
  problems.add('BAL3051', '/spec/steering/switch', `no switch is called "${steering.switch}"`);
}

function checkDialects(_: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  spec.switches.forEach((entry, index) => {
    checkDialect(entry, `/spec/switches/${index}`, problems);
  });
}

function checkDialect(entry: BgpLoadBalancerSpec['switches'][number], pointer: string, problems: Problems): void {
  const { dialect, version, bfd, interfaces, maximumPaths } = entry;
  const { title, oldestVersion, maximumPaths: widest, linux } = DIALECTS[dialect];
  if (version !== undefined && compareVersions(version, oldestVersion) < 0) {
    const message = `${title} "${version}" is older than ${oldestVersion}, which can take several paths`;
    problems.add('BAL3049', `${pointer}/version`, message);
  }
  if (bfd) {
    problems.add('BAL3049', `${pointer}/bfd`, 'gobgpd has no BFD; shorten timers.holdSeconds instead');
  }
  if (interfaces !== undefined && !linux) {
    problems.add('BAL3049', `${pointer}/interfaces`, `${title} does not run on a Linux host`);
  }
  if (maximumPaths !== undefined && maximumPaths > widest) {
    const message = `maximumPaths "${maximumPaths}" is more than the "${widest}" of ${title}`;
    problems.add('BAL3049', `${pointer}/maximumPaths`, message);
  }
}

/** Compares dotted versions number by number; what one lacks counts as 0. */
function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
function checkPolicy({ kubernetesMinor }: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  if (kubernetesMinor !== 27) return;
  problems.add('BAL3059', '/spec/kubernetesVersion', 'Kubernetes "1.27" has no ValidatingAdmissionPolicy');
}
