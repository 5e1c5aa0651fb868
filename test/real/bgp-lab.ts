import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { type Artefact, compileAll } from '../../compiler';
import type { BgpLoadBalancer, BgpLoadBalancerSpec } from '../../compiler/spec/generated/bgp-load-balancer';
import { type NginxBinary, nginxArguments } from '../../judge/nginx';
import { runInSandbox } from '../../judge/sandbox';

/** The switch that stands in the lab. */
export type LabDialect = 'bird2' | 'frr';

/** What a lab is asked to do. */
export interface LabOptions {
  readonly dialect: LabDialect;
  /** Other fields of the load balancer. */
  readonly spec?: Partial<BgpLoadBalancerSpec>;
  /** EIPs to watch. @default that of 002 */
  readonly eips?: readonly string[];
  /** Password of the sessions, at both ends unless the switch has another one. */
  readonly password?: string;
  readonly switchPassword?: string;
  /** What is changed in the artefacts: for counter-proofs only. */
  readonly tamper?: (path: string, text: string) => string;
}

/** The EIP of 002's printout. */
export const EIP = '139.198.190.117';

const FOLDER = '/run/lab';
const PORT = 8080;
const WORKERS = [
  { name: 'i-rnqf0xcu', address: '192.168.1.14', ipv6Address: 'fd00:1::14' },
  { name: 'i-9u2mlxrn', address: '192.168.1.11', ipv6Address: 'fd00:1::11' },
] as const;
const MASTER = { name: 'i-oruhcy5j', address: '192.168.1.5', ipv6Address: 'fd00:1::5' } as const;
const SWITCH = { name: 'edge', address: '192.168.1.4', ipv6Address: 'fd00:1::4', asn: 65001 } as const;
const SECRET = 'bgp-edge';
const BACKENDS = [
  { name: 'v1', weight: 40, address: '192.168.1.201' },
  { name: 'v2', weight: 20, address: '192.168.1.202' },
  { name: 'v3', weight: 40, address: '192.168.1.203' },
] as const;

/** The declaration of the lab: 002's installation, and 001's Balancer on its workers. */
function labFleet({ dialect, spec, password, eips = [EIP] }: LabOptions): object[] {
  const apiVersion = 'cdk8s-balancer.dev/v1alpha1';
  const loadBalancer: BgpLoadBalancer = {
    apiVersion,
    kind: 'BgpLoadBalancer',
    metadata: { name: 'edge' },
    spec: {
      asn: 65000,
      cni: 'calico',
      masters: [MASTER],
      switches: [
        {
          ...SWITCH,
          dialect,
          interfaces: { cluster: 'eth0', outside: 'eth1' },
          ...(password !== undefined && { passwordSecret: { name: SECRET } }),
        },
      ],
      workers: [...WORKERS],
      networks: {
        nodes: ['192.168.1.0/24', 'fd00:1::/64'],
        pods: ['10.244.0.0/16', 'fd00:244::/56'],
        services: ['10.96.0.0/12', 'fd00:96::/112'],
      },
      pools: [{ name: 'public', addresses: ['139.198.190.112/29', '2001:db8:190::/125'] }],
      ...spec,
    },
  };
  const service = {
    apiVersion,
    kind: 'LoadBalancerService',
    metadata: { name: 'web-eip' },
    spec: { provider: { bgpLoadBalancer: 'edge' }, externalIPs: eips, balancer: 'web' },
  };
  const balancer = {
    apiVersion: 'exposer.hliangzhao.io/v1alpha1',
    kind: 'Balancer',
    metadata: { name: 'web' },
    spec: {
      nginxVersion: '1.22.1',
      hostNetwork: true,
      ports: [{ name: 'http', port: PORT, targetPort: 5678 }],
      selector: { app: 'test' },
      backends: BACKENDS.map(({ name, weight }) => ({ name, weight, selector: { version: name } })),
    },
  };
  return [loadBalancer, service, balancer];
}

/** Compiles the fleet of a lab. Throws where it does not compile. */
function compileLab(options: LabOptions): readonly Artefact[] {
  const text = labFleet(options)
    .map((document) => stringify(document))
    .join('---\n');
  const { artefacts, diagnostics } = compileAll([{ file: 'lab.yaml', text }]);
  if (artefacts.length === 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return artefacts;
}

/** Runs a scenario of bgp-lab.cjs over the artefacts as they were compiled; what it saw. */
export function runLab<Seen>(
  options: LabOptions,
  scenario: { readonly scenario: 'session' | 'path'; readonly [option: string]: unknown },
  nginx?: NginxBinary,
): Seen {
  const artefacts = compileLab(options);
  const { eips = [EIP], password, switchPassword = password } = options;
  const job = {
    eip: eips[0],
    eips,
    passwords: switchPassword === undefined ? [] : [{ name: SECRET, password: switchPassword }],
    port: PORT,
    hops: WORKERS.length,
    artefacts: {
      speakers: `${FOLDER}/speakers`,
      nodes: `${FOLDER}/nodes`,
      passwords: `${FOLDER}/passwords`,
    },
    master: machine(MASTER),
    workers: WORKERS.map(machine),
    switch: {
      ...machine(SWITCH),
      asn: SWITCH.asn,
      dialect: options.dialect,
      folder: `${FOLDER}/switches/${SWITCH.name}`,
    },
    backends: BACKENDS.map(({ name, address }) => ({ name, address, port: PORT })),
    nginx: nginx && nginxCommand(nginx, artefacts),
    ...scenario,
  };
  const files = { ...labFiles(artefacts, options), [`${FOLDER}/job.json`]: JSON.stringify(job) };
  const hosts = Object.fromEntries(
    BACKENDS.map(({ name, address }) => [`web-${name}-backend.default.svc.cluster.local`, address]),
  );
  const command = [process.execPath, `${FOLDER}/bgp-lab.cjs`, `${FOLDER}/job.json`];
  const { status, stdout, stderr } = runInSandbox(command, { files, hosts, timeoutMilliseconds: 55_000 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function machine({ name, address, ipv6Address }: { name: string; address: string; ipv6Address: string }): object {
  return { name, addresses: [`${address}/24`, `${ipv6Address}/64`] };
}

/** The plain configurations of the artefacts, the passwords, and the lab itself, by path in the sandbox. */
function labFiles(artefacts: readonly Artefact[], { password, tamper }: LabOptions): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { path, text } of artefacts) {
    const place = /^config\/[^/]+\/(.+)$/.exec(path)?.[1];
    if (place !== undefined) files[`${FOLDER}/${place}`] = tamper?.(place, text) ?? text;
  }
  if (password !== undefined) files[`${FOLDER}/passwords/${SECRET}/password`] = password;
  for (const name of ['bgp-lab.cjs', 'bgp-lab-tools.cjs', 'bgp-lab-clients.cjs']) {
    files[`${FOLDER}/${name}`] = readFileSync(join(__dirname, name), 'utf8');
  }
  return files;
}

/** The command of the Deployment, with the path of this binary and of this file, and with the module where stream is one. */
function nginxCommand(binary: NginxBinary, artefacts: readonly Artefact[]): string[] {
  const text = artefacts.find(({ path }) => path === 'balancer.default.web.k8s.yaml')?.text ?? '';
  const manifests = parseAllDocuments(text).map((document) => document.toJS());
  const { command } = manifests.find(({ kind }) => kind === 'Deployment').spec.template.spec.containers[0];
  return [binary.path, ...nginxArguments(binary, `${FOLDER}/nginx.conf`, [command.at(-1)])];
}
