import { type ClusterState, readClusterState } from '../../../../compiler/analysis/cluster-state';
import type { WantedRoutes } from '../../../../compiler/analysis/routes';
import type { BgpLoadBalancerModel, LoadBalancerServiceModel } from '../../../../compiler/model/bgp/bgp-load-balancer';
import { sampleBgpModel } from '../../../sample-bgp-model';

/** What the API server would print of an object; the parts that nobody reads are left out. */
export type ClusterObject = Readonly<Record<string, unknown>>;

/** The nodes of 002: three workers and a master. */
export const [W14, W11, W7, MASTER] = ['i-rnqf0xcu', 'i-9u2mlxrn', 'i-5mtgih8e', 'i-oruhcy5j'];

export const NODES = [node(W14, '192.168.1.14'), node(W11, '192.168.1.11'), node(W7, '192.168.1.7')];

/** A Node; the host name stands first among its addresses, as some clouds have it. */
export function node(
  name: string | undefined,
  addresses: string | readonly string[],
  { ready = 'True', labels = {} }: { readonly ready?: string; readonly labels?: Readonly<Record<string, string>> } = {},
): ClusterObject {
  const internal = [addresses].flat().map((address) => ({ type: 'InternalIP', address }));
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    status: {
      addresses: [{ type: 'Hostname', address: name }, ...internal],
      conditions: [
        { type: 'DiskPressure', status: 'True' },
        { type: 'Ready', status: ready },
      ],
    },
  };
}

/** A Service of type LoadBalancer on port 8080 with 002's EIP. */
export function service(name: string, spec: ClusterObject = {}, created?: string): ClusterObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default', ...(created && { creationTimestamp: created }) },
    spec: { type: 'LoadBalancer', externalIPs: ['139.198.190.117'], ports: [{ port: 8080 }], ...spec },
  };
}

/** An endpoint on a node. */
export function endpoint(nodeName: string | undefined, conditions: ClusterObject = { ready: true }): ClusterObject {
  return { addresses: ['10.244.0.9'], conditions, ...(nodeName && { nodeName }) };
}

/** A slice of a Service. */
export function slice(of: string, endpoints: readonly ClusterObject[], addressType = 'IPv4', name = of): ClusterObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace: 'default', labels: { 'kubernetes.io/service-name': of } },
    addressType,
    endpoints,
  };
}

/** The state that a List of objects describes; throws where anything in it is malformed. */
export function stateOf(objects: readonly ClusterObject[]): ClusterState {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const { state, problems } = readClusterState([{ file: 'state.json', text }]);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return state;
}

/** 002 with other services declared. */
export function modelWith(
  services: readonly Partial<LoadBalancerServiceModel>[],
  model: Partial<BgpLoadBalancerModel> = {},
): BgpLoadBalancerModel {
  const sample = sampleBgpModel();
  return { ...sample, ...model, services: services.map((changes) => ({ ...sample.services[0]!, ...changes })) };
}

/** `<prefix> <node> <node>` per prefix. */
export function summary({ rib }: WantedRoutes): string[] {
  return rib.map(({ prefix, paths }) => [prefix, ...paths.map((path) => path.node)].join(' '));
}

/** The notes as lines. */
export function notesOf({ notes }: WantedRoutes): string[] {
  return notes.map(({ subject, message }) => `${subject}: ${message}`);
}
