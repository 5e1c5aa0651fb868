import {
  ALIBABA_CONTROLLER_NAMES,
  ALIBABA_CONTROLLER_SELECTOR,
  type AlibabaLoadBalancerControllerModel,
} from '../../model/alibaba-controllers/alibaba-load-balancer-controller';
import { FILES_HASH_ANNOTATION } from '../../model/bgp/bgp-names';
import { CLOUD_CONFIG_FILE } from '../../render/alibaba-cloud-config';
import { filesHash } from '../config-map';
import type { Container, Deployment, DeploymentSpec, Metadata, PodSpec, Probe } from '../k8s';
import { type CloudConfigSource, CONFIG_DIRECTORY } from './alibaba-cloud-config-source';
import { controllerCommand } from './alibaba-controller-command';

/** The user that 000 runs it as. */
const USER = 1200;

/** The annotation that says which RAM role the nodes should have: nothing in the Pod names it. */
const RAM_ROLE_ANNOTATION = 'cdk8s-balancer.dev/ram-role';

/** The Deployment of the controller. */
export function controllerDeployment(
  model: AlibabaLoadBalancerControllerModel,
  source: CloudConfigSource,
  metadata: Metadata,
  podLabels: Readonly<Record<string, string>>,
): Deployment {
  const { profile, pod } = model;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: pod.replicas,
      selector: { matchLabels: ALIBABA_CONTROLLER_SELECTOR },
      ...(profile === 'hardened' && { strategy: strategy(model) }),
      template: {
        metadata: { labels: podLabels, annotations: annotations(model, source) },
        spec: podSpec(model, source),
      },
    },
  };
}

/** Without a leader, an old and a new Pod would both work. */
function strategy({ flags }: AlibabaLoadBalancerControllerModel): DeploymentSpec['strategy'] {
  if (!flags.leaderElection.enabled) return { type: 'Recreate' };
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
}

function annotations(
  { profile, credentials }: AlibabaLoadBalancerControllerModel,
  { files }: CloudConfigSource,
): Readonly<Record<string, string>> | undefined {
  const all = {
    ...(profile === 'hardened' && { [FILES_HASH_ANNOTATION]: filesHash(files) }),
    ...(credentials.kind === 'ramRole' && { [RAM_ROLE_ANNOTATION]: credentials.name }),
  };
  return Object.keys(all).length === 0 ? undefined : all;
}

function podSpec(model: AlibabaLoadBalancerControllerModel, source: CloudConfigSource): PodSpec {
  const { profile, pod } = model;
  return {
    ...(profile === 'hardened' ? hardenedPod(source) : upstreamPod(source)),
    imagePullSecrets: pod.imagePullSecrets?.map((name) => ({ name })),
    nodeSelector: pod.nodeSelector,
    tolerations: pod.tolerations,
    priorityClassName: pod.priorityClassName,
    initContainers: source.preparation && [preparation(model, source.preparation)],
    containers: [controller(model)],
    volumes: source.volumes,
  };
}

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/ profile "restricted", and replicas apart where that is possible. */
function hardenedPod({ isSecret }: CloudConfigSource): Omit<PodSpec, 'containers'> {
  const user = { runAsNonRoot: true, runAsUser: USER, runAsGroup: USER, ...(isSecret && { fsGroup: USER }) };
  const apart = { labelSelector: { matchLabels: ALIBABA_CONTROLLER_SELECTOR }, topologyKey: 'kubernetes.io/hostname' };
  return {
    serviceAccountName: ALIBABA_CONTROLLER_NAMES.controller,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: { ...user, seccompProfile: { type: 'RuntimeDefault' } },
    affinity: {
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: apart }] },
    },
  };
}

/** As 000 writes it out. Files with keys are for a group, which the original has no need of. */
function upstreamPod({ isSecret }: CloudConfigSource): Omit<PodSpec, 'containers'> {
  return {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: isSecret ? { fsGroup: USER } : {},
    serviceAccount: ALIBABA_CONTROLLER_NAMES.controller,
    serviceAccountName: ALIBABA_CONTROLLER_NAMES.controller,
    terminationGracePeriodSeconds: 30,
  };
}

function controller(model: AlibabaLoadBalancerControllerModel): Container {
  const { flags, pod } = model;
  const health = { name: 'health', containerPort: flags.healthProbePort, protocol: 'TCP' };
  const metrics = { name: 'metrics', containerPort: flags.metricsPort, protocol: 'TCP' };
  return {
    name: ALIBABA_CONTROLLER_NAMES.controller,
    image: pod.image,
    command: controllerCommand(model, `${CONFIG_DIRECTORY}/${CLOUD_CONFIG_FILE}`),
    ...common(model),
    ports: [health, ...(model.profile === 'hardened' && flags.metricsPort !== 0 ? [metrics] : [])],
    livenessProbe: probe(flags.healthProbePort),
    readinessProbe: probe(flags.healthProbePort),
    volumeMounts: [{ name: ALIBABA_CONTROLLER_NAMES.configVolume, mountPath: CONFIG_DIRECTORY, readOnly: true }],
  };
}

function preparation(
  model: AlibabaLoadBalancerControllerModel,
  { name, command, volumeMounts }: NonNullable<CloudConfigSource['preparation']>,
): Container {
  return { name, image: model.pod.initImage, command, ...common(model), volumeMounts };
}

/** What both containers have in common. */
function common({ profile, pod }: AlibabaLoadBalancerControllerModel): Partial<Container> {
  const confined = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true };
  if (profile === 'hardened') {
    const securityContext = { ...confined, capabilities: { drop: ['ALL'] } };
    return { imagePullPolicy: pod.imagePullPolicy, resources: pod.resources, securityContext };
  }
  return {
    imagePullPolicy: pod.imagePullPolicy,
    resources: pod.resources,
    securityContext: { ...confined, runAsNonRoot: true, runAsUser: USER },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
}

/** As the document has both of them: the port accepts connections as soon as the program runs, leader or not. */
function probe(port: number): Probe {
  return {
    failureThreshold: 8,
    initialDelaySeconds: 15,
    periodSeconds: 10,
    successThreshold: 1,
    tcpSocket: { port },
    timeoutSeconds: 15,
  };
}
