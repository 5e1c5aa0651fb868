/** Kubernetes' own OpenAPI schemas (1.33, npm kubernetes-models) as a judge, with kubectl's strictness: no unknown fields. */
import { createRequire } from 'node:module';
import { customProblems } from './kubernetes/custom-schemas';
import { operatorProblems } from './kubernetes/operator-schemas';

/** A class of kubernetes-models: its validate() throws an error that lists what the compiled schema refuses. */
interface Model {
  readonly prototype: { validate(this: object): void };
}

interface SchemaError {
  readonly instancePath: string;
  readonly message?: string;
  readonly keyword: string;
  readonly params: object;
}

const load = createRequire(__filename);

// without the package every kind would be unknown
load.resolve('kubernetes-models/v1/Pod');

/** What Kubernetes' schemas refuse about an object, and the fields they do not know; empty if it is fine. */
export function schemaProblems(object: object): string[] {
  const custom = customProblems(object);
  if (custom !== undefined) return custom;
  const operator = operatorProblems(object);
  if (operator !== undefined) return operator;
  const { apiVersion: written, kind } = object as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const apiVersion = SAME_FIELDS[String(written)] ?? String(written);
  const model = modelOf(apiVersion, String(kind));
  if (model === undefined) return [`unknown kind ${apiVersion} ${kind}`];
  const unread: string[] = [];
  const watched = watch({ ...object, apiVersion }, '', unread);
  const refused = refusals(model, watched.value);
  watched.collect();
  return [...new Set([...refused, ...unread])];
}

/** Older versions of a kind that kubernetes-models has only newer ones of, with the same fields. */
const SAME_FIELDS: Readonly<Record<string, string>> = {
  'admissionregistration.k8s.io/v1beta1': 'admissionregistration.k8s.io/v1',
};

function modelOf(apiVersion: string, kind: string): Model | undefined {
  if (!/^[a-z0-9.]+(\/[a-z0-9]+)?$/.test(apiVersion) || !/^[A-Za-z]+$/.test(kind)) return undefined;
  try {
    return (load(`kubernetes-models/${apiVersion}/${kind}`) as Readonly<Record<string, Model>>)[kind];
  } catch {
    return undefined;
  }
}

function refusals(model: Model, value: object): string[] {
  try {
    model.prototype.validate.call(value);
    return [];
  } catch (error) {
    const errors = (error as { readonly errors?: readonly SchemaError[] }).errors;
    if (errors === undefined) throw error;
    return errors.map(({ instancePath, keyword, message, params }) => {
      return `${instancePath || '/'} ${message ?? keyword} ${JSON.stringify(params)}`;
    });
  }
}

interface Watched<T> {
  readonly value: T;
  /** Reports the fields that nobody has asked for. */
  readonly collect: () => void;
}

/**
 * The compiled schemas ignore unknown fields, but they ask an object for each field that they know: what was never asked for is
 * unknown. An object that was asked for nothing at all has a free form, such as a default in a CustomResourceDefinition.
 */
function watch<T extends object>(target: T, path: string, unread: string[]): Watched<T> {
  const asked = new Set<PropertyKey>();
  const children = new Map<PropertyKey, Watched<object>>();
  const get = (_: T, key: PropertyKey): unknown => {
    asked.add(key);
    const field: unknown = Reflect.get(target, key);
    if (typeof field !== 'object' || field === null) return field;
    const child = children.get(key) ?? watch(field, `${path}/${String(key)}`, unread);
    children.set(key, child);
    return child.value;
  };
  const collect = (): void => {
    for (const child of children.values()) child.collect();
    if (Array.isArray(target) || asked.size === 0) return;
    const unknown = Object.keys(target).filter((key) => !asked.has(key) && !isDropped(path, key));
    unread.push(...unknown.map((key) => `${path || '/'} has the unknown field "${key}"`));
  };
  return { value: new Proxy(target, { get }), collect };
}

/** kubernetes-models strips these keywords from schemas, and with them from the schema of schemas: crd-structure.ts knows them. */
function isDropped(path: string, key: string): boolean {
  if (/\/additionalPrinterColumns\/\d+$/.test(path)) return key === 'description';
  return path.includes('/openAPIV3Schema') && (key === 'description' || key.startsWith('x-kubernetes-'));
}
