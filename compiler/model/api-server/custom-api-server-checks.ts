import { isIP } from 'node:net';
import type { CustomApiServerSpec } from '../../spec/generated/custom-api-server';
import { staticTokenIn } from '../../spec/literal';
import { checkResources, checkTolerations } from '../balancer/pod-checks';
import type { Problems } from '../problems';
import { goDurationSeconds } from '../values/go-duration';
import { addressProblem } from '../values/ip-address';
import { networkProblem } from '../values/ip-network';
import { type CustomApiServerModel, LOOPBACK } from './custom-api-server';
import { checkDangers, hostOf, portOf } from './custom-api-server-dangers';
import { checkInitialization } from './custom-api-server-initialization-checks';
import { checkKubectl } from './custom-api-server-kubectl-checks';
import { checkStorage } from './custom-api-server-storage-checks';

type Check = (model: CustomApiServerModel, spec: CustomApiServerSpec, problems: Problems) => void;

/** What must hold between the fields of a CustomApiServer. */
const CHECKS: readonly Check[] = [
  checkTokens,
  checkImage,
  checkStorage,
  checkCertificate,
  checkPorts,
  checkAddresses,
  checkFlags,
  checkDangers,
  checkKubectl,
  checkInitialization,
  checkPod,
];

/** Runs every check of a CustomApiServer and reports what fails. */
export function checkCustomApiServer(model: CustomApiServerModel, spec: CustomApiServerSpec, problems: Problems): void {
  for (const check of CHECKS) check(model, spec, problems);
}

/** Texts that the schema lets through can still be tokens. The message does not repeat one: it goes to logs. */
function checkTokens(_: unknown, { image: _image, ...spec }: CustomApiServerSpec, problems: Problems): void {
  reportTokens(spec, '/spec', problems);
}

function reportTokens(value: unknown, pointer: string, problems: Problems): void {
  if (typeof value === 'string') {
    const what = staticTokenIn(value);
    if (what !== undefined) problems.add('BAL3293', pointer, `the text is ${what}`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      reportTokens(item, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, problems);
    }
  }
}

/** A tag that moves starts another server after each restart. */
function checkImage({ profile, pod: { image } }: CustomApiServerModel, _: unknown, problems: Problems): void {
  const moves = /:latest$/.test(image) || !/[:@][^/]*$/.test(image);
  if (profile !== 'hardened' || !moves || image.includes('@')) return;
  problems.add('BAL3161', '/spec/image', `the image "${image}" is another one after each push`);
}

function checkCertificate({ profile }: CustomApiServerModel, spec: CustomApiServerSpec, problems: Problems): void {
  if (profile === 'hardened') {
    if (spec.tls === undefined) problems.add('BAL3296', '/spec', '"tls" is missing: the server has no certificate');
    return;
  }
  if (spec.insecure?.address === LOOPBACK) {
    const message = `"${LOOPBACK}" is reached by the Pod alone, and the original serves nothing else`;
    problems.add('BAL3016', '/spec/insecure/address', message);
  }
  for (const field of ['tls', 'secure', 'networkPolicy'] as const) {
    if (spec[field] === undefined) continue;
    const why = field === 'networkPolicy' ? 'has no NetworkPolicy' : 'serves no HTTPS';
    problems.add('BAL3026', `/spec/${field}`, `${field} is for profile hardened: the original ${why}`);
  }
}

/** One address and port has one listener: that of plain HTTP is there in any case. */
function checkPorts(
  { secure, insecure, flags }: CustomApiServerModel,
  spec: CustomApiServerSpec,
  problems: Problems,
): void {
  if (secure?.port === insecure.port) {
    const pointer = spec.insecure?.port === undefined ? '/spec/secure/port' : '/spec/insecure/port';
    problems.add('BAL3002', pointer, `"${insecure.port}/TCP" is used twice: for HTTPS and for plain HTTP`);
  }
  const { apiextUrl } = flags;
  if (apiextUrl === undefined || ![LOOPBACK, 'localhost'].includes(hostOf(apiextUrl))) return;
  if ([insecure.port, secure?.port].includes(portOf(apiextUrl))) {
    const message = `"${portOf(apiextUrl)}/TCP" is used twice: the server would send requests to itself`;
    problems.add('BAL3002', '/spec/flags/apiextUrl', message);
  }
}

/** Hosts that are addresses are good ones; ports are ports. */
function checkAddresses({ storage }: CustomApiServerModel, spec: CustomApiServerSpec, problems: Problems): void {
  const servers = storage.kind === 'etcd' ? storage.servers : [];
  const addresses: readonly (readonly [pointer: string, address: string | undefined])[] = [
    ...servers.map((server, index) => [`/spec/backend/etcd/servers/${index}`, server] as const),
    ['/spec/flags/apiextUrl', spec.flags?.apiextUrl],
    ['/spec/kubeconfig/server', spec.kubeconfig?.server],
  ];
  for (const [pointer, address] of addresses) {
    if (address === undefined) continue;
    const host = hostOf(address);
    const isEtcd = pointer.startsWith('/spec/backend');
    const isLocal = host === 'localhost' || /^127\.|^::1$/.test(host);
    if (portOf(address) > 65535) problems.add('BAL2005', pointer, `"${portOf(address)}" is not between 1 and 65535`);
    if (isLocal && isEtcd) problems.add('BAL3016', pointer, `"${host}" is the Pod itself, where no etcd runs`);
    const looksLikeAddress = isIP(host) !== 0 || /^[0-9.]+$/.test(host) || address.includes('[');
    const problem = isLocal || !looksLikeAddress ? undefined : addressProblem(host);
    if (problem !== undefined) problems.add('BAL3016', pointer, `"${host}" ${problem}`);
  }
  spec.networkPolicy?.from?.forEach(({ cidr, namespaceSelector, podSelector }, index) => {
    const pointer = `/spec/networkPolicy/from/${index}`;
    const problem = cidr === undefined ? undefined : networkProblem(cidr);
    if (problem !== undefined) problems.add('BAL3016', `${pointer}/cidr`, `"${cidr}" ${problem}`);
    if ((cidr !== undefined) === (namespaceSelector !== undefined || podSelector !== undefined)) {
      problems.add('BAL3031', pointer, 'a client is a cidr, or a selection of namespaces and Pods');
    }
  });
}

/** Bounds of times: 004's own longest is 60m, and the program takes 0 for its default. */
const BOUNDS = {
  requestTimeout: [1, 3600, '1s', '1h'],
  kubectlEphemeralDuration: [60, 86_400, '1m', '24h'],
} as const;

function checkFlags({ flags }: CustomApiServerModel, spec: CustomApiServerSpec, problems: Problems): void {
  for (const [field, [least, most, from, to]] of Object.entries(BOUNDS)) {
    const text = flags[field as keyof typeof BOUNDS];
    const seconds = text === undefined ? least : goDurationSeconds(text);
    if (seconds >= least && seconds <= most) continue;
    problems.add('BAL2005', `/spec/flags/${field}`, `"${text}" is not between ${from} and ${to}`);
  }
  if (flags.kubectlEphemeralDuration !== undefined && !flags.kubectlEphemeralToken) {
    const message = 'kubectlEphemeralDuration is for tokens that expire, which are not asked for';
    problems.add('BAL3026', '/spec/flags/kubectlEphemeralDuration', message);
  }
  if ((flags.v ?? 0) < 8) return;
  const pointer = spec.flags?.v === undefined ? '/spec/profile' : '/spec/flags/v';
  problems.add('BAL3301', pointer, `"-v=${flags.v}" writes the bodies of requests to the log`);
}

function checkPod({ pod }: CustomApiServerModel, spec: CustomApiServerSpec, problems: Problems): void {
  checkResources(spec.resources, '/spec/resources', problems);
  checkTolerations(pod.tolerations, '/spec/tolerations', problems);
}
