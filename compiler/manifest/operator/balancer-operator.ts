import { metricsAddress } from '../../model/alibaba-controllers/manager-flags';
import {
  type BalancerOperatorModel,
  LEADER_ELECTION_ID,
  MANAGER_SELECTOR,
  OPERATOR_NAMES as NAMES,
  WEBHOOK_PORT,
} from '../../model/operator/balancer-operator';
import { operatorDockerfile } from '../../render/operator-dockerfile';
import type { Output } from '../artefact';
import { disruptionBudget } from '../balancer/disruption-budget';
import { configMap } from '../config-map';
import { BALANCER_CRD } from '../generated/balancer-crd';
import type { KubernetesObject } from '../k8s';
import { printYaml } from '../yaml/yaml-writer';
import { MANAGER_CONFIG_FILE, managerDeployment } from './operator-deployment';
import { clusterMetadata, operatorMetadata } from './operator-metadata';
import { metricsObjects } from './operator-metrics';
import { managerPermissions } from './operator-permissions';

/** The operator of the Balancer resource: what `make deploy` of 001 applies, and the Dockerfile of its manager. */
export function renderBalancerOperator(model: BalancerOperatorModel): Output {
  return { objects: operatorManifests(model), files: { Dockerfile: operatorDockerfile(model) } };
}

/** Every object of the operator, in the order of `make deploy`: what a Pod needs comes before it. */
export function operatorManifests(model: BalancerOperatorModel): KubernetesObject[] {
  return [
    namespaceObject(model),
    { ...BALANCER_CRD, metadata: clusterMetadata(model, BALANCER_CRD.metadata.name) },
    ...managerPermissions(model),
    ...managerConfig(model),
    ...metricsObjects(model),
    managerDeployment(model, operatorMetadata(model, NAMES.manager, MANAGER_SELECTOR)),
    ...budgets(model),
  ];
}

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted' } as const;

function namespaceObject(model: BalancerOperatorModel): KubernetesObject {
  const labels = model.profile === 'hardened' ? { ...MANAGER_SELECTOR, ...RESTRICTED } : MANAGER_SELECTOR;
  const metadata = clusterMetadata(model, model.namespace, labels);
  return { apiVersion: 'v1', kind: 'Namespace', metadata };
}

/** controller-runtime has removed the kind, and 001's manager never read it: hardened has flags alone. */
function managerConfig(model: BalancerOperatorModel): KubernetesObject[] {
  if (model.profile === 'hardened') return [];
  const { manager, metrics } = model;
  const text = printYaml({
    apiVersion: 'controller-runtime.sigs.k8s.io/v1alpha1',
    kind: 'ControllerManagerConfig',
    health: { healthProbeBindAddress: `:${manager.healthProbePort}` },
    metrics: { bindAddress: metricsAddress(metrics) },
    webhook: { port: WEBHOOK_PORT },
    leaderElection: { leaderElect: manager.electsLeader, resourceName: LEADER_ELECTION_ID },
    ...(manager.concurrency !== undefined && {
      controller: { groupKindConcurrency: { 'Balancer.exposer.hliangzhao.io': manager.concurrency } },
    }),
  });
  return [configMap(operatorMetadata(model, NAMES.managerConfig), { [MANAGER_CONFIG_FILE]: text })];
}

function budgets(model: BalancerOperatorModel): KubernetesObject[] {
  if (model.profile === 'upstream' || model.manager.replicas < 2) return [];
  return [disruptionBudget(operatorMetadata(model, NAMES.manager), MANAGER_SELECTOR)];
}
