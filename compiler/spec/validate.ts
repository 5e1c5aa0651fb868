import type { Report } from '../diagnostics';
import type { SpecDocument } from './document';
import { type Contents, VALIDATORS as GENERATED } from './generated/kinds';
import { reportShapeErrors, type ShapeError, show } from './shape-errors';

/** A document of one of our kinds, whose shape has been checked. */
interface Spec<T> {
  readonly kind: string;
  readonly content: T;
  readonly document: SpecDocument;
}

/** A Kubernetes document that is not ours: it passes through unchanged and counts in the cross-checks. */
export interface ForeignDocument {
  readonly kind: 'foreign';
  readonly content: ForeignObject;
  readonly document: SpecDocument;
}

/** What is known of an object that is not ours. */
export interface ForeignObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** A kind of ours. */
type Kind = keyof Contents;

export type CheckedDocument = { [K in Kind]: Spec<Contents[K]> & { readonly kind: K } }[Kind] | ForeignDocument;

/** A function that ajv compiled from a schema: see scripts/generated-files.ts. */
type Validator = ((value: unknown) => boolean) & { errors?: readonly ShapeError[] | null };

/** Our kinds by group, version and kind. */
const VALIDATORS: ReadonlyMap<string, { readonly kind: Kind; readonly validator: Validator }> = new Map(
  GENERATED.map(([key, { kind, validator }]) => [key, { kind, validator: validator as Validator }]),
);

/** The names of our kinds. */
export const KNOWN_KINDS: readonly Kind[] = [...VALIDATORS.values()].map(({ kind }) => kind);

/** API groups in which an unknown kind is a mistake and not a stranger. */
const OUR_GROUPS: ReadonlySet<string> = new Set(['exposer.hliangzhao.io', 'cdk8s-balancer.dev']);

/** Checks the shape of a document; problems are reported, and then there is no result. */
export function validate(document: SpecDocument, report: Report): CheckedDocument | undefined {
  const value = document.value as Readonly<Record<string, unknown>>;
  const { apiVersion, kind } = value;
  const named = typeof apiVersion === 'string' && typeof kind === 'string';
  const known = named ? VALIDATORS.get(`${apiVersion}/${kind}`) : undefined;
  if (known) {
    if (known.validator(value)) return { kind: known.kind, content: value, document } as unknown as CheckedDocument;
    reportShapeErrors(known.validator.errors ?? [], document, report);
    return undefined;
  }
  if (typeof apiVersion === 'string' && OUR_GROUPS.has(groupOf(apiVersion))) {
    reportUnknownKind(apiVersion, kind, document, report);
    return undefined;
  }
  return validateForeign(document, report);
}

/** The API group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

function reportUnknownKind(apiVersion: string, kind: unknown, document: SpecDocument, report: Report): void {
  const versions = new Map<string, string[]>();
  for (const key of VALIDATORS.keys()) {
    const [version, own] = [key.slice(0, key.lastIndexOf('/')), key.slice(key.lastIndexOf('/') + 1)];
    versions.set(version, [...(versions.get(version) ?? []), `"${own}"`]);
  }
  const known = [...versions].map(([version, kinds]) => `${kinds.join(', ')} of "${version}"`);
  report({
    code: 'BAL2008',
    message: `${show(kind)} of ${show(apiVersion)} is not known; known are ${known.join('; ')}`,
    location: document.locate('/kind'),
  });
}

function validateForeign(document: SpecDocument, report: Report): ForeignDocument | undefined {
  const value = document.value as Readonly<Record<string, unknown>>;
  if (value.kind === 'List' && Array.isArray(value.items)) return validateList(document, value.items, report);
  if (!isNamed(value, '', document, report)) return undefined;
  return { kind: 'foreign', content: value as unknown as ForeignObject, document };
}

/** Whether an object says what it is: texts for apiVersion, kind and name, and a text or nothing for the namespace. */
function isNamed(value: unknown, pointer: string, document: SpecDocument, report: Report): boolean {
  const object = (value ?? {}) as Readonly<Record<string, unknown>>;
  const metadata = object.metadata as { readonly name?: unknown; readonly namespace?: unknown } | null | undefined;
  const fields: readonly (readonly [field: string, value: unknown])[] = [
    ['apiVersion', object.apiVersion],
    ['kind', object.kind],
    ['metadata.name', metadata?.name],
    ['metadata.namespace', metadata?.namespace ?? 'default'],
  ];
  const wrong = fields.filter(([, text]) => typeof text !== 'string' || text === '');
  for (const [field, text] of wrong) {
    const missing = text === undefined || text === null || text === '';
    const message = missing ? `the object has no ${field}` : `${field} is not a text but ${show(text)}`;
    report({ code: 'BAL2009', message, location: document.locate(`${pointer}/${field.replace('.', '/')}`) });
  }
  return wrong.length === 0;
}

/** A List passes through like an object, unless one of our kinds hides in it: that would reach the cluster uncompiled. */
function validateList(document: SpecDocument, items: readonly unknown[], report: Report): ForeignDocument | undefined {
  const good = items.map((item, index) => {
    const apiVersion = (item as { readonly apiVersion?: unknown } | null)?.apiVersion;
    if (typeof apiVersion !== 'string' || !OUR_GROUPS.has(groupOf(apiVersion))) {
      return isNamed(item, `/items/${index}`, document, report);
    }
    report({
      code: 'BAL2008',
      message: 'an object of our kinds stands in a List; it needs a document of its own',
      location: document.locate(`/items/${index}`),
    });
    return false;
  });
  if (good.includes(false)) return undefined;
  // A List has no name; what it begins with tells it from others.
  const [first] = items as readonly ForeignObject[];
  const name = first === undefined ? 'nothing' : `${first.kind}-${first.metadata.name}`;
  const metadata = { name, namespace: first?.metadata.namespace };
  const content = { ...(document.value as object), metadata } as unknown as ForeignObject;
  if (!isNamed(content, '', document, report)) return undefined;
  return { kind: 'foreign', content, document };
}
