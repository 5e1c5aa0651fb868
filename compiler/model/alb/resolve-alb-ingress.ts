import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type {
  AlbIngress,
  AlbIngressRoute,
  AlbIngressSpec,
  AlbListener,
  AlbLoadBalancer,
} from '../../spec/generated/alb-ingress';
import { DEFAULT_PROFILE } from '../default-profile';
import { problemsOf } from '../problems';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import {
  type AlbConfigModel,
  type AlbIngressClassModel,
  type AlbIngressModel,
  type AlbRouteModel,
  type AlbRuleModel,
  allowsAllOrigins,
} from './alb-ingress';
import { checkAlbIngress } from './alb-ingress-checks';
import {
  ALB_FIELD_DEFAULTS,
  ALB_INGRESS_DEFAULTS,
  LISTENER_DEFAULTS,
  LOAD_BALANCER_DEFAULTS,
  SECURITY_POLICY,
} from './alb-ingress-defaults';

/** A document of the kind, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveAlbIngress(
  { metadata, spec }: AlbIngress,
  document: SpecDocument,
  report: Report,
): AlbIngressModel | undefined {
  const problems = problemsOf(document, report);
  const { profile = DEFAULT_PROFILE } = spec;
  checkKubernetesVersion(spec.kubernetesVersion ?? ALB_INGRESS_DEFAULTS[profile].kubernetesVersion, problems);
  const albConfig = resolveAlbConfig(spec, metadata.name);
  const ingressClass = resolveIngressClass(spec, metadata.name);
  const className = spec.ingressClassName ?? spec.ingressClass?.name ?? metadata.name;
  const model: AlbIngressModel = {
    profile,
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    labels: metadata.labels ?? {},
    ...(albConfig && { albConfig }),
    ...(ingressClass && { ingressClass }),
    ingresses: (spec.ingresses ?? []).map((route) => resolveRoute(route, spec, className)),
  };
  checkAlbIngress(model, spec, problems);
  return problems.anyError() ? undefined : model;
}

function resolveAlbConfig(spec: AlbIngressSpec, name: string): AlbConfigModel | undefined {
  if (spec.loadBalancer === undefined) return undefined;
  return {
    name: spec.albConfig ?? name,
    loadBalancer: resolveLoadBalancer(spec.loadBalancer, spec.profile),
    listeners: (spec.listeners ?? []).map((listener) => resolveListener(listener, spec.profile)),
  };
}

function resolveLoadBalancer(declared: AlbLoadBalancer, profile: AlbIngressSpec['profile']): AlbLoadBalancer {
  return profile === 'upstream' || declared.id !== undefined ? declared : { ...LOAD_BALANCER_DEFAULTS, ...declared };
}

function resolveListener(declared: AlbListener, profile: AlbIngressSpec['profile']): AlbListener {
  const { certificates, ...fields } = declared;
  const hardened = profile !== 'upstream';
  return {
    ...(hardened && LISTENER_DEFAULTS),
    ...(hardened && declared.protocol === 'HTTPS' && { securityPolicyId: SECURITY_POLICY }),
    ...fields,
    ...(certificates && { certificates: resolveCertificates(certificates) }),
  };
}

/** The controller makes the first certificate the default one as well, and ALB refuses two. */
function resolveCertificates(
  declared: NonNullable<AlbListener['certificates']>,
): NonNullable<AlbListener['certificates']> {
  const only = declared.length === 1;
  const certificates = declared.map((one) => ({ ...one, isDefault: one.isDefault ?? only }));
  return [...certificates.filter(({ isDefault }) => isDefault), ...certificates.filter(({ isDefault }) => !isDefault)];
}

function resolveIngressClass(spec: AlbIngressSpec, name: string): AlbIngressClassModel | undefined {
  if (spec.ingressClassName !== undefined) return undefined;
  const { ingressClass = {} } = spec;
  return {
    name: ingressClass.name ?? name,
    isDefault: ingressClass.isDefault ?? ALB_FIELD_DEFAULTS.isDefaultClass,
    albConfig: spec.albConfig ?? name,
  };
}

function resolveRoute(route: AlbIngressRoute, spec: AlbIngressSpec, className: string): AlbRouteModel {
  const sslRedirect = route.sslRedirect ?? (redirectsByDefault(route, spec) || undefined);
  const { cors } = route;
  const closed = spec.profile !== 'upstream' && cors !== undefined && allowsAllOrigins(cors);
  return {
    ...route,
    className,
    ...(sslRedirect !== undefined && { sslRedirect }),
    ...(closed && { cors: { allowCredentials: false, ...cors } }),
    rules: route.rules.map(resolveRule),
  };
}

function resolveRule({ host, paths }: AlbIngressRoute['rules'][number]): AlbRuleModel {
  return {
    ...(host !== undefined && { host }),
    paths: paths.map(({ path = ALB_FIELD_DEFAULTS.path, pathType = ALB_FIELD_DEFAULTS.pathType, ...backend }) => ({
      path,
      pathType,
      ...backend,
    })),
  };
}

/** Where HTTPS is there, HTTP leads to it. */
function redirectsByDefault(
  { tls, listenPorts }: AlbIngressRoute,
  { profile, listeners = [] }: AlbIngressSpec,
): boolean {
  if (profile === 'upstream' || tls === undefined || listenPorts !== undefined) return false;
  const has = (protocol: string, port: number): boolean =>
    listeners.some((listener) => listener.protocol === protocol && listener.port === port);
  return has('HTTP', 80) && has('HTTPS', 443);
}
