import { neededAccess } from '../../model/access';
import { ALIBABA_CLOUD_CONTROLLER_MANAGER_ACCESS as ACCESS } from '../../model/alibaba-controllers/access-alibaba-cloud-controller-manager';
import {
  type AlibabaCloudControllerManagerModel,
  CONTROLLER_ACCOUNTS,
  MANAGER_NAMES,
  MANAGER_SELECTOR,
} from '../../model/alibaba-controllers/alibaba-cloud-controller-manager';
import { ramPolicy } from '../../model/alibaba-controllers/ram-policy';
import { kubeletDropIn } from '../../render/kubelet';
import type { Output } from '../artefact';
import type { KubernetesObject, Metadata } from '../k8s';
import { clusterRole, clusterRoleBinding, role, roleBinding, serviceAccount } from '../rbac';
import { managerDaemonSet } from './manager-daemon-set';
import { managerKubeconfig } from './manager-kubeconfig';
import { managerSources } from './manager-sources';

const { manager, clusterRole: clusterRoleName } = MANAGER_NAMES;

/** The cloud controller manager of Alibaba Cloud: accounts, configuration, DaemonSet, and what the nodes and the cloud need. */
export function renderAlibabaCloudControllerManager(model: AlibabaCloudControllerManagerModel): Output {
  const sources = managerSources(model);
  const metadata = metadataOf(model, manager);
  return {
    objects: [
      ...accounts(model),
      ...permissions(model),
      ...sources.objects(metadata),
      managerDaemonSet(model, sources, metadata, { ...standardLabels(model), ...MANAGER_SELECTOR }),
    ],
    files: filesOf(model),
  };
}

/** For people: the nodes' drop-ins, the policy of the cloud, and the kubeconfig where it is a file of the node. */
function filesOf(model: AlibabaCloudControllerManagerModel): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(
      model.nodes.map((node) => [`nodes/${node.name}/20-cloud-provider.conf`, kubeletDropIn(node, model.profile)]),
    ),
    'ram.policy': `${JSON.stringify(ramPolicy(model), null, 2)}\n`,
    ...(model.profile === 'upstream' && { 'cloud-controller-manager.conf': managerKubeconfig(model) }),
  };
}

/** The program's own account, and one for each of its controllers where they use such. */
function accountNames({ version, flags }: AlibabaCloudControllerManagerModel): readonly string[] {
  return [manager, ...(version === 'v1.9' && flags.useServiceAccountCredentials ? CONTROLLER_ACCOUNTS : [])];
}

function accounts(model: AlibabaCloudControllerManagerModel): KubernetesObject[] {
  return accountNames(model).map((name) => {
    const metadata = metadataOf(model, name);
    return model.profile === 'hardened'
      ? serviceAccount(metadata)
      : { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
  });
}

/** The rules of the original, or those that the features need; each account has a binding of its own, as in 003. */
function permissions(model: AlibabaCloudControllerManagerModel): KubernetesObject[] {
  const { cluster, namespace } =
    model.profile === 'hardened' ? neededAccess(ACCESS, model.features) : { cluster: ACCESS.original, namespace: [] };
  const bindings = accountNames(model).map((name) => {
    const binding = name === manager ? clusterRoleName : `system:${name}`;
    return clusterRoleBinding(metadataOf(model, binding), clusterRoleName, [{ name, namespace: model.namespace }]);
  });
  const own = { ...metadataOf(model, manager), namespace: model.lockNamespace };
  return [
    clusterRole(metadataOf(model, clusterRoleName), cluster),
    ...bindings,
    ...(namespace.length === 0
      ? []
      : [
          role(own, namespace),
          roleBinding(own, { kind: 'Role', name: manager }, [{ name: manager, namespace: model.namespace }]),
        ]),
  ];
}

function metadataOf(model: AlibabaCloudControllerManagerModel, name: string): Metadata {
  if (model.profile === 'upstream') return { name, namespace: model.namespace };
  return { name, namespace: model.namespace, labels: { ...model.labels, ...standardLabels(model) } };
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
function standardLabels({ profile, name }: AlibabaCloudControllerManagerModel): Readonly<Record<string, string>> {
  if (profile === 'upstream') return {};
  return {
    'app.kubernetes.io/name': 'cloud-controller-manager',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'controller',
    'app.kubernetes.io/managed-by': 'cdk8s-balancer',
  };
}
