import { announcementsOf, type BgpLoadBalancerModel } from '../../model/bgp/bgp-load-balancer';
import { BGP_NAMES, FILES_HASH_ANNOTATION, SPEAKER_SELECTOR } from '../../model/bgp/bgp-names';
import { type Files, filesHash } from '../config-map';
import type { Container, HeadlessService, Metadata, PodSpec, Probe, StatefulSet, Volume, VolumeMount } from '../k8s';
import { onNodes } from '../node-affinity';

/** Where the parts of a speaker find each other: start-speaker.sh has the same defaults. */
const CONFIG_DIRECTORY = '/etc/config';
const PASSWORD_DIRECTORY = '/etc/passwords';
const RUN_DIRECTORY = '/run/gobgp';

/** A user without a name or a file in any image: "nobody" of distroless images. */
const SPEAKER_USER = 65532;

/** Ports below it are for root, or for NET_BIND_SERVICE (capabilities(7)); a Pod cannot change it on its node's network. */
const FIRST_UNPRIVILEGED_PORT = 1024;

/** The start script ends at SIGTERM at once, and gobgpd with it: there is nothing to wait for. */
const GRACE_SECONDS = 5;

/** Time in which gobgpd starts and its neighbors are enabled, beside what each path costs under a small CPU limit. */
const START_SECONDS = 60;
const PATHS_PER_SECOND = 5;

/** The Service that a StatefulSet must name; it gives each speaker's Pod a name in DNS. */
export function speakerService({ speakers }: BgpLoadBalancerModel, metadata: Metadata): HeadlessService {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: SPEAKER_SELECTOR,
      ports: [{ name: 'bgp', protocol: 'TCP', port: speakers.port, targetPort: speakers.port }],
    },
  };
}

/** The speakers: at most one on each master, and none elsewhere. */
export function speakerStatefulSet(
  model: BgpLoadBalancerModel,
  metadata: Metadata,
  podLabels: Readonly<Record<string, string>>,
  files: Files,
): StatefulSet {
  const hardened = model.profile === 'hardened';
  // The original's image stops with a withdrawal: it is left to people when it restarts.
  const annotations = hardened ? { [FILES_HASH_ANNOTATION]: filesHash(files) } : undefined;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      serviceName: BGP_NAMES.headlessService,
      replicas: model.speakers.replicas,
      // With OrderedReady one speaker that is not ready keeps the others from coming back. Immutable: the same in both profiles.
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: SPEAKER_SELECTOR },
      updateStrategy: { type: 'RollingUpdate' },
      template: { metadata: { labels: podLabels, annotations }, spec: podSpec(model) },
    },
  };
}

function podSpec(model: BgpLoadBalancerModel): PodSpec {
  const { masters, container } = model.speakers;
  const hardened = model.profile === 'hardened';
  return {
    serviceAccountName: BGP_NAMES.speaker,
    hostNetwork: true,
    affinity: {
      nodeAffinity: onNodes(masters.map(({ name }) => name)),
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: SPEAKER_SELECTOR } },
        ],
      },
    },
    tolerations: ['control-plane', ...(hardened ? [] : ['master'])].map((role) => ({
      key: `node-role.kubernetes.io/${role}`,
      operator: 'Exists',
    })),
    imagePullSecrets: container.imagePullSecrets,
    ...(hardened ? hardenedPod(model) : upstreamPod(model)),
  };
}

function hardenedPod(model: BgpLoadBalancerModel): PodSpec {
  const passwords = passwordVolumes(model);
  return {
    // gobgpd knows nothing of Kubernetes, and its files have addresses only: neither a token nor the cluster's DNS.
    automountServiceAccountToken: false,
    dnsPolicy: 'Default',
    enableServiceLinks: false,
    priorityClassName: 'system-cluster-critical',
    terminationGracePeriodSeconds: GRACE_SECONDS,
    securityContext: { ...user(model), seccompProfile: { type: 'RuntimeDefault' } },
    containers: [hardenedContainer(model, passwords)],
    volumes: [
      { name: 'config', configMap: { name: BGP_NAMES.speakerConfig } },
      { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
      ...passwords,
    ],
  };
}

/** Kubernetes has no ambient capabilities: what is added reaches root only. */
function user({ speakers }: BgpLoadBalancerModel): PodSpec['securityContext'] {
  if (speakers.port < FIRST_UNPRIVILEGED_PORT) return { runAsUser: 0, runAsGroup: 0 };
  // The group may read the passwords: the kubelet adds that right to files of mode 0400.
  return { runAsNonRoot: true, runAsUser: SPEAKER_USER, runAsGroup: SPEAKER_USER, fsGroup: SPEAKER_USER };
}

function hardenedContainer(model: BgpLoadBalancerModel, passwords: readonly PasswordVolume[]): Container {
  const { port, container } = model.speakers;
  const add = port < FIRST_UNPRIVILEGED_PORT ? ['NET_BIND_SERVICE'] : undefined;
  return {
    name: BGP_NAMES.speaker,
    image: container.image,
    command: ['/bin/sh', `${CONFIG_DIRECTORY}/start-speaker.sh`],
    // It picks the configuration of its node: the ordinal of a Pod is not a node.
    env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    ports: [{ name: 'bgp', containerPort: port, protocol: 'TCP' }],
    ...probes(model),
    resources: container.resources,
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [
      { name: 'config', mountPath: CONFIG_DIRECTORY, readOnly: true },
      { name: 'run', mountPath: RUN_DIRECTORY },
      ...passwords.map(
        ({ name, secret }): VolumeMount => ({
          name,
          mountPath: `${PASSWORD_DIRECTORY}/${secret.secretName}`,
          readOnly: true,
        }),
      ),
    ],
  };
}

/** Started: everything is announced. Later only whether gobgpd answers: a session that fails is no reason to restart it. */
function probes(model: BgpLoadBalancerModel): Record<'startupProbe' | 'readinessProbe' | 'livenessProbe', Probe> {
  const periodSeconds = 5;
  const startSeconds = START_SECONDS + announcementsOf(model).length / PATHS_PER_SECOND;
  const exec = { command: ['gobgp', '-u', '127.0.0.1', 'global'] };
  return {
    startupProbe: {
      exec: { command: ['/bin/sh', '-ec', `test -e ${RUN_DIRECTORY}/ready`] },
      periodSeconds,
      failureThreshold: Math.ceil(startSeconds / periodSeconds),
    },
    readinessProbe: { exec, periodSeconds: 10, timeoutSeconds: 5 },
    livenessProbe: { exec, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
  };
}

type PasswordVolume = Volume & { readonly secret: { readonly secretName: string } };

/** A volume per Secret, with the keys that some session asks for: a speaker may come to any master. */
function passwordVolumes({ sessions }: BgpLoadBalancerModel): PasswordVolume[] {
  const keysBySecret = new Map<string, Set<string>>();
  for (const { passwordSecret } of sessions) {
    if (passwordSecret === undefined) continue;
    const keys = keysBySecret.get(passwordSecret.name) ?? new Set();
    keysBySecret.set(passwordSecret.name, keys.add(passwordSecret.key));
  }
  return [...keysBySecret].map(([secretName, keys], index) => ({
    // Names of Secrets may have dots, names of volumes may not.
    name: `password-${index}`,
    secret: { secretName, defaultMode: 0o400, items: [...keys].map((key) => ({ key, path: key })) },
  }));
}

/** The original's image starts as it was built: neither its command nor its arguments are public. */
function upstreamPod({ speakers }: BgpLoadBalancerModel): PodSpec {
  const { image, resources } = speakers.container;
  return {
    automountServiceAccountToken: true,
    dnsPolicy: 'ClusterFirstWithHostNet',
    containers: [
      {
        name: BGP_NAMES.speaker,
        image,
        ports: [{ name: 'bgp', containerPort: speakers.port, protocol: 'TCP' }],
        resources,
        securityContext: { capabilities: { add: ['NET_ADMIN'] } },
        volumeMounts: [{ name: 'config', mountPath: CONFIG_DIRECTORY, readOnly: true }],
      },
    ],
    volumes: [{ name: 'config', configMap: { name: BGP_NAMES.speakerConfig } }],
  };
}
