import { neededAccess } from '../../model/access';
import { ALIBABA_LOAD_BALANCER_CONTROLLER_ACCESS as ACCESS } from '../../model/alibaba-controllers/access-alibaba-load-balancer-controller';
import {
  ALIBABA_CONTROLLER_NAMES,
  ALIBABA_CONTROLLER_SELECTOR,
  type AlibabaLoadBalancerControllerModel,
} from '../../model/alibaba-controllers/alibaba-load-balancer-controller';
import { cloudConfig } from '../../render/alibaba-cloud-config';
import { alibabaDockerfile } from '../../render/alibaba-dockerfile';
import type { Output } from '../artefact';
import { disruptionBudget } from '../balancer/disruption-budget';
import type { KubernetesObject, Metadata } from '../k8s';
import { clusterRole, clusterRoleBinding, role, roleBinding, serviceAccount } from '../rbac';
import { CONFIG_DIRECTORY, cloudConfigSource } from './alibaba-cloud-config-source';
import { controllerDeployment } from './alibaba-controller-deployment';

const { controller, clusterRole: clusterRoleName, config } = ALIBABA_CONTROLLER_NAMES;

/** The Alibaba Load Balancer Controller: accounts, credentials, configuration and Deployment, and how its image is built. */
export function renderAlibabaLoadBalancerController(model: AlibabaLoadBalancerControllerModel): Output {
  const source = cloudConfigSource({
    credentials: model.credentials,
    config,
    directory: CONFIG_DIRECTORY,
    textOf: (keys) => cloudConfig(model.cloudConfig, keys),
  });
  const deployed = metadataOf(model, controller);
  const metadata = { ...deployed, labels: { ...deployed.labels, ...ALIBABA_CONTROLLER_SELECTOR } };
  const objects = [
    account(model),
    ...permissions(model),
    source.object(metadataOf(model, config)),
    controllerDeployment(model, source, metadata, { ...standardLabels(model), ...ALIBABA_CONTROLLER_SELECTOR }),
    ...budgets(model),
  ];
  return { objects, files: { Dockerfile: alibabaDockerfile(model) } };
}

/** The original's account says nothing about tokens. */
function account(model: AlibabaLoadBalancerControllerModel): KubernetesObject {
  const metadata = metadataOf(model, controller);
  return model.profile === 'hardened'
    ? serviceAccount(metadata)
    : { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
}

/** The rules of the original, or those that the features need: some for the cluster, and some for its own namespace. */
function permissions(model: AlibabaLoadBalancerControllerModel): KubernetesObject[] {
  const accounts = [{ name: controller, namespace: model.namespace }];
  const inCluster = metadataOf(model, clusterRoleName);
  const { cluster, namespace } =
    model.profile === 'hardened' ? neededAccess(ACCESS, model.features) : { cluster: ACCESS.original, namespace: [] };
  const inNamespace = metadataOf(model, controller);
  return [
    clusterRole(inCluster, cluster),
    clusterRoleBinding(inCluster, clusterRoleName, accounts),
    ...(namespace.length === 0
      ? []
      : [role(inNamespace, namespace), roleBinding(inNamespace, { kind: 'Role', name: controller }, accounts)]),
  ];
}

function budgets(model: AlibabaLoadBalancerControllerModel): KubernetesObject[] {
  if (model.profile === 'upstream' || model.pod.replicas < 2) return [];
  return [disruptionBudget(metadataOf(model, controller), ALIBABA_CONTROLLER_SELECTOR)];
}

function metadataOf(model: AlibabaLoadBalancerControllerModel, name: string): Metadata {
  if (model.profile === 'upstream') return { name, namespace: model.namespace };
  return { name, namespace: model.namespace, labels: { ...model.labels, ...standardLabels(model) } };
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
function standardLabels({ profile, name }: AlibabaLoadBalancerControllerModel): Readonly<Record<string, string>> {
  if (profile === 'upstream') return {};
  return {
    'app.kubernetes.io/name': 'load-balancer-controller',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'controller',
    'app.kubernetes.io/managed-by': 'cdk8s-balancer',
  };
}
