import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { Balancer, BalancerSpec } from '../../spec/generated/balancer';
import { COMPILER_FIELDS, DROPPED_GROUPS, type DroppedGroup, OPERATOR_FIELDS } from '../operator/operator-fields';
import { type Problems, problemsOf } from '../problems';
import type { BalancerModel } from './balancer';
import { checkDelivery, type Delivery, type OperatorIndex } from './delivery';
import { resolveBalancer } from './resolve-balancer';

/** A Balancer of a fleet: the objects that it becomes, or with delivery "resource" what an operator makes of it. */
export function resolveDeliveredBalancer(
  content: Balancer,
  delivery: Delivery,
  document: SpecDocument,
  operators: OperatorIndex,
  report: Report,
): BalancerModel | undefined {
  const problems = problemsOf(document, report);
  checkDelivery(content, delivery, operators, problems);
  const model =
    delivery === 'objects'
      ? resolveBalancer(content, document, report)
      : resolveResource(content, document, problems, report);
  return problems.anyError() ? undefined : model;
}

/** The model is that of 001's objects: ports and names are those that others will find in the cluster. */
function resolveResource(
  content: Balancer,
  document: SpecDocument,
  problems: Problems,
  report: Report,
): BalancerModel | undefined {
  const { metadata, spec } = content;
  checkBackends(spec, problems);
  if (problems.anyError()) return undefined;
  for (const group of DROPPED_GROUPS) warnOfDropped(group, spec, problems);
  const known: BalancerSpec = {
    profile: 'upstream',
    ...pick(spec, OPERATOR_FIELDS.spec),
    ports: spec.ports.map((port) => pick(port, OPERATOR_FIELDS.port)),
    backends: spec.backends.map((backend) => pick(backend, OPERATOR_FIELDS.backend)),
  };
  // Of the nginx that the operator runs no field can change the version.
  const own: Report = (diagnostic) => {
    if (diagnostic.code !== 'BAL3014') report(diagnostic);
  };
  const model = resolveBalancer({ ...content, spec: known }, document, own);
  const { annotations } = metadata;
  return model && { ...model, resource: { ...(annotations && { annotations }), spec: withoutCompilerFields(spec) } };
}

/** What is said to the compiler is said to nobody else. */
function withoutCompilerFields(spec: BalancerSpec): BalancerSpec {
  const fields = Object.entries(spec).filter(([field]) => !(COMPILER_FIELDS as readonly string[]).includes(field));
  return Object.fromEntries(fields) as unknown as BalancerSpec;
}

/** Backends of which the operator would make a Service for other Pods, or an nginx.conf that nginx refuses. */
function checkBackends({ backends }: BalancerSpec, problems: Problems): void {
  backends.forEach(({ name, weight, service, address }, index) => {
    const refuse = (field: string, why: string): void =>
      problems.add('BAL3166', `/spec/backends/${index}/${field}`, `backend "${name}" ${why}`);
    if (weight === 0) refuse('weight', 'has weight 0: the operator writes "weight=0", which nginx refuses');
    if (service !== undefined) refuse('service', 'is a Service: the operator makes another one, by labels');
    if (address !== undefined) refuse('address', 'is an address: the operator makes a Service, by labels');
  });
}

/** One warning for all fields of a group, at the first of them. */
function warnOfDropped(group: DroppedGroup, spec: BalancerSpec, problems: Problems): void {
  const pointers = [
    ...setFields(spec, group.spec, '/spec'),
    ...spec.ports.flatMap((port, index) => setFields(port, group.port, `/spec/ports/${index}`)),
    ...spec.backends.flatMap((backend, index) => setFields(backend, group.backend, `/spec/backends/${index}`)),
  ];
  if (pointers[0] === undefined) return;
  const names = [...new Set(pointers.map((pointer) => pointer.slice(pointer.lastIndexOf('/') + 1)))];
  const message = `the operator does not read ${names.join(', ')}: it ${group.instead}`;
  problems.add('BAL3165', pointers[0], message);
}

function setFields<T extends object>(value: T, fields: readonly (keyof T & string)[], pointer: string): string[] {
  return fields.filter((field) => value[field] !== undefined).map((field) => `${pointer}/${field}`);
}

function pick<T extends object, K extends keyof T>(value: T, fields: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    fields.filter((field) => value[field] !== undefined).map((field) => [field, value[field]]),
  ) as Pick<T, K>;
}
