import { parseAllDocuments, stringify } from 'yaml';
import { compileAll } from '../../compiler';
import type { Balancer, BalancerBackend, BalancerSpec } from '../../compiler/spec/generated/balancer';

/** The backends of 001's sample. */
export const SAMPLE_BACKENDS: readonly BalancerBackend[] = [
  { name: 'v1', weight: 40, selector: { version: 'v1' } },
  { name: 'v2', weight: 20, selector: { version: 'v2' } },
  { name: 'v3', weight: 40, selector: { version: 'v3' } },
];

/** The domain name under which nginx looks for a backend of the sample. */
export function sampleHost(backend: string): string {
  return `balancer-sample-${backend}-backend.default.svc.cluster.local`;
}

/** What was compiled, as it runs in a Pod. */
export interface CompiledBalancer {
  readonly conf: string;
  /** Arguments of nginx in the Deployment. */
  readonly command: readonly string[];
  /** The command of the hook before the end of the Pod, where there is one. */
  readonly preStop?: readonly string[];
  /** The command of the init container, where there is one. */
  readonly preparation?: readonly string[];
}

/** 001's sample with other fields in its spec, compiled. Throws where it does not compile; warnings are no matter here. */
export function compiledBalancer(changes: Partial<BalancerSpec> = {}): CompiledBalancer {
  const sample: Balancer = {
    apiVersion: 'exposer.hliangzhao.io/v1alpha1',
    kind: 'Balancer',
    metadata: { name: 'balancer-sample' },
    spec: {
      ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 5678 }],
      selector: { app: 'test' },
      backends: [...SAMPLE_BACKENDS],
      ...changes,
    },
  };
  const { artefacts, diagnostics } = compileAll([{ file: 'sample.yaml', text: stringify(sample) }]);
  if (artefacts.length === 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const text = (ending: string): string => artefacts.find(({ path }) => path.endsWith(ending))?.text ?? '';
  const manifests = parseAllDocuments(text('.k8s.yaml')).map((document) => document.toJS());
  const pod = manifests.find(({ kind }) => kind === 'Deployment').spec.template.spec;
  return {
    conf: text('/nginx.conf'),
    command: pod.containers[0].command,
    preStop: pod.containers[0].lifecycle?.preStop.exec.command,
    preparation: pod.initContainers?.[0].command,
  };
}
