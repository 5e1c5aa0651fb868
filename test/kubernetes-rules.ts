/** What the API server refuses and schemas let through, and what it takes but nobody wants: a quarter to the schemas, the rest here. */
import type { KubernetesObject } from '../compiler/manifest/k8s';
import * as admission from './kubernetes/admission-rules';
import * as container from './kubernetes/container-rules';
import * as ingress from './kubernetes/ingress-rules';
import * as object from './kubernetes/object-rules';
import * as pod from './kubernetes/pod-rules';
import * as policy from './kubernetes/policy-rules';
import type { Rule } from './kubernetes/rule';
import * as service from './kubernetes/service-rules';
import * as workload from './kubernetes/workload-rules';

/** All rules, by the name that their problems bear. */
export const RULES: Readonly<Record<string, Rule>> = {
  null: object.noNulls,
  name: object.nameForm,
  namespace: object.namespace,
  unique: object.unique,
  labels: object.labelSyntax,
  annotations: object.annotations,
  'config-map-data': object.configMapData,
  'definition-name': object.definitionName,
  'service-ports-present': service.portsPresent,
  'service-port-range': service.portRange,
  'service-port-names': service.portNames,
  'service-ports-unique': service.portsUnique,
  'service-node-ports': service.nodePortsOwned,
  'service-selector': service.selector,
  'service-addresses': service.externalAddresses,
  'service-type': service.typeFields,
  'service-named-targets': service.namedTargets,
  loop: service.noLoop,
  selector: pod.selectorWithinTemplate,
  'spread-selector': pod.spreadSelectors,
  strategy: pod.strategy,
  'container-names': pod.containerNames,
  'volume-names': pod.volumeNames,
  'volumes-used': pod.volumesUsed,
  'config-map-exists': pod.configMapsExist,
  'service-account-exists': pod.serviceAccountExists,
  'pod-ports': pod.podPorts,
  'grace-period': pod.gracePeriod,
  'host-network': pod.hostNetwork,
  tolerations: pod.tolerations,
  'low-ports': pod.lowPorts,
  restricted: pod.restricted,
  image: container.image,
  environment: container.environment,
  'container-port-range': container.portRange,
  mounts: container.mounts,
  'probe-ports': container.probePorts,
  'probe-form': container.probeForm,
  resources: container.resources,
  'writable-paths': container.writablePaths,
  'pid-file': container.pidFile,
  scripts: container.scripts,
  budget: policy.budget,
  'policy-target': policy.policyTarget,
  'policy-peers': policy.policyPeers,
  'policy-ports': policy.policyPorts,
  permissions: policy.permissions,
  bindings: policy.bindings,
  'stateful-service': workload.statefulService,
  claims: workload.claims,
  'daemon-update': workload.daemonUpdate,
  'node-affinity': workload.nodeAffinity,
  apart: workload.apart,
  capabilities: workload.capabilities,
  'secret-files': workload.secretFiles,
  'mounted-scripts': workload.mountedScripts,
  token: workload.token,
  'admission-expressions': admission.expressions,
  'admission-in-force': admission.policyInForce,
  'admission-binding': admission.policyBinding,
  'ingress-paths': ingress.ingressPaths,
  'ingress-hosts': ingress.ingressHosts,
  'alb-annotations': ingress.albAnnotations,
  'alb-final-action': ingress.albFinalAction,
  'alb-config-listeners': ingress.albConfigListeners,
  'alb-class': ingress.albClass,
};

/** What our rules refuse about objects that are applied together; empty if they are fine. */
export function ruleProblems(objects: readonly KubernetesObject[]): string[] {
  return objects.flatMap((one) => {
    const place = [one.kind, one.metadata.namespace, one.metadata.name].filter((part) => part !== undefined).join(' ');
    const found = Object.entries(RULES).map(([name, rule]) =>
      rule(one, objects).map((text) => `${place}: ${name}: ${text}`),
    );
    return found.flat();
  });
}
