import { defined, fieldOf, itemsAt, textAt } from './field';

/** The fields of a Pod template that kinds of ours have under the same names. */
export function podFieldsOf(workload: unknown, container: unknown): Readonly<Record<string, unknown>> {
  const pod = fieldOf(workload, 'spec', 'template', 'spec');
  const secrets = itemsAt(pod, 'imagePullSecrets').flatMap((entry) => textAt(entry, 'name') ?? []);
  return defined({
    imagePullSecrets: secrets.length === 0 ? undefined : secrets,
    resources: fieldOf(container, 'resources'),
    nodeSelector: fieldOf(pod, 'nodeSelector'),
    tolerations: fieldOf(pod, 'tolerations'),
    priorityClassName: textAt(pod, 'priorityClassName'),
  });
}
