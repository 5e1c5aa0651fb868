import type {
  AlbAction,
  AlbForwarding,
  AlbIngressRoute,
  AlbListener,
  AlbLoadBalancer,
  AlbPath,
} from '../../spec/generated/alb-ingress';

/** An Application Load Balancer of Alibaba Cloud and what it forwards: AlbConfig, IngressClass and Ingress. Checked and with defaults. */
export interface AlbIngressModel {
  readonly profile: 'hardened' | 'upstream';
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Absent where an existing AlbConfig or an existing IngressClass is used. */
  readonly albConfig?: AlbConfigModel;
  /** Absent where an existing IngressClass is used. */
  readonly ingressClass?: AlbIngressClassModel;
  readonly ingresses: readonly AlbRouteModel[];
}

/** The AlbConfig: a load balancer and its listeners. */
export interface AlbConfigModel {
  readonly name: string;
  readonly loadBalancer: AlbLoadBalancer;
  /** The default certificate of each comes first. */
  readonly listeners: readonly AlbListener[];
}

/** The IngressClass, and the AlbConfig that it leads to. */
export interface AlbIngressClassModel {
  readonly name: string;
  readonly isDefault: boolean;
  readonly albConfig: string;
}

/** An Ingress. */
export interface AlbRouteModel extends Omit<AlbIngressRoute, 'rules'> {
  readonly className: string;
  readonly rules: readonly AlbRuleModel[];
}

/** Paths of a host; of any host where it is absent. */
export interface AlbRuleModel {
  readonly host?: string;
  readonly paths: readonly AlbPathModel[];
}

/** A path and the Service behind it. */
export interface AlbPathModel {
  readonly path: string;
  readonly pathType: NonNullable<AlbPath['pathType']>;
  readonly service: string;
  /** Absent where the actions of the service take the request themselves. */
  readonly port?: number;
}

/** Whether the actions of a service take the request, so that its paths have no port: a final action, or a rule on answers. */
export function takesRequest({ actions = [], direction }: AlbForwarding): boolean {
  return direction === 'Response' || actions.some(isFinal);
}

/** ALB's variable for a part of the request, such as its host. */
export function ofRequest(part: string): string {
  return `\${${part}}`;
}

/** Whether an action ends the handling of a request; a rule has one such action. */
export function isFinal({ fixedResponse, redirect, forward }: AlbAction): boolean {
  return (fixedResponse ?? redirect ?? forward) !== undefined;
}

/** A listener that takes the rules of an Ingress. */
export interface ListenPort {
  readonly protocol: 'HTTP' | 'HTTPS' | 'QUIC';
  readonly port: number;
}

/**
 * The listeners that the controller gives an Ingress to: those of listenPorts, or else 443 for hosts in tls and 80 for others.
 * ComputeIngressListenPorts in alibaba/alibaba-load-balancer-controller@a9b1da3, albconfig_manager/model_builder.go.
 */
export function listenPortsOf(
  route: Pick<AlbRouteModel, 'listenPorts' | 'sslRedirect' | 'tls' | 'rules'>,
): ListenPort[] {
  const redirected: ListenPort[] = route.sslRedirect === true ? [HTTP_80] : [];
  const ports = [...redirected, ...(route.listenPorts ?? portsOfHosts(route))];
  const texts = ports.map(({ protocol, port }) => `${protocol} ${port}`);
  return ports.filter((_, index) => texts.indexOf(texts[index]!) === index);
}

const HTTP_80: ListenPort = { protocol: 'HTTP', port: 80 };
const HTTPS_443: ListenPort = { protocol: 'HTTPS', port: 443 };

function portsOfHosts({ tls = [], rules }: Pick<AlbRouteModel, 'tls' | 'rules'>): ListenPort[] {
  if (tls.length === 0) return [HTTP_80];
  const secured = new Set(tls.flatMap(({ hosts }) => hosts));
  const plain = rules.some(({ host }) => host !== undefined && !secured.has(host));
  return plain ? [HTTP_80, HTTPS_443] : [HTTPS_443];
}

/** Whether every site may ask: the controller takes "*" where no origin is named. */
export function allowsAllOrigins({ allowOrigins = ['*'] }: NonNullable<AlbIngressRoute['cors']>): boolean {
  return allowOrigins.includes('*');
}
