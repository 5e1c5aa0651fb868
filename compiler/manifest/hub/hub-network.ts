import { type HubUnitModel, type ReconcilerHubModel, unitNames } from '../../model/hub/reconciler-hub';
import type { KubernetesObject, NetworkPolicy, NetworkPolicyPeer, Service } from '../k8s';
import { networkPolicy, peerOf } from '../network-policy';
import { service } from '../service';
import { hubMetadata, hubSelector, unitComponent, WEB_COMPONENT } from './hub-metadata';

/** The Services of one program: its metrics and, where it serves it, APIExt. */
export function unitServices(model: ReconcilerHubModel, unit: HubUnitModel): Service[] {
  const names = unitNames(unit.name);
  const component = unitComponent(model, unit.name);
  const selector = hubSelector(model, component);
  const port = (name: string, number: number) => ({ name, port: number, protocol: 'TCP', targetPort: name });
  const { apiExt, manager } = model;
  const apiPorts = [
    ...(apiExt?.insecure.isOpen ? [port('http', apiExt.insecure.port)] : []),
    ...(apiExt?.secure ? [port('https', apiExt.secure.port)] : []),
  ];
  const metrics = hubMetadata(model, component, names.metrics);
  return [
    service({ metadata: metrics, selector, ports: [port('metrics', manager.metricsPort)] }),
    ...(apiPorts.length > 0
      ? [service({ metadata: hubMetadata(model, component, names.apiExt), selector, ports: apiPorts })]
      : []),
  ];
}

/** Who may reach one program: its ports and no others. What it reaches itself is not limited: an API server has no fixed address. */
export function unitPolicies(model: ReconcilerHubModel, unit: HubUnitModel): KubernetesObject[] {
  const { clients, manager, apiExt, web } = model;
  if (clients === undefined) return [];
  const component = unitComponent(model, unit.name);
  const apiPorts = [apiExt?.insecure.isOpen ? apiExt.insecure.port : undefined, apiExt?.secure?.port];
  const webPods = web ? [{ podSelector: { matchLabels: hubSelector(model, WEB_COMPONENT) } }] : [];
  const apiPeers = clients.apiExtFrom && [...webPods, ...clients.apiExtFrom.map(peerOf)];
  const ingress = [
    rule([manager.metricsPort], clients.metricsFrom?.map(peerOf)),
    // The kubelet comes from its node, which some network plugins count as a stranger.
    rule([manager.healthProbePort]),
    ...(apiPorts.some((port) => port !== undefined) ? [rule(apiPorts, apiPeers)] : []),
  ];
  return [policy(model, component, unitNames(unit.name).manager, ingress)];
}

/** Who may reach the web back end. */
export function webPolicies(model: ReconcilerHubModel): KubernetesObject[] {
  const { clients, web, name } = model;
  if (clients === undefined || web === undefined) return [];
  const ingress = [rule([web.port], clients.webFrom?.map(peerOf))];
  return [policy(model, WEB_COMPONENT, unitNames(name).web, ingress)];
}

type IngressRules = NonNullable<NonNullable<NetworkPolicy['spec']>['ingress']>;

function rule(ports: readonly (number | undefined)[], from?: readonly NetworkPolicyPeer[]): IngressRules[number] {
  return { from, ports: ports.filter((port) => port !== undefined).map((port) => ({ port, protocol: 'TCP' })) };
}

function policy(model: ReconcilerHubModel, component: string, name: string, ingress: IngressRules): NetworkPolicy {
  return networkPolicy(hubMetadata(model, component, name), hubSelector(model, component), { ingress });
}
