import type { ReconcilerHubModel } from '../../model/hub/reconciler-hub';
import { NONROOT_USER } from '../../render/operator-dockerfile';
import type { Container, DeploymentSpec, PodSpec, Volume } from '../k8s';

/** Time to finish the change at hand: rebirthmonkey/k8s-dev@f42b0db:scaffold/kubecontroller/configs/at/manager/manager.yaml. */
const GRACE_SECONDS = 10;

/** What is the same in all Pods of a hub: https://kubernetes.io/docs/concepts/security/pod-security-standards/ profile "restricted", and spread over nodes and zones. */
export function hubPod(
  { profile, pod }: ReconcilerHubModel,
  matchLabels: Readonly<Record<string, string>>,
): Omit<PodSpec, 'containers'> {
  const user = { runAsNonRoot: true, runAsUser: NONROOT_USER, runAsGroup: NONROOT_USER, fsGroup: NONROOT_USER };
  const spread = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
    matchLabelKeys: ['pod-template-hash'],
  }));
  return {
    ...(profile === 'hardened' && {
      enableServiceLinks: false,
      securityContext: { ...user, seccompProfile: { type: 'RuntimeDefault' } },
      topologySpreadConstraints: spread,
    }),
    // Not runAsNonRoot of manager.yaml: no kubelet starts images of user 0 with it, as @05c166a:scaffold/kubecontroller/build/dockerfile/hub/Dockerfile makes them.
    ...(profile === 'upstream' && { securityContext: { fsGroup: NONROOT_USER } }),
    imagePullSecrets: pod.imagePullSecrets?.map((name) => ({ name })),
    nodeSelector: pod.nodeSelector,
    tolerations: pod.tolerations,
    priorityClassName: pod.priorityClassName,
    terminationGracePeriodSeconds: GRACE_SECONDS,
  };
}

/** What a container of a hub may do on its node. In upstream as manager.yaml has it. */
export function hubContainerSecurity({ profile }: ReconcilerHubModel): Container['securityContext'] {
  if (profile === 'upstream') return { allowPrivilegeEscalation: false };
  return { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };
}

/** Adds a Pod before it takes one away. */
export const ROLLING: DeploymentSpec['strategy'] = {
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
};

/** Keys of a Secret for the owner of the files; the kubelet lets the group of the Pod read them too. */
export function hubSecret(secretName: string, keys: readonly string[]): NonNullable<Volume['secret']> {
  return { secretName, defaultMode: 0o400, items: keys.map((key) => ({ key, path: key })) };
}
