import { spawnSync } from 'node:child_process';
import { findProgram } from './find-program';

/** What kubectl answers: objects, and why some are not among them; or why there are none. */
type ClusterAnswer =
  | { readonly objects: readonly object[]; readonly problem?: string }
  | { readonly problem: string; readonly objects?: undefined }
  | { readonly missing: 'kubectl' };

const FORMAT = ['--ignore-not-found', '--show-managed-fields', '--output', 'json', '--request-timeout', '30s'];

/** Asks the cluster of the current context for the objects of some manifests: `kubectl get -f -`. Changes nothing. */
export function clusterObjects(manifests: string): ClusterAnswer {
  return ask(['get', '--filename', '-', ...FORMAT], manifests);
}

/** Asks for the objects of some resources with a label, in a namespace, in all of them, or outside of any. */
export function labelledObjects(
  resources: readonly string[],
  selector: string,
  scope: string | undefined,
): ClusterAnswer {
  const place = scope === undefined ? [] : scope === '*' ? ['--all-namespaces'] : ['--namespace', scope];
  return ask(['get', resources.join(','), '--selector', selector, ...place, ...FORMAT], '');
}

function ask(args: readonly string[], input: string): ClusterAnswer {
  const kubectl = findProgram('kubectl', process.env);
  if (kubectl === undefined) return { missing: 'kubectl' };
  const { status, stdout, stderr, error } = spawnSync(kubectl, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  const problem = status === 0 ? undefined : wordsOf(stderr) || `kubectl was ended: ${error?.message ?? 'by somebody'}`;
  const objects = objectsIn(stdout ?? '');
  if (problem !== undefined) return { problem, ...(objects !== undefined && objects.length > 0 && { objects }) };
  return objects === undefined ? { problem: 'what kubectl answers is no JSON' } : { objects };
}

function objectsIn(text: string): readonly object[] | undefined {
  if (text.trim() === '') return [];
  try {
    const answer = JSON.parse(text) as { readonly items?: readonly object[] };
    return answer.items ?? [answer];
  } catch {
    return undefined;
  }
}

/** What kubectl says to people, once for all objects; the log lines of its libraries repeat it. https://github.com/kubernetes/klog */
function wordsOf(stderr: string | null): string {
  const lines = [...new Set((stderr ?? '').trim().split('\n'))];
  return lines.filter((line) => !/^[EWIF]\d{4} \d\d:/.test(line)).join('\n') || lines.join('\n');
}
