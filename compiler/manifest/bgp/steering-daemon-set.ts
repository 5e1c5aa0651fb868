import type { BgpLoadBalancerModel } from '../../model/bgp/bgp-load-balancer';
import { BGP_NAMES, DAEMON_SELECTOR, FILES_HASH_ANNOTATION } from '../../model/bgp/bgp-names';
import { type Files, filesHash } from '../config-map';
import type { DaemonSet, Metadata, PodSpec } from '../k8s';
import { onNodes } from '../node-affinity';

/** Where the daemon finds the rules of its node. */
const RULES_DIRECTORY = '/etc/steering';

/** Where it finds the sysctls of its node. */
const SYSCTL_ROOT = '/host/proc/sys';

/** Where it keeps what it compares: the root of the container is read-only. */
const RUN_DIRECTORY = '/run';

/** Time to finish the change at hand. */
const GRACE_SECONDS = 10;

/** Keys of the ConfigMap that the original's daemon reads as environment. */
const ENVIRONMENT = ['SWITCH', 'IN_ROUTING_TABLE', 'DEPLOY_MODEL'] as const;

/** What keeps the rules of every declared worker as they should be. */
export function steeringDaemonSet(
  model: BgpLoadBalancerModel,
  metadata: Metadata,
  podLabels: Readonly<Record<string, string>>,
  files: Files,
): DaemonSet {
  const hardened = model.profile === 'hardened';
  const annotations = hardened ? { [FILES_HASH_ANNOTATION]: filesHash(files) } : undefined;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: {
      selector: { matchLabels: DAEMON_SELECTOR },
      // Rules stay while their daemon is replaced; wrong ones reach one node first.
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      template: { metadata: { labels: podLabels, annotations }, spec: podSpec(model) },
    },
  };
}

function podSpec(model: BgpLoadBalancerModel): PodSpec {
  return {
    serviceAccountName: BGP_NAMES.daemon,
    hostNetwork: true,
    affinity: { nodeAffinity: onNodes(model.workers.map(({ name }) => name)) },
    // A worker is announced as declared, whatever taints it has: without its rules it would drop what the switch sends.
    tolerations: [{ operator: 'Exists' }],
    imagePullSecrets: model.daemon.imagePullSecrets,
    ...(model.profile === 'hardened' ? hardenedPod(model) : upstreamPod(model)),
  };
}

function hardenedPod({ daemon }: BgpLoadBalancerModel): PodSpec {
  return {
    // The rules are files: neither a token nor the cluster's DNS.
    automountServiceAccountToken: false,
    dnsPolicy: 'Default',
    enableServiceLinks: false,
    priorityClassName: 'system-node-critical',
    terminationGracePeriodSeconds: GRACE_SECONDS,
    securityContext: { runAsUser: 0, runAsGroup: 0, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: BGP_NAMES.daemon,
        image: daemon.image,
        command: ['/bin/sh', `${RULES_DIRECTORY}/steer.sh`, 'watch'],
        env: [
          { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
          { name: 'RULES_DIR', value: RULES_DIRECTORY },
          { name: 'SYSCTL_ROOT', value: SYSCTL_ROOT },
        ],
        resources: daemon.resources,
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] },
          readOnlyRootFilesystem: true,
        },
        volumeMounts: [
          { name: 'rules', mountPath: RULES_DIRECTORY, readOnly: true },
          { name: 'sysctls', mountPath: `${SYSCTL_ROOT}/net` },
          { name: 'run', mountPath: RUN_DIRECTORY },
        ],
      },
    ],
    volumes: [
      { name: 'rules', configMap: { name: BGP_NAMES.steeringRules } },
      { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
      // /proc/sys of a container without privileges is read-only; those of the network are all that NET_ADMIN may write.
      { name: 'sysctls', hostPath: { path: '/proc/sys/net', type: 'Directory' } },
    ],
  };
}

/** The original's image starts as it was built. The name of the node is what kubesphere/porter's agent is told. */
function upstreamPod({ daemon }: BgpLoadBalancerModel): PodSpec {
  return {
    automountServiceAccountToken: true,
    dnsPolicy: 'ClusterFirstWithHostNet',
    containers: [
      {
        name: BGP_NAMES.daemon,
        image: daemon.image,
        env: [
          ...ENVIRONMENT.map((name) => ({
            name,
            valueFrom: { configMapKeyRef: { name: BGP_NAMES.steeringConfig, key: name } },
          })),
          { name: 'MY_NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
        ],
        resources: daemon.resources,
        securityContext: { capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } },
      },
    ],
  };
}
