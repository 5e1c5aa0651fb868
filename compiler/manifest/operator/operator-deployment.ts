import { managerFlags } from '../../model/alibaba-controllers/manager-flags';
import {
  type BalancerOperatorModel,
  LOOPBACK_METRICS_PORT,
  MANAGER_SELECTOR,
  type MetricsModel,
  OPERATOR_NAMES as NAMES,
} from '../../model/operator/balancer-operator';
import { NONROOT_USER } from '../../render/operator-dockerfile';
import type { Container, Deployment, DeploymentSpec, Metadata, PodSpec } from '../k8s';
import { managerPodLabels } from './operator-metadata';
import { METRICS_PORT_NAME } from './operator-metrics';

/** The file of the original's ConfigMap, and where config/default/manager_config_patch.yaml mounts it. */
export const MANAGER_CONFIG_FILE = 'controller_manager_config.yaml';

/** Time to finish the change at hand: as in config/manager/manager.yaml. */
const GRACE_SECONDS = 10;

/** The Deployment of the manager. */
export function managerDeployment(model: BalancerOperatorModel, metadata: Metadata): Deployment {
  const { profile, manager } = model;
  const annotations = { 'kubectl.kubernetes.io/default-container': 'manager' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: manager.replicas,
      selector: { matchLabels: MANAGER_SELECTOR },
      ...(profile === 'hardened' && { strategy: strategy(model) }),
      template: { metadata: { labels: managerPodLabels(model), annotations }, spec: podSpec(model) },
    },
  };
}

/** Without a leader, an old and a new Pod would both work. */
function strategy({ manager }: BalancerOperatorModel): DeploymentSpec['strategy'] {
  if (!manager.electsLeader) return { type: 'Recreate' };
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
}

function podSpec(model: BalancerOperatorModel): PodSpec {
  const { profile, manager, metrics } = model;
  const proxied = metrics?.authentication === 'kube-rbac-proxy';
  return {
    serviceAccountName: NAMES.manager,
    ...(profile === 'hardened' && hardenedPod()),
    imagePullSecrets: manager.imagePullSecrets?.map((name) => ({ name })),
    nodeSelector: manager.nodeSelector,
    tolerations: manager.tolerations,
    priorityClassName: manager.priorityClassName,
    terminationGracePeriodSeconds: GRACE_SECONDS,
    containers: [...(proxied ? [proxyContainer(model, metrics)] : []), managerContainer(model)],
    ...(profile === 'upstream' && {
      volumes: [{ name: 'manager-config', configMap: { name: NAMES.managerConfig } }],
    }),
  };
}

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/ profile "restricted", and spread over nodes and zones. */
function hardenedPod(): Partial<PodSpec> {
  const user = { runAsNonRoot: true, runAsUser: NONROOT_USER, runAsGroup: NONROOT_USER };
  return {
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: { ...user, seccompProfile: { type: 'RuntimeDefault' } },
    topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: MANAGER_SELECTOR },
      matchLabelKeys: ['pod-template-hash'],
    })),
  };
}

/** In upstream, what config/manager/manager.yaml says of the Pod and of the container, at the container. */
function securityContext({ profile }: BalancerOperatorModel): Container['securityContext'] {
  if (profile === 'upstream') return { runAsNonRoot: true, allowPrivilegeEscalation: false };
  return { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };
}

function managerContainer(model: BalancerOperatorModel): Container {
  const { profile, manager, metrics, watchNamespaces } = model;
  const ports = [{ name: 'health', containerPort: manager.healthProbePort, protocol: 'TCP' }];
  const own = metrics?.authentication === 'controller-runtime';
  const mount = { name: 'manager-config', mountPath: `/${MANAGER_CONFIG_FILE}`, subPath: MANAGER_CONFIG_FILE };
  return {
    name: 'manager',
    image: manager.image,
    command: ['/manager'],
    args: managerFlags(model),
    // https://book.kubebuilder.io/reference/manager-scope
    env: watchNamespaces.length > 0 ? [{ name: 'WATCH_NAMESPACE', value: watchNamespaces.join(',') }] : undefined,
    ports: own ? [...ports, { name: METRICS_PORT_NAME, containerPort: metrics.port, protocol: 'TCP' }] : ports,
    livenessProbe: { httpGet: { path: '/healthz', port: 'health' }, initialDelaySeconds: 15, periodSeconds: 20 },
    readinessProbe: { httpGet: { path: '/readyz', port: 'health' }, initialDelaySeconds: 5, periodSeconds: 10 },
    resources: manager.resources,
    securityContext: securityContext(model),
    ...(profile === 'upstream' && { volumeMounts: [{ ...mount, readOnly: true }] }),
  };
}

/** config/default/manager_auth_proxy_patch.yaml: it lets those through whom the API server lets read /metrics. */
function proxyContainer(model: BalancerOperatorModel, { port, proxyImage }: MetricsModel): Container {
  const upstream = model.profile === 'upstream';
  return {
    name: 'kube-rbac-proxy',
    image: proxyImage,
    args: [
      `--secure-listen-address=${upstream ? '0.0.0.0' : ''}:${port}`,
      `--upstream=http://127.0.0.1:${LOOPBACK_METRICS_PORT}/`,
      // The original logs the headers of each request.
      ...(upstream ? ['--logtostderr=true', '--v=10'] : ['--v=0']),
    ],
    ports: [{ name: METRICS_PORT_NAME, containerPort: port, protocol: 'TCP' }],
    resources: upstream ? undefined : PROXY_RESOURCES,
    securityContext: securityContext(model),
  };
}

/** What kubebuilder gave the sidecar while it had one: kubernetes-sigs/kubebuilder v3.14, config/default. */
const PROXY_RESOURCES = {
  requests: { cpu: '5m', memory: '64Mi' },
  limits: { cpu: '500m', memory: '128Mi' },
} as const;
