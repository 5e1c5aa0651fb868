import type { LoadBalancerServiceSpec } from '../../spec/generated/load-balancer-service';
import type { Problems } from '../problems';
import { BALANCER_NAME_LABEL } from '../values/names';
import { SERVICE_PROTOCOL } from './bgp-defaults';
import type { ServicePortModel } from './bgp-load-balancer';

/** What a service needs to know of the Balancer that it names. */
export interface BalancerFacts {
  readonly hostNetwork: boolean;
  readonly replicas: number;
  readonly ports: readonly Pick<ServicePortModel, 'name' | 'protocol' | 'port'>[];
}

/** How a service finds what it names. */
export interface Directory {
  readonly balancer: (namespace: string, name: string) => BalancerFacts | undefined;
  /** Whether a document of that kind and name is there, but wrong: that has been reported, and no more of it is. */
  readonly isBroken: (kind: 'Balancer' | 'BgpLoadBalancer', name: string) => boolean;
}

/** What stands behind a service, as its spec names it. */
export interface DeclaredTarget {
  readonly namespace: string;
  readonly target: { readonly balancer: string } | { readonly selector: Readonly<Record<string, string>> };
  /** Absent where they are those of the Balancer. */
  readonly ports?: LoadBalancerServiceSpec['ports'];
}

/** What stands behind a service. */
export interface LinkedTarget {
  readonly ports: readonly ServicePortModel[];
  readonly selector: Readonly<Record<string, string>>;
  /** Of the Balancer, if it is one. */
  readonly facts?: BalancerFacts;
}

/** Pods by label, or by a Balancer of the same namespace, which then has to be there. */
export function linkTarget(
  { namespace, target, ports }: DeclaredTarget,
  directory: Directory,
  problems: Problems,
): LinkedTarget | undefined {
  if (!('balancer' in target)) return { ports: (ports ?? []).map(servicePort), selector: target.selector };
  const facts = directory.balancer(namespace, target.balancer);
  if (facts === undefined) {
    if (directory.isBroken('Balancer', target.balancer)) return undefined;
    const message = `no Balancer of namespace "${namespace}" is called "${target.balancer}"`;
    problems.add('BAL3051', '/spec/balancer', message);
    return undefined;
  }
  return {
    ports: (ports ?? facts.ports).map(servicePort),
    selector: { [BALANCER_NAME_LABEL]: target.balancer },
    facts,
  };
}

/** A port of a Service with Kubernetes' defaults. */
function servicePort(port: NonNullable<LoadBalancerServiceSpec['ports']>[number]): ServicePortModel {
  return {
    name: port.name ?? '',
    protocol: port.protocol ?? SERVICE_PROTOCOL,
    port: port.port,
    targetPort: port.targetPort ?? port.port,
    ...(port.nodePort !== undefined && { nodePort: port.nodePort }),
  };
}

/** Reports a port to which nothing listens at the Balancer. */
export function checkListening(
  { targetPort, protocol }: ServicePortModel,
  { ports }: BalancerFacts,
  pointer: string,
  problems: Problems,
): void {
  if (ports.some(({ port, protocol: own }) => port === targetPort && own === protocol)) return;
  problems.add('BAL3022', pointer, `the Balancer does not listen on "${targetPort}/${protocol}"`);
}

/** A service leads to Pods by label or to a Balancer, and has ports of its own or of the Balancer. */
export function checkTarget({ selector, balancer, ports }: LoadBalancerServiceSpec, problems: Problems): void {
  if (selector !== undefined && balancer !== undefined) {
    problems.add('BAL3053', '/spec/balancer', `"${balancer}" is named, and a selector is there too`);
  }
  if (balancer !== undefined) return;
  if (selector === undefined) problems.add('BAL3053', '/spec', 'neither a selector nor a balancer is named');
  else if (Object.keys(selector).length === 0) problems.add('BAL3004', '/spec/selector', 'the selector is empty');
  if (ports === undefined) problems.add('BAL2003', '/spec/ports', '"ports" is missing');
}
