/** Names and labels of 002's objects (its README), and of ours beside them. */

/** Objects that 002's README names, so that a running installation is adopted. */
export const BGP_NAMES = {
  /** ConfigMap with config_bgp.toml. */
  speakerConfig: 'kube-gobgp-cfg',
  /** ConfigMap with SWITCH, IN_ROUTING_TABLE and DEPLOY_MODEL. */
  steeringConfig: 'kube-iprule-cfg',
  /** StatefulSet of the speakers, their account and their container. */
  speaker: 'loadbalancer-controller',
  /** DaemonSet on the workers, its account and its container. */
  daemon: 'loadbalancer-daemon',
  /** Headless Service of the speakers. */
  headlessService: 'loadbalancer',
  /** ConfigMap with the rules of each worker: ours. */
  steeringRules: 'loadbalancer-daemon-rules',
  /** ValidatingAdmissionPolicy and its binding: ours. */
  externalIPPolicy: 'loadbalancer-external-ips',
} as const;

/** Selector of the speakers, as `kubectl get svc -o wide` prints it in the README. Immutable: the same in both profiles. */
export const SPEAKER_SELECTOR: Readonly<Record<string, string>> = { app: 'loadbalancer' };

/** Selector of the daemon. Not that of the speakers: the headless Service would select its Pods too. */
export const DAEMON_SELECTOR: Readonly<Record<string, string>> = { app: 'loadbalancer-daemon' };

/** The annotation that makes Pods roll when the files that they mount change. */
export const FILES_HASH_ANNOTATION = 'cdk8s-balancer.dev/files-hash';

/** The parts of a load balancer, as their labels name them. */
export type BgpComponent = 'speaker' | 'steering' | 'admission' | 'service';

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export function bgpLabels(instance: string, component: BgpComponent): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': 'bgp-load-balancer',
    'app.kubernetes.io/instance': instance,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'cdk8s-balancer',
  };
}
