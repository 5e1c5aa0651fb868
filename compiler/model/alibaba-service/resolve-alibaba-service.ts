import type {
  AlibabaClb,
  AlibabaNlb,
  LoadBalancerService,
  LoadBalancerServiceSpec,
} from '../../spec/generated/load-balancer-service';
import { checkPortList } from '../balancer/ports';
import { SERVICE_DEFAULTS } from '../bgp/bgp-defaults';
import { checkTarget, type DeclaredTarget } from '../bgp/service-target';
import { DEFAULT_PROFILE } from '../default-profile';
import type { Problems } from '../problems';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import { checkRawAnnotations } from './alibaba-raw-annotations';
import type { AlibabaProduct, AlibabaServiceModel, ListenerModel } from './alibaba-service';
import { checkAlibabaSettings } from './alibaba-service-checks';
import { withClbDefaults, withNlbDefaults } from './alibaba-service-defaults';

/** A service of Alibaba Cloud before the Balancer that it names is looked up. */
export type DeclaredAlibabaService = Omit<AlibabaServiceModel, 'ports' | 'selector'> & DeclaredTarget;

/** A LoadBalancerService for a CLB or an NLB, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveAlibabaService(
  { metadata, spec }: LoadBalancerService,
  product: AlibabaProduct,
  problems: Problems,
): DeclaredAlibabaService | undefined {
  const { profile = DEFAULT_PROFILE, externalTrafficPolicy } = spec;
  const defaults = SERVICE_DEFAULTS[profile];
  const settings = settingsOf(spec, product);
  checkKubernetesVersion(spec.kubernetesVersion ?? defaults.kubernetesVersion!, problems);
  checkOthersFields(spec, problems);
  checkPortList(spec.ports ?? [], problems);
  checkTarget(spec, problems);
  checkRawAnnotations(metadata, product, problems);
  checkAlibabaSettings(product, settings, problems);
  if (problems.anyError()) return undefined;
  // What Kubernetes does by itself is not said for a Service that nobody asked to change.
  const policy = externalTrafficPolicy ?? (profile === 'hardened' ? defaults.externalTrafficPolicy : undefined);
  return {
    kind: 'AlibabaService',
    profile,
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    product,
    settings,
    listeners: listenersOf(spec),
    target: spec.balancer === undefined ? { selector: spec.selector ?? {} } : { balancer: spec.balancer },
    ...(policy && { externalTrafficPolicy: policy }),
    ...(spec.ports && { ports: spec.ports }),
  };
}

function settingsOf(spec: LoadBalancerServiceSpec, product: AlibabaProduct): AlibabaClb | AlibabaNlb {
  const { alibabaClb = {}, alibabaNlb = {} } = spec.provider;
  return product === 'clb' ? withClbDefaults(alibabaClb, spec) : withNlbDefaults(alibabaNlb, spec);
}

function listenersOf({ ports = [] }: LoadBalancerServiceSpec): ListenerModel[] {
  return ports.flatMap(({ port, listener }, index) => {
    return listener === undefined || Object.keys(listener).length === 0 ? [] : [{ ...listener, port, index }];
  });
}

function checkOthersFields(spec: LoadBalancerServiceSpec, problems: Problems): void {
  for (const field of ['externalIPs', 'nodes'] as const) {
    if (spec[field] === undefined) continue;
    problems.add('BAL3131', `/spec/${field}`, `${field} is for provider bgpLoadBalancer`);
  }
}
