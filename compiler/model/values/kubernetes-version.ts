import type { Problems } from '../problems';

/** `matchLabelKeys` of a topology spread constraint and `unhealthyPodEvictionPolicy` are on by default from here on. */
const OLDEST_MINOR = 27;

/** Refuses versions of Kubernetes (1.MINOR) that do not know the fields that every output has. */
export function checkKubernetesVersion(version: string, problems: Problems): void {
  if (Number(version.split('.')[1]) >= OLDEST_MINOR) return;
  problems.add('BAL3018', '/spec/kubernetesVersion', `Kubernetes "${version}" is older than 1.${OLDEST_MINOR}`);
}
