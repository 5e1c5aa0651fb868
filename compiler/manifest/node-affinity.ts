import type { NodeAffinity } from './k8s';

/**
 * Only on these nodes. By name, not by the label kubernetes.io/hostname: the label may be another text, and a kubelet may
 * change it to attract Pods, which its name it cannot. A field takes one value, hence one term (they are alternatives) each.
 */
export function onNodes(names: readonly string[]): NodeAffinity {
  return {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: names.map((name) => ({
        matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }],
      })),
    },
  };
}
