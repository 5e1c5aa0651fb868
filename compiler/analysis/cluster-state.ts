import type { Diagnostic, Report } from '../diagnostics';
import type { AddressFamily } from '../model/bgp/bgp-load-balancer';
import type { Source } from '../spec/document';
import { load } from '../spec/load';
import {
  fieldAt,
  flagOf,
  isAbsent,
  itemsOf,
  portOf,
  requiredTextOf,
  rootField,
  type StateField,
  textOf,
  wordOf,
} from './state-field';

/** What of a cluster's objects decides about routes: https://kubernetes.io/docs/reference/kubernetes-api/ */
export interface ClusterState {
  readonly services: readonly ServiceState[];
  readonly endpointSlices: readonly EndpointSliceState[];
  readonly nodes: readonly NodeState[];
}

export interface ServiceState {
  readonly namespace: string;
  readonly name: string;
  /** RFC 3339, in UTC; empty where the state does not say. */
  readonly created: string;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  /** As written: the API server accepts forms that are not canonical. */
  readonly externalIPs: readonly string[];
  readonly ports: readonly ServicePortState[];
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
}

export interface ServicePortState {
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly port: number;
  readonly targetPort: number | string;
}

export interface EndpointSliceState {
  readonly namespace: string;
  readonly name: string;
  /** The Service to which it belongs; absent where it belongs to none. */
  readonly service?: string;
  readonly addressType: AddressFamily | 'FQDN';
  readonly endpoints: readonly EndpointState[];
}

export interface EndpointState {
  readonly addresses: readonly string[];
  readonly ready: boolean;
  readonly terminating: boolean;
  readonly node?: string;
}

export interface NodeState {
  readonly name: string;
  readonly ready: boolean;
  /** Whether its label takes it out of external load balancing. */
  readonly excluded: boolean;
  readonly internalIPs: readonly string[];
}

/** The label, whatever its value: https://kubernetes.io/docs/reference/labels-annotations-taints/ */
export const EXCLUDE_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';

const NAME = { pattern: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, expected: 'the name of an object' };
const PORT_NAME = { pattern: /^[a-z0-9-]{0,63}$/, expected: 'the name of a port' };
const ADDRESS = { pattern: /^[0-9A-Fa-f:.]{1,45}$/, expected: 'an IP address' };
const HOST = { pattern: /^[0-9A-Za-z:._-]{1,253}$/, expected: 'an address' };
const TIME = { pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, expected: 'a time in UTC' };
const WORD = { pattern: /^[A-Za-z0-9./_-]{1,317}$/, expected: 'a word of Kubernetes' };

/**
 * Reads what `kubectl get svc,endpointslices,nodes -A -o yaml` (or json) prints: a List, several documents, or one
 * object. Objects of other kinds are passed over; what is malformed is told at its place, and left out.
 */
export function readClusterState(sources: Iterable<Source>): {
  readonly state: ClusterState;
  readonly problems: readonly Diagnostic[];
} {
  const problems = new Map<string, Diagnostic>();
  // An object is looked at several times.
  const report: Report = (diagnostic) => void problems.set(JSON.stringify(diagnostic), diagnostic);
  const objects = [...load(sources, report)].flatMap((document) => objectsOf(rootField(document, report)));
  const state = stateOf(distinct(objects));
  return { state, problems: [...problems.values()] };
}

/** An object and what it is; the kind alone could be another group's. */
interface StateObject {
  readonly kind: string;
  readonly field: StateField;
}

function objectsOf(root: StateField): StateObject[] {
  const kind = textOf(fieldAt(root, 'kind'), WORD);
  if (!kind?.endsWith('List')) return [{ kind: kindOf(root, kind, undefined), field: root }];
  // The lists of the API itself, such as ServiceList, say the kind of their items once.
  const [itemKind, apiVersion] = [kind.slice(0, -'List'.length), textOf(fieldAt(root, 'apiVersion'), WORD)];
  return itemsOf(fieldAt(root, 'items')).map((field) => ({ kind: kindOf(field, itemKind, apiVersion), field }));
}

function kindOf(field: StateField, listKind: string | undefined, listVersion: string | undefined): string {
  const kind = textOf(fieldAt(field, 'kind'), WORD) ?? listKind ?? '';
  return `${textOf(fieldAt(field, 'apiVersion'), WORD) ?? listVersion ?? ''} ${kind}`;
}

/** An object that stands twice was read at two times: nobody knows which one is true. */
function distinct(objects: readonly StateObject[]): StateObject[] {
  const seen = new Set<string>();
  return objects.filter(({ kind, field }) => {
    if (!READ_KINDS.includes(kind)) return false;
    const [namespace, name] = ['namespace', 'name'].map((key) => fieldAt(field, 'metadata', key).value);
    const key = JSON.stringify([kind, namespace, name]);
    if (typeof name === 'string' && seen.has(key)) {
      field.refuse('BAL3007', field.pointer, `${kind.split(' ')[1]} "${name}" stands twice in the state`);
      return false;
    }
    seen.add(key);
    return true;
  });
}

const READ_KINDS: readonly string[] = ['v1 Service', 'discovery.k8s.io/v1 EndpointSlice', 'v1 Node'];

function stateOf(objects: readonly StateObject[]): ClusterState {
  const read = <T>(wanted: string, reader: (field: StateField) => T | undefined): T[] =>
    objects.flatMap(({ kind, field }) => (kind === wanted ? (reader(field) ?? []) : []));
  return {
    services: read('v1 Service', readService),
    endpointSlices: read('discovery.k8s.io/v1 EndpointSlice', readEndpointSlice),
    nodes: read('v1 Node', readNode),
  };
}

function readService(field: StateField): ServiceState | undefined {
  const spec = fieldAt(field, 'spec');
  const identity = identityOf(field);
  const type = wordOf(fieldAt(spec, 'type'), ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']);
  const policy = wordOf(fieldAt(spec, 'externalTrafficPolicy'), ['Cluster', 'Local']);
  const ports = itemsOf(fieldAt(spec, 'ports')).flatMap((port) => readPort(port) ?? []);
  const externalIPs = itemsOf(fieldAt(spec, 'externalIPs')).flatMap((item) => requiredTextOf(item, ADDRESS) ?? []);
  const created = textOf(fieldAt(field, 'metadata', 'creationTimestamp'), TIME) ?? '';
  if (identity === undefined || type === undefined || policy === undefined) return undefined;
  return { ...identity, created, type, externalIPs, ports, externalTrafficPolicy: policy };
}

function readPort(field: StateField): ServicePortState | undefined {
  const name = textOf(fieldAt(field, 'name'), PORT_NAME) ?? '';
  const protocol = wordOf(fieldAt(field, 'protocol'), ['TCP', 'UDP', 'SCTP']);
  const port = portOf(fieldAt(field, 'port'));
  const target = fieldAt(field, 'targetPort');
  const targetPort = typeof target.value === 'number' ? portOf(target) : textOf(target, PORT_NAME);
  return protocol === undefined || port === undefined
    ? undefined
    : { name, protocol, port, targetPort: targetPort ?? port };
}

function readEndpointSlice(field: StateField): EndpointSliceState | undefined {
  const identity = identityOf(field);
  const service = textOf(fieldAt(field, 'metadata', 'labels', 'kubernetes.io/service-name'), NAME);
  const typeField = fieldAt(field, 'addressType');
  const addressType = wordOf(typeField, ['IPv4', 'IPv6', 'FQDN']);
  if (isAbsent(typeField.value)) requiredTextOf(typeField, WORD);
  const endpoints = itemsOf(fieldAt(field, 'endpoints')).map(readEndpoint);
  if (identity === undefined || isAbsent(typeField.value) || addressType === undefined) return undefined;
  return { ...identity, ...(service !== undefined && { service }), addressType, endpoints };
}

/** An unknown state of `ready` counts as ready: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/ */
function readEndpoint(field: StateField): EndpointState {
  const conditions = fieldAt(field, 'conditions');
  const readyField = fieldAt(conditions, 'ready');
  const node = textOf(fieldAt(field, 'nodeName'), NAME);
  return {
    addresses: itemsOf(fieldAt(field, 'addresses')).flatMap((item) => requiredTextOf(item, HOST) ?? []),
    ready: isAbsent(readyField.value) || flagOf(readyField) === true,
    terminating: flagOf(fieldAt(conditions, 'terminating')) === true,
    ...(node !== undefined && { node }),
  };
}

function readNode(field: StateField): NodeState | undefined {
  const name = requiredTextOf(fieldAt(field, 'metadata', 'name'), NAME);
  const conditions = itemsOf(fieldAt(field, 'status', 'conditions'));
  const excluded = fieldAt(field, 'metadata', 'labels', EXCLUDE_LABEL).value !== undefined;
  const internalIPs = itemsOf(fieldAt(field, 'status', 'addresses'))
    .filter((address) => textOf(fieldAt(address, 'type'), WORD) === 'InternalIP')
    .flatMap((address) => requiredTextOf(fieldAt(address, 'address'), ADDRESS) ?? []);
  const ready = conditions.some(
    (condition) =>
      textOf(fieldAt(condition, 'type'), WORD) === 'Ready' && textOf(fieldAt(condition, 'status'), WORD) === 'True',
  );
  return name === undefined ? undefined : { name, ready, excluded, internalIPs };
}

function identityOf(field: StateField): { readonly namespace: string; readonly name: string } | undefined {
  const name = requiredTextOf(fieldAt(field, 'metadata', 'name'), NAME);
  const namespaceField = fieldAt(field, 'metadata', 'namespace');
  const namespace = textOf(namespaceField, NAME);
  if (name === undefined || (namespace === undefined && !isAbsent(namespaceField.value))) return undefined;
  return { namespace: namespace ?? 'default', name };
}
