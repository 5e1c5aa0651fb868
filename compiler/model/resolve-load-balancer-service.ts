import type { Report } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import type { LoadBalancerService, LoadBalancerServiceSpec } from '../spec/generated/load-balancer-service';
import { SERVICE_DEFAULTS } from './bgp-defaults';
import type { LoadBalancerServiceModel, ServicePortModel } from './bgp-load-balancer';
import { addressProblem } from './ip-address';
import { familyOf } from './ip-network';
import { checkKubernetesVersion } from './kubernetes-version';
import { checkPortList } from './ports';
import { type Problems, problemsOf } from './problems';

/** A LoadBalancerService before the load balancer, the Balancer and the workers that it names are looked up. */
export interface DeclaredService
  extends Omit<LoadBalancerServiceModel, 'ports' | 'selector' | 'workers' | 'steering' | 'externalTrafficPolicy'> {
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  /** Name of the BgpLoadBalancer. */
  readonly loadBalancer: string;
  readonly target: { readonly balancer: string } | { readonly selector: Readonly<Record<string, string>> };
  /** Absent where they are those of the Balancer. */
  readonly ports?: LoadBalancerServiceSpec['ports'];
  readonly nodes?: readonly string[];
}

/** A LoadBalancerService's document, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveLoadBalancerService(
  content: LoadBalancerService,
  document: SpecDocument,
  report: Report,
): DeclaredService | undefined {
  const problems = problemsOf(document, report);
  const { metadata, spec } = content;
  const profile = spec.profile ?? 'hardened';
  const defaults = SERVICE_DEFAULTS[profile];
  checkKubernetesVersion(spec.kubernetesVersion ?? defaults.kubernetesVersion!, problems);
  checkExternalIPs(spec.externalIPs, problems);
  checkNodes(spec.nodes ?? [], problems);
  checkPortList(spec.ports ?? [], problems);
  checkTarget(spec, problems);
  checkLabels(metadata.labels ?? {}, problems);
  if (problems.anyError()) return undefined;
  return {
    kind: 'LoadBalancerService',
    profile,
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    loadBalancer: spec.provider.bgpLoadBalancer,
    externalIPs: spec.externalIPs.map((address) => ({ family: familyOf(address), address })),
    target: spec.balancer === undefined ? { selector: spec.selector ?? {} } : { balancer: spec.balancer },
    externalTrafficPolicy: spec.externalTrafficPolicy ?? defaults.externalTrafficPolicy!,
    ...(spec.ports && { ports: spec.ports }),
    ...(spec.nodes && { nodes: spec.nodes }),
  };
}

/** A port of a Service with Kubernetes' defaults. */
export function servicePort(port: NonNullable<LoadBalancerServiceSpec['ports']>[number]): ServicePortModel {
  return {
    name: port.name ?? '',
    protocol: port.protocol ?? 'TCP',
    port: port.port,
    targetPort: port.targetPort ?? port.port,
    ...(port.nodePort !== undefined && { nodePort: port.nodePort }),
  };
}

function checkExternalIPs(externalIPs: readonly string[], problems: Problems): void {
  externalIPs.forEach((address, index) => {
    const pointer = `/spec/externalIPs/${index}`;
    const problem = addressProblem(address);
    if (problem !== undefined) problems.add('BAL3016', pointer, `"${address}" ${problem}`);
    if (externalIPs.indexOf(address) !== index) problems.add('BAL3001', pointer, `"${address}" is named twice`);
  });
}

function checkNodes(nodes: readonly string[], problems: Problems): void {
  nodes.forEach((node, index) => {
    if (nodes.indexOf(node) !== index) problems.add('BAL3001', `/spec/nodes/${index}`, `"${node}" is named twice`);
  });
}

/** https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const LABELS_OF_KUBE_PROXY = ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'] as const;

function checkLabels(labels: Readonly<Record<string, string>>, problems: Problems): void {
  for (const label of LABELS_OF_KUBE_PROXY) {
    if (!(label in labels)) continue;
    problems.add(
      'BAL3066',
      `/metadata/labels/${label.replace('/', '~1')}`,
      `kube-proxy ignores Services with "${label}"`,
    );
  }
}

function checkTarget({ selector, balancer, ports }: LoadBalancerServiceSpec, problems: Problems): void {
  if (selector !== undefined && balancer !== undefined) {
    problems.add('BAL3053', '/spec/balancer', `"${balancer}" is named, and a selector is there too`);
  }
  if (balancer !== undefined) return;
  if (selector === undefined) problems.add('BAL3053', '/spec', 'neither a selector nor a balancer is named');
  else if (Object.keys(selector).length === 0) problems.add('BAL3004', '/spec/selector', 'the selector is empty');
  if (ports === undefined) problems.add('BAL2003', '/spec/ports', '"ports" is missing');
}
