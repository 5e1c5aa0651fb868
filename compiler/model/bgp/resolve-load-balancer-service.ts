import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type {
  LoadBalancerProvider,
  LoadBalancerService,
  LoadBalancerServiceSpec,
} from '../../spec/generated/load-balancer-service';
import { type DeclaredAlibabaService, resolveAlibabaService } from '../alibaba-service/resolve-alibaba-service';
import { checkPortList } from '../balancer/ports';
import { DEFAULT_PROFILE } from '../default-profile';
import { type Problems, problemsOf } from '../problems';
import { addressProblem } from '../values/ip-address';
import { familyOf } from '../values/ip-network';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import { SERVICE_DEFAULTS } from './bgp-defaults';
import type { LoadBalancerServiceModel } from './bgp-load-balancer';
import { checkTarget, type DeclaredTarget } from './service-target';

/** A LoadBalancerService before the load balancer, the Balancer and the workers that it names are looked up. */
export interface DeclaredService
  extends Omit<LoadBalancerServiceModel, 'ports' | 'selector' | 'workers' | 'steering'>,
    DeclaredTarget {
  readonly namespace: string;
  /** Name of the BgpLoadBalancer. */
  readonly loadBalancer: string;
  readonly nodes?: readonly string[];
}

/** A LoadBalancerService's document, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveLoadBalancerService(
  content: LoadBalancerService,
  document: SpecDocument,
  report: Report,
): DeclaredService | DeclaredAlibabaService | undefined {
  const problems = problemsOf(document, report);
  checkProvider(content.spec.provider, problems);
  if (problems.anyError()) return undefined;
  const { bgpLoadBalancer, alibabaClb } = content.spec.provider;
  if (bgpLoadBalancer !== undefined) return resolveBgpService(content, bgpLoadBalancer, problems);
  return resolveAlibabaService(content, alibabaClb === undefined ? 'nlb' : 'clb', problems);
}

function checkProvider(provider: LoadBalancerProvider, problems: Problems): void {
  const [first, ...others] = Object.keys(provider);
  if (first === undefined) problems.add('BAL3130', '/spec/provider', 'no provider is named');
  for (const other of others) {
    problems.add('BAL3130', `/spec/provider/${other}`, `"${other}" is named, and "${first}" too`);
  }
}

function resolveBgpService(
  { metadata, spec }: LoadBalancerService,
  loadBalancer: string,
  problems: Problems,
): DeclaredService | undefined {
  const profile = spec.profile ?? DEFAULT_PROFILE;
  const defaults = SERVICE_DEFAULTS[profile];
  checkKubernetesVersion(spec.kubernetesVersion ?? defaults.kubernetesVersion!, problems);
  if (spec.externalIPs === undefined) problems.add('BAL2003', '/spec/externalIPs', '"externalIPs" is missing');
  checkExternalIPs(spec.externalIPs ?? [], problems);
  checkNodes(spec.nodes ?? [], problems);
  checkPortList(spec.ports ?? [], problems);
  checkTarget(spec, problems);
  checkLabels(metadata.labels ?? {}, problems);
  checkNoListeners(spec.ports ?? [], problems);
  if (problems.anyError()) return undefined;
  return {
    kind: 'LoadBalancerService',
    profile,
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    loadBalancer,
    externalIPs: (spec.externalIPs ?? []).map((address) => ({ family: familyOf(address), address })),
    target: spec.balancer === undefined ? { selector: spec.selector ?? {} } : { balancer: spec.balancer },
    externalTrafficPolicy: spec.externalTrafficPolicy ?? defaults.externalTrafficPolicy!,
    ...(spec.ports && { ports: spec.ports }),
    ...(spec.nodes && { nodes: spec.nodes }),
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

function checkNoListeners(ports: NonNullable<LoadBalancerServiceSpec['ports']>, problems: Problems): void {
  ports.forEach(({ listener }, index) => {
    if (listener === undefined) return;
    problems.add('BAL3131', `/spec/ports/${index}/listener`, 'listener is for a load balancer of Alibaba Cloud');
  });
}
