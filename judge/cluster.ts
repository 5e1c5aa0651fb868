import { spawnSync } from 'node:child_process';
import { findProgram } from './find-program';

/** Objects as a cluster has them; or why there are none. */
export type ClusterObjects = { readonly objects: readonly object[] } | { readonly problem: string };

/** Asks the cluster of the current context for the objects of some manifests: `kubectl get -f -`. Changes nothing. */
export function clusterObjects(manifests: string): ClusterObjects {
  const kubectl = findProgram('kubectl', process.env);
  if (kubectl === undefined) return { problem: 'the program "kubectl" is missing' };
  const args = ['get', '--filename', '-', '--ignore-not-found', '--output', 'json', '--request-timeout', '30s'];
  const { status, stdout, stderr, error } = spawnSync(kubectl, args, {
    input: manifests,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  if (status !== 0) return { problem: stderr?.trim() || `kubectl was killed: ${error?.message ?? 'by somebody'}` };
  if (stdout.trim() === '') return { objects: [] };
  try {
    const answer = JSON.parse(stdout) as { readonly items?: readonly object[] };
    return { objects: answer.items ?? [answer] };
  } catch {
    return { problem: 'what kubectl answers is no JSON' };
  }
}
