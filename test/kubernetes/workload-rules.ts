/** Rules for workloads that belong to certain nodes: StatefulSets, DaemonSets, and what they may do there. */
import type {
  ConfigMap,
  DaemonSet,
  KubernetesObject,
  RoleBinding,
  Service,
  ServiceAccount,
  StatefulSet,
} from '../../compiler/manifest/k8s';
import { containersOf, matches, ofContainer, ofKind, ofPod, type Pod, podOf, type Rule, when } from './rule';
import { quantity } from './syntax';

/** A StatefulSet names a headless Service of its namespace that selects its Pods. */
export const statefulService = ofKind<StatefulSet>('StatefulSet', (object, all) => {
  const { serviceName } = object.spec ?? {};
  const services = all.filter(({ kind, metadata }) => {
    return kind === 'Service' && metadata.name === serviceName && metadata.namespace === object.metadata.namespace;
  }) as Service[];
  const spec = services[0]?.spec as (Service['spec'] & { readonly clusterIP?: string }) | undefined;
  if (spec === undefined) return [`Service "${serviceName}" does not exist`];
  return [
    ...when(spec.clusterIP !== 'None', `Service "${serviceName}" is not headless`),
    ...when(!matches(spec.selector, podOf(object)!), `Service "${serviceName}" does not select its Pods`),
  ];
});

/** A claim asks for a size and a way of access that lets its Pod write. */
export const claims = ofKind<StatefulSet>('StatefulSet', ({ spec }) =>
  (spec?.volumeClaimTemplates ?? []).flatMap(({ metadata, spec: claim }) => {
    const modes = claim?.accessModes ?? [];
    const size = quantity(claim?.resources?.requests?.storage ?? 0);
    const writes = modes.length > 0 && modes.every((mode) => /^ReadWrite(Once|OncePod|Many)$/.test(mode));
    return [
      ...when(!(size > 0), `claim "${metadata?.name}" has no size`),
      ...when(!writes, `claim "${metadata?.name}" cannot be written`),
      ...when(
        modes.includes('ReadWriteOncePod') && modes.length > 1,
        `claim "${metadata?.name}" is for one Pod, and more`,
      ),
    ];
  }),
);

/** A DaemonSet can replace its Pods; where they share the ports of their node, only by removing the old one first. */
export const daemonUpdate = ofKind<DaemonSet>('DaemonSet', ({ spec }) => {
  const { maxSurge = 0, maxUnavailable = 1 } = spec?.updateStrategy?.rollingUpdate ?? {};
  const onHost = spec?.template.spec?.hostNetwork === true;
  return [
    ...when(maxSurge === 0 && maxUnavailable === 0, 'can neither add nor remove a Pod'),
    ...when(maxSurge !== 0 && onHost, 'surges on the network of its node'),
  ];
});

/** A term of a node affinity says something; a field of a node is its name, and takes one value. */
export const nodeAffinity = ofPod(({ spec: { affinity } }) => {
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (required === undefined) return [];
  const terms = required.nodeSelectorTerms;
  const fields = terms.flatMap(({ matchFields = [] }) => matchFields);
  const empty = terms.some(
    ({ matchFields = [], matchExpressions = [] }) => matchFields.length + matchExpressions.length === 0,
  );
  return [
    ...when(terms.length === 0 || empty, 'has a term that no node fulfils'),
    ...fields.filter(({ key }) => key !== 'metadata.name').map(({ key }) => `asks for the unknown field "${key}"`),
    ...fields
      .filter(({ operator, values = [] }) => !/^(Not)?In$/.test(operator) || values.length !== 1)
      .map(({ operator, values = [] }) => `asks for a field ${operator} ${values.length} values`),
  ];
});

/** Capabilities are named without CAP_; Kubernetes has no ambient ones, so that root alone gets what is added. */
export const capabilities = ofContainer(({ securityContext: own = {} }, { spec }) => {
  const { add = [], drop = [] } = own.capabilities ?? {};
  const user = own.runAsUser ?? spec.securityContext?.runAsUser ?? 0;
  const nonRoot = own.runAsNonRoot ?? spec.securityContext?.runAsNonRoot ?? false;
  return [
    ...[...add, ...drop]
      .filter((name) => /^CAP_/.test(name) || !/^[A-Z_]+$/.test(name))
      .map((name) => `capability "${name}" is none`),
    ...when(add.length > 0 && (nonRoot || user !== 0), `${add.join()} does not reach a user that is not root`),
  ];
});

/** Files of a Secret are for their owner only; a user that is not root reads them by the group of the Pod. */
export const secretFiles = ofPod(({ spec: { volumes = [], securityContext } }) => {
  const secrets = volumes.filter(({ secret }) => secret !== undefined);
  const needsGroup = securityContext?.runAsNonRoot === true && securityContext.fsGroup === undefined;
  return secrets.flatMap(({ name, secret }) => [
    ...when(((secret?.defaultMode ?? 0o644) & 0o077) !== 0, `volume "${name}" can be read by everybody`),
    ...when(needsGroup, `volume "${name}" can be read by root only`),
  ]);
});

/** A script that is run from a ConfigMap is there, and stops at the first error. */
export const mountedScripts = ofPod((pod, object, all) =>
  containersOf(pod).flatMap(({ name, command = [], volumeMounts = [] }) => {
    const [shell = '', path = ''] = command;
    if (!/(^|\/)(ba)?sh$/.test(shell) || !path.startsWith('/')) return [];
    const mount = volumeMounts.find(({ mountPath }) => path.startsWith(`${mountPath}/`));
    const source = pod.spec.volumes?.find((volume) => volume.name === mount?.name)?.configMap?.name;
    const found = all.find(({ kind, metadata }) => {
      return kind === 'ConfigMap' && metadata.name === source && metadata.namespace === object.metadata.namespace;
    }) as ConfigMap | undefined;
    const text = found?.data?.[path.slice((mount?.mountPath.length ?? 0) + 1)];
    if (text === undefined) return [`container "${name}" runs "${path}", which no ConfigMap holds`];
    return when(!/^set -[a-z]*e/m.test(text), `container "${name}" runs "${path}", which goes on after an error`);
  }),
);

/** An account with permissions has a token, one without has none. */
export const token: Rule = (object, all) => {
  const pod = podOf(object);
  const name = pod?.spec.serviceAccountName;
  const account = all.find(({ kind, metadata }) => {
    return kind === 'ServiceAccount' && metadata.name === name && metadata.namespace === object.metadata.namespace;
  }) as ServiceAccount | undefined;
  if (pod === undefined || account === undefined) return [];
  const mounts = pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
  const bound = isBound(account, all);
  return [
    ...when(mounts && !bound, `holds a token of "${name}", which may do nothing`),
    ...when(!mounts && bound, `has no token of "${name}", which may do something`),
  ];
};

function isBound({ metadata }: KubernetesObject, all: readonly KubernetesObject[]): boolean {
  const bindings = all.filter(({ kind }) => kind.endsWith('RoleBinding')) as RoleBinding[];
  return bindings.some(({ subjects = [] }) =>
    subjects.some(({ name, namespace }) => name === metadata.name && namespace === metadata.namespace),
  );
}

/** Pods that must not be on one node say so by a name that each node has of its own. */
export const apart = ofKind<StatefulSet>('StatefulSet', ({ spec }) => {
  const { hostNetwork, affinity } = (spec?.template as Pod | undefined)?.spec ?? {};
  const terms = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const parted = terms.some(({ topologyKey }) => topologyKey === 'kubernetes.io/hostname');
  return when(
    hostNetwork === true && (spec?.replicas ?? 1) > 1 && !parted,
    'may put two Pods on the network of one node',
  );
});
