import { type ApiObject, App, Chart, type ChartProps, Testing } from 'cdk8s';
import { type Diagnostic, printDocuments } from '../../compiler';
import type { KubernetesObject } from '../../compiler/manifest/k8s';
import { type BalancerProps, DiagnosticsError } from '../../constructs';

/** The smallest props of a Balancer. */
export const SMALL: BalancerProps = {
  ports: [{ port: 80 }],
  backends: [{ name: 'v1', weight: 1, selector: { app: 'v1' } }],
};

/** What the constructs in one chart of a stock app become. */
export function objectsOf(build: (chart: Chart) => unknown, props?: ChartProps): KubernetesObject[] {
  const chart = new Chart(new App(), 'chart', props);
  build(chart);
  return Testing.synth(chart);
}

/** The same as the compiler prints it. */
export function yamlOf(build: (chart: Chart) => unknown, props?: ChartProps): string {
  return printDocuments(objectsOf(build, props));
}

/** One object of a kind; there must be no second. */
export function only<T = KubernetesObject>(objects: readonly KubernetesObject[], kind: string, name?: string): T {
  const found = objects.filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  if (found.length !== 1) throw new Error(`${found.length} objects are of kind ${kind}`);
  return found[0] as T;
}

/** `Kind/name` of each object, in order. */
export function namesOf(objects: readonly KubernetesObject[]): string[] {
  return objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
}

/** All that is wrong, by the one error that tells it. */
export function problemsOf(run: () => unknown): readonly Diagnostic[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DiagnosticsError) return error.diagnostics;
    throw error;
  }
  return [];
}

/** What must be the same of problems from props and from YAML: the lines are known to YAML only. */
export function essence(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .map(({ code, message, location: { pointer }, notes = [] }) =>
      JSON.stringify([code, message, pointer, notes.map((note) => [note.message, note.location?.pointer])]),
    )
    .sort();
}

/** What an error says that is expected. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

/** A path into an object whose type is not known here. */
export function at(object: ApiObject | KubernetesObject, ...keys: readonly (string | number)[]): unknown {
  let value: unknown = 'toJson' in object ? object.toJson() : object;
  for (const key of keys) value = (value as Record<string | number, unknown>)?.[key];
  return value;
}
