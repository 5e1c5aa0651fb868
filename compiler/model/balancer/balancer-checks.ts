import type { BalancerSpec } from '../../spec/generated/balancer';
import type { Problems } from '../problems';
import { addressProblem } from '../values/ip-address';
import { networkProblem } from '../values/ip-network';
import { BALANCER_NAME_LABEL, proxyPodLabels } from '../values/names';
import type { BackendModel, BalancerModel } from './balancer';
import { BALANCER_FIELD_DEFAULTS } from './balancer-defaults';
import { compareVersions, OLDEST_NGINX } from './nginx-version';
import { checkResources, checkTolerations } from './pod-checks';
import { reducedWeights } from './weights';

type Check = (model: BalancerModel, spec: BalancerSpec, problems: Problems) => void;

/** What must hold between the fields of a Balancer, beyond the single port or backend. */
const CHECKS: readonly Check[] = [
  checkLiveBackends,
  checkBackups,
  checkHashWeights,
  checkFollowing,
  checkResolver,
  checkPrivilegedPorts,
  checkHealthPort,
  checkServiceType,
  checkSourceAddresses,
  checkSelectors,
  checkOverlaps,
  checkServices,
  checkOwnResources,
  checkLabels,
  checkNetworkPolicy,
  checkOwnTolerations,
  checkFamilies,
];

/** A consistent hash of this weight takes about 25 MB. */
const HASH_WEIGHT_LIMIT = 10_000;

/** Runs every check of a Balancer and reports what fails. */
export function checkBalancer(model: BalancerModel, spec: BalancerSpec, problems: Problems): void {
  for (const check of CHECKS) check(model, spec, problems);
}

/** nginx: "no servers are inside upstream"; also when all of them are down or backup. */
function checkLiveBackends({ backends }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  if (backends.some(({ weight, backup }) => weight > 0 && !backup)) return;
  problems.add('BAL3009', '/spec/backends', 'every backend is drained (weight 0) or a backup');
}

/** https://nginx.org/en/docs/stream/ngx_stream_upstream_module.html#backup */
function checkBackups({ ports, backends }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  const backup = backends.findIndex((backend) => backend.backup);
  if (backup === -1) return;
  ports.forEach(({ method }, index) => {
    if (method !== 'SourceHash' && method !== 'RandomTwo') return;
    const message = `the method "${method}" does not go with backend "${backends[backup]?.name}", which is a backup`;
    problems.add('BAL3008', `/spec/ports/${index}/method`, message, [
      { message: 'the backup is here', location: problems.locate(`/spec/backends/${backup}/backup`) },
    ]);
  });
}

/** Only the proportions of the weights count; what is left of them costs memory. */
function checkHashWeights({ ports, backends }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  const sum = reducedWeights(backends.map(({ weight }) => weight)).reduce((total, weight) => total + weight, 0);
  if (sum <= HASH_WEIGHT_LIMIT) return;
  ports.forEach(({ method }, index) => {
    if (method !== 'SourceHash') return;
    const message = `the weights have no common divisor and add up to "${sum}", above ${HASH_WEIGHT_LIMIT}`;
    problems.add('BAL3029', `/spec/ports/${index}/method`, message);
  });
}

function checkFollowing({ nginx, backends }: BalancerModel, spec: BalancerSpec, problems: Problems): void {
  const tooOld = compareVersions(nginx.version, OLDEST_NGINX) < 0;
  if (tooOld || nginx.followsNames || backends.every(({ target }) => target.kind === 'address')) return;
  const pointer = ['nginxVersion', 'image', 'profile'].find((field) => field in spec);
  const message = `nginx ${nginx.version.join('.')} does not notice that the Service of a backend was created anew`;
  problems.add('BAL3014', pointer === undefined ? '/spec' : `/spec/${pointer}`, message);
}

function checkResolver({ nginx }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  if (nginx.resolver === undefined) return;
  const problem = addressProblem(nginx.resolver);
  if (problem !== undefined) problems.add('BAL3016', '/spec/resolver', `"${nginx.resolver}" ${problem}`);
  if (nginx.followsNames) return;
  const message = `nginx ${nginx.version.join('.')} resolves names with the C library, which does not ask "${nginx.resolver}"`;
  problems.add('BAL3026', '/spec/resolver', message);
}

/** The sysctl net.ipv4.ip_unprivileged_port_start belongs to the network namespace, which here is the node's. */
function checkPrivilegedPorts(
  { profile, pod, ports, nginx }: BalancerModel,
  _: BalancerSpec,
  problems: Problems,
): void {
  if (!pod.hostNetwork || profile === 'upstream') return;
  const refuse = (pointer: string, port: number | undefined): void => {
    if (port === undefined || port >= 1024) return;
    problems.add('BAL3011', pointer, `port "${port}" is below 1024, with hostNetwork`);
  };
  ports.forEach(({ port }, index) => {
    refuse(`/spec/ports/${index}/port`, port);
  });
  refuse('/spec/healthPort', nginx.healthPort);
}

function checkHealthPort({ nginx, ports }: BalancerModel, spec: BalancerSpec, problems: Problems): void {
  const taken = ports.findIndex(({ port, protocol }) => protocol === 'TCP' && port === nginx.healthPort);
  if (taken === -1) return;
  const pointer = spec.healthPort === undefined ? `/spec/ports/${taken}/port` : '/spec/healthPort';
  problems.add('BAL3002', pointer, `"${nginx.healthPort}/TCP" is used twice: healthPort has it too`);
}

/** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec */
function checkServiceType({ service, ports }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  const type = service.type ?? BALANCER_FIELD_DEFAULTS.serviceType;
  const refuse = (pointer: string, field: string): void => {
    problems.add('BAL3017', pointer, `${field} is set on a Service of type "${type}"`);
  };
  if (service.loadBalancerClass !== undefined && type !== 'LoadBalancer') {
    refuse('/spec/service/loadBalancerClass', 'loadBalancerClass');
  }
  if (type !== 'ClusterIP') return;
  if (service.externalTrafficPolicy !== undefined) {
    refuse('/spec/service/externalTrafficPolicy', 'externalTrafficPolicy');
  }
  ports.forEach(({ nodePort }, index) => {
    if (nodePort !== undefined) refuse(`/spec/ports/${index}/nodePort`, 'nodePort');
  });
}

function checkSourceAddresses({ service, ports }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  const { type = BALANCER_FIELD_DEFAULTS.serviceType, externalTrafficPolicy } = service;
  if (type === 'ClusterIP' || externalTrafficPolicy === 'Local') return;
  ports.forEach(({ method, acceptProxyProtocol }, index) => {
    if (method !== 'SourceHash' || acceptProxyProtocol) return;
    problems.add('BAL3025', `/spec/ports/${index}/method`, `"SourceHash" would hash the addresses of nodes`);
  });
}

function checkSelectors({ name, profile, backends }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  const proxyLabels = proxyPodLabels(name, profile);
  backends.forEach(({ target, name: backend }, index) => {
    if (target.kind !== 'pods') return;
    const labels = Object.entries(target.selector);
    if (labels.length > 0 && labels.every(([key, value]) => proxyLabels[key] === value)) {
      problems.add('BAL3020', `/spec/backends/${index}`, `backend "${backend}" selects the proxy Pods of "${name}"`);
    }
  });
}

function checkServices({ name, namespace, backends }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  backends.forEach(({ target }, index) => {
    if (target.kind !== 'service' || target.name !== name || target.namespace !== namespace) return;
    problems.add(
      'BAL3020',
      `/spec/backends/${index}/service`,
      `the Service "${name}" is the front end of the Balancer`,
    );
  });
}

/** Whether the Pods of one selector are all among those of another, so that they get the weight of both. */
function overlaps(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const [few, many] = Object.keys(one).length < Object.keys(other).length ? [one, other] : [other, one];
  const labels = Object.entries(few);
  return labels.length > 0 && labels.every(([key, value]) => many[key] === value);
}

function checkOverlaps({ backends }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  backends.forEach(({ target }, index) => {
    if (target.kind !== 'pods' || Object.keys(target.selector).length === 0) return;
    const earlier = backends
      .slice(0, index)
      .findIndex((backend) => backend.target.kind === 'pods' && overlaps(backend.target.selector, target.selector));
    if (earlier !== -1) reportOverlap(backends, earlier, index, problems);
  });
}

function reportOverlap(backends: readonly BackendModel[], earlier: number, index: number, problems: Problems): void {
  const message = `backends "${backends[earlier]?.name}" and "${backends[index]?.name}" select Pods in common`;
  problems.add('BAL3021', `/spec/backends/${index}`, message, [
    { message: 'the other one is here', location: problems.locate(`/spec/backends/${earlier}`) },
  ]);
}

function checkOwnResources({ pod }: BalancerModel, spec: BalancerSpec, problems: Problems): void {
  if (spec.resources !== undefined) checkResources(pod.resources, '/spec/resources', problems);
}

function checkLabels({ labels }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  for (const key of Object.keys(labels)) {
    if (key !== BALANCER_NAME_LABEL) continue;
    problems.add(
      'BAL3019',
      `/metadata/labels/${key.replaceAll('/', '~1')}`,
      `the label "${key}" is set by the compiler`,
    );
  }
}

function checkNetworkPolicy({ networkPolicy, pod }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  if (networkPolicy !== undefined && pod.hostNetwork) {
    problems.add('BAL3026', '/spec/networkPolicy', 'most network plugins enforce no policy on Pods with hostNetwork');
  }
  networkPolicy?.from?.forEach((peer, index) => {
    const pointer = `/spec/networkPolicy/from/${index}`;
    const problem = peer.cidr === undefined ? undefined : networkProblem(peer.cidr);
    if (problem !== undefined) problems.add('BAL3016', `${pointer}/cidr`, `"${peer.cidr}" ${problem}`);
    const selected = peer.namespaceSelector !== undefined || peer.podSelector !== undefined;
    if (peer.cidr !== undefined && selected) {
      problems.add('BAL3031', pointer, 'a client is a network or a selection of Pods, not both');
    }
    if (peer.cidr === undefined && !selected)
      problems.add('BAL3031', pointer, 'the client is empty: it matches nobody');
  });
}

function checkOwnTolerations({ pod }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  checkTolerations(pod.tolerations, '/spec/tolerations', problems);
}

function checkFamilies({ ipFamilies = [] }: BalancerModel, _: BalancerSpec, problems: Problems): void {
  if (ipFamilies.length < 2 || ipFamilies[0] !== ipFamilies[1]) return;
  problems.add('BAL3001', '/spec/ipFamilies/1', `"${ipFamilies[1]}" is named twice`);
}
