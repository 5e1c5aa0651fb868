import {
  apiServerSelector,
  type CustomApiServerModel,
  headlessServiceName,
} from '../../model/api-server/custom-api-server';
import type { Output } from '../artefact';
import { disruptionBudget } from '../balancer/disruption-budget';
import type { HeadlessService, KubernetesObject, Metadata, ServicePort } from '../k8s';
import { serviceAccount } from '../rbac';
import { service } from '../service';
import { initializationFiles } from './api-server-initialization';
import { apiServerKubeconfig } from './api-server-kubeconfig';
import { apiServerNetworkPolicy } from './api-server-network-policy';
import { apiServerPorts } from './api-server-pod';
import { apiServerWorkload } from './api-server-workload';

/** What a CustomApiServer becomes: the server in a cluster, and for kubectl its kubeconfig and what it holds at first. */
export function renderCustomApiServer(model: CustomApiServerModel): Output {
  const kubeconfig = apiServerKubeconfig(model);
  return {
    objects: apiServerManifests(model),
    files: {
      ...(kubeconfig !== undefined && { 'kubeconfig.conf': kubeconfig }),
      ...initializationFiles(model.initialization),
    },
  };
}

/** Every object, in the order of applying: what a Pod needs comes before it. */
function apiServerManifests(model: CustomApiServerModel): KubernetesObject[] {
  const selector = apiServerSelector(model.name);
  const metadata = metadataOf(model, model.name);
  const ports = servicePorts(model);
  const hardened = model.profile === 'hardened';
  return [
    serviceAccount(metadata),
    ...(model.storage.kind === 'file' ? [headlessService(model, ports)] : []),
    service({ metadata, selector, ports }),
    ...(hardened ? [apiServerNetworkPolicy(model, metadata, selector)] : []),
    apiServerWorkload(model, metadata),
    // A budget for a single Pod would pin it to its node.
    ...(hardened && model.replicas > 1 ? [disruptionBudget(metadata, selector)] : []),
  ];
}

/** The user's labels and ours in profile hardened; ours for selectors in both. */
function metadataOf({ profile, name: instance, namespace, labels }: CustomApiServerModel, name: string): Metadata {
  const own = apiServerSelector(instance);
  const all = profile === 'hardened' ? { ...labels, ...own, 'app.kubernetes.io/managed-by': 'cdk8s-balancer' } : own;
  return { name, namespace, labels: all };
}

function servicePorts(model: CustomApiServerModel): ServicePort[] {
  return apiServerPorts(model).map(({ name, port }) => ({ name, protocol: 'TCP', port, targetPort: name }));
}

/** The Service that a StatefulSet must name; it gives the Pod a name in DNS. */
function headlessService(model: CustomApiServerModel, ports: readonly ServicePort[]): HeadlessService {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(model, headlessServiceName(model.name)),
    spec: { type: 'ClusterIP', clusterIP: 'None', selector: apiServerSelector(model.name), ports },
  };
}
