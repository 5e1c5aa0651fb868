/** Rules for Services: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ */
import type { ConfigMap, KubernetesObject, Service, ServicePort } from '../../compiler/manifest/k8s';
import { containersOf, matches, ofKind, podsBeside, type Rule, repeated, when } from './rule';
import { isDnsLabel, isLabelKey, isLabelValue, isNetwork, isPort, isPortName, isUsableAddress } from './syntax';

/** As Kubernetes has it: the L1 types of cdk8s write clusterIp. */
type Spec = NonNullable<Service['spec']> & { readonly clusterIP?: string; readonly loadBalancerIP?: string };

const ofService = (check: (spec: Spec, service: Service, all: readonly KubernetesObject[]) => string[]): Rule =>
  ofKind<Service>('Service', (service, all) => check(service.spec ?? {}, service, all));

const ofServicePorts = (check: (ports: readonly ServicePort[]) => string[]): Rule =>
  ofService(({ ports = [] }) => check(ports));

/** A Service that stands for Pods has ports. */
export const portsPresent = ofService(({ ports = [], type, clusterIP }) =>
  when(ports.length === 0 && type !== 'ExternalName' && clusterIP !== 'None', 'has no ports'),
);

/** Ports are numbers in range; a target may also be a name. */
export const portRange = ofServicePorts((ports) =>
  ports.flatMap(({ port, nodePort, targetPort }) => [
    ...when(!isPort(port), `port ${port} is out of range`),
    ...when(nodePort !== undefined && !isPort(nodePort), `nodePort ${nodePort} is out of range`),
    ...when(typeof targetPort === 'number' && !isPort(targetPort), `targetPort ${targetPort} is out of range`),
    ...when(typeof targetPort === 'string' && !isPortName(targetPort), `targetPort "${targetPort}" is no port name`),
  ]),
);

/** Several ports have a name each, unique and a DNS label. */
export const portNames = ofServicePorts((ports) => {
  const names = ports.map(({ name }) => name).filter((name) => name !== undefined);
  return [
    ...when(ports.length > 1 && names.length < ports.length, 'has several ports, and one without a name'),
    ...repeated(names).map((name) => `port name "${name}" is there twice`),
    ...names.filter((name) => !isDnsLabel(name)).map((name) => `port name "${name}" is no DNS label`),
  ];
});

/** A port is there once for each protocol, and so is a nodePort. */
export const portsUnique = ofServicePorts((ports) => [
  ...repeated(ports.map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`)).map(
    (port) => `port ${port} is there twice`,
  ),
  ...repeated(
    ports
      .filter(({ nodePort }) => nodePort !== undefined)
      .map(({ nodePort, protocol = 'TCP' }) => `${nodePort}/${protocol}`),
  ).map((port) => `nodePort ${port} is there twice`),
]);

/** A port of the nodes belongs to one Service of the cluster. */
export const nodePortsOwned = ofService(({ ports = [] }, service, all) => {
  const others = all.filter((other) => other.kind === 'Service' && other !== service) as Service[];
  const taken = new Set(others.flatMap((other) => (other.spec?.ports ?? []).map(({ nodePort }) => nodePort)));
  const both = ports.filter(({ nodePort }) => nodePort !== undefined && taken.has(nodePort));
  return both.map(({ nodePort }) => `nodePort ${nodePort} belongs to another Service too`);
});

/** A selector selects by labels: an empty one selects nothing here. */
export const selector = ofService(({ selector }) => {
  if (selector === undefined) return [];
  const entries = Object.entries(selector);
  return [
    ...when(entries.length === 0, 'has an empty selector'),
    ...entries.flatMap(([key, value]) => [
      ...when(!isLabelKey(key), `selector key "${key}" is malformed`),
      ...when(value === '' || !isLabelValue(value), `selector ${key} has the malformed value ${JSON.stringify(value)}`),
    ]),
  ];
});

/** External addresses are canonical, and reach the Service from outside of a node. */
export const externalAddresses = ofService(({ externalIPs = [], loadBalancerSourceRanges = [] }) => [
  ...externalIPs.filter((address) => !isUsableAddress(address)).map((address) => `externalIP "${address}" is unusable`),
  ...loadBalancerSourceRanges.filter((cidr) => !isNetwork(cidr)).map((cidr) => `source range "${cidr}" is no network`),
]);

/** Fields that the API server takes with some types of Service only. */
export const typeFields = ofService((spec) => {
  const { type = 'ClusterIP', ports = [] } = spec;
  const balanced = type === 'LoadBalancer';
  const external = balanced || type === 'NodePort';
  const policy = spec.externalTrafficPolicy !== undefined && !external && (spec.externalIPs ?? []).length === 0;
  const hasNodePort = ports.some(({ nodePort }) => nodePort !== undefined);
  return [
    ...when(spec.loadBalancerClass !== undefined && !balanced, `type ${type} takes no loadBalancerClass`),
    ...when(spec.loadBalancerIP !== undefined && !balanced, `type ${type} takes no loadBalancerIP`),
    ...when(spec.loadBalancerSourceRanges !== undefined && !balanced, `type ${type} takes no loadBalancerSourceRanges`),
    ...when(policy, `type ${type} takes no externalTrafficPolicy`),
    ...when(
      spec.allocateLoadBalancerNodePorts !== undefined && !balanced,
      `type ${type} takes no allocateLoadBalancerNodePorts`,
    ),
    ...when(hasNodePort && !external, `type ${type} takes no nodePort`),
    ...when(type === 'ExternalName' && !spec.externalName, 'type ExternalName needs an externalName'),
  ];
});

/** A port that is sought by its name is found in a container of each Pod that the Service selects. */
export const namedTargets = ofService(({ selector, ports = [] }, service, all) => {
  if (selector === undefined) return [];
  const selected = podsBeside(service, all).filter((pod) => matches(selector, pod));
  const named = ports.map(({ targetPort }) => targetPort).filter((target) => typeof target === 'string');
  return selected.flatMap((pod) => {
    const names = containersOf(pod).flatMap(({ ports: declared = [] }) => declared.map(({ name }) => name));
    return named.filter((name) => !names.includes(name)).map((name) => `targetPort "${name}" is no port of its Pods`);
  });
});

/** nginx never dials a Service that leads back to it. */
export const noLoop = ofService((spec, service, all) => {
  const { name, namespace } = service.metadata;
  const selected = podsBeside(service, all).filter((pod) => spec.selector !== undefined && matches(spec.selector, pod));
  const mounted = selected.flatMap(({ spec: { volumes = [] } }) => volumes.map(({ configMap }) => configMap?.name));
  const maps = all.filter(({ kind, metadata: m }) => kind === 'ConfigMap' && m.namespace === namespace) as ConfigMap[];
  const dials = new RegExp(`\\bserver ${name}(\\.${namespace}\\.svc\\S*)?:`);
  const looping = maps.filter(({ metadata, data = {} }) => {
    return mounted.includes(metadata.name) && Object.values(data).some((text) => dials.test(String(text)));
  });
  return looping.map(({ metadata }) => `leads back to the Pods that dial it, by ConfigMap "${metadata.name}"`);
});
