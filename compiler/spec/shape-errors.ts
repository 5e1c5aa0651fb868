import type { Code, Diagnostic, Report } from '../diagnostics';
import { type Part, pointerTo, type SpecDocument } from './document';
import { isKeyName, isTokenName, placeholderIn, staticTokenIn } from './literal';
import { nearest } from './nearest';

/** An error of ajv in verbose mode. */
export interface ShapeError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema?: SubSchema;
  readonly data?: unknown;
  readonly propertyName?: string;
}

interface SubSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly 'x-expect'?: string;
  readonly examples?: readonly unknown[];
}

interface Finding {
  readonly code: Code;
  readonly message: string;
  readonly pointer: string;
  readonly part?: Part;
}

type Translate = (error: ShapeError) => Finding | undefined;

/** What ajv says, in our words, by keyword. Nothing of ajv's own text is ever shown. */
const TRANSLATIONS: Readonly<Record<string, Translate>> = {
  additionalProperties: unknownField,
  required: (error) => ({
    code: 'BAL2003',
    message: `"${String(error.params.missingProperty)}" is missing`,
    pointer: pointerTo(error.instancePath, String(error.params.missingProperty)),
  }),
  type: (error) => ({
    code: 'BAL2002',
    message: `expected ${typeNames(typesOf(error.params))}, got ${describeValue(error.data)}${quoteAdvice(error)}`,
    pointer: error.instancePath,
  }),
  enum: notAllowed,
  const: notAllowed,
  minimum: outOfRange,
  maximum: outOfRange,
  minLength: malformed,
  maxLength: malformed,
  pattern: malformed,
  minItems: wrongCount,
  maxItems: wrongCount,
  minProperties: wrongCount,
  maxProperties: wrongCount,
  // The failing keyword of a property name is reported by itself, with the name in `propertyName`.
  propertyNames: () => undefined,
};

/** Reports the errors that ajv found in a document, each once, at its place. */
export function reportShapeErrors(errors: readonly ShapeError[], document: SpecDocument, report: Report): void {
  const seen = new Set<string>();
  for (const error of errors) {
    const finding = literalToken(error, document) ?? (TRANSLATIONS[error.keyword] ?? fallback)(error);
    if (finding === undefined) continue;
    const key = `${finding.code} ${finding.pointer}`;
    if (seen.has(key)) continue;
    seen.add(key);
    report(diagnosticOf(finding, document));
  }
}

function diagnosticOf({ code, message, pointer, part }: Finding, document: SpecDocument): Diagnostic {
  return { code, message, location: document.locate(pointer, part) };
}

/** Kinds of programs with secrets of their own, and the code of a secret that stands in one. */
const SECRET_CODES: ReadonlyMap<unknown, Code> = new Map([
  ['CustomApiServer', 'BAL3293'],
  ['ReconcilerHub', 'BAL3274'],
]);

/** A token or a password where such a program is declared: the message does not repeat it, since it goes to logs. */
function literalToken(
  { keyword, params, instancePath, data }: ShapeError,
  { value }: SpecDocument,
): Finding | undefined {
  const code = SECRET_CODES.get((value as { readonly kind?: unknown }).kind);
  if (code === undefined) return undefined;
  const field = keyword === 'additionalProperties' ? String(params.additionalProperty) : '';
  if (isTokenName(field)) {
    const message = `"${field}" would put a token or a password into the fleet`;
    return { code, message, pointer: pointerTo(instancePath, field), part: 'key' };
  }
  const what = typeof data === 'string' ? staticTokenIn(data) : undefined;
  return what === undefined ? undefined : { code, message: `the text is ${what}`, pointer: instancePath };
}

function unknownField(error: ShapeError): Finding {
  const field = String(error.params.additionalProperty);
  const pointer = pointerTo(error.instancePath, field);
  if (isKeyName(field)) {
    return { code: 'BAL3070', message: `"${field}" would put a key into the fleet`, pointer, part: 'key' };
  }
  const guess = nearest(field, Object.keys(error.parentSchema?.properties ?? {}));
  const question = guess === undefined ? '' : `; did you mean "${guess}"?`;
  const advice = field === '<<' ? '; merge keys are not part of YAML 1.2: write the fields out' : question;
  return {
    code: 'BAL2001',
    message: `${show(field)} is not a field here${advice}`,
    pointer,
    part: 'key',
  };
}

function notAllowed(error: ShapeError): Finding {
  const allowed = (error.params.allowedValues ?? [error.params.allowedValue]) as readonly unknown[];
  const guess = typeof error.data === 'string' ? nearest(error.data, allowed.map(String)) : undefined;
  const list = allowed.map((value) => `"${String(value)}"`).join(', ');
  const question = guess === undefined || allowed.length === 1 ? '' : `; did you mean "${guess}"?`;
  return {
    code: 'BAL2004',
    message: `${show(error.data)} is not one of ${list}${question}`,
    pointer: error.instancePath,
  };
}

function outOfRange(error: ShapeError): Finding {
  const { minimum, maximum } = error.parentSchema ?? {};
  return {
    code: 'BAL2005',
    message: `${show(error.data)} is not between ${minimum} and ${maximum}`,
    pointer: error.instancePath,
  };
}

function malformed(error: ShapeError): Finding {
  const placeholder = error.propertyName === undefined ? placeholderIn(error.data) : undefined;
  if (placeholder !== undefined) {
    const place = placeholder === error.data ? 'is a placeholder' : `still has the placeholder ${show(placeholder)}`;
    const message = `${show(error.data)} ${place}`;
    return { code: 'BAL3073', message, pointer: error.instancePath };
  }
  const { maxLength } = error.parentSchema ?? {};
  const expected = error.parentSchema?.['x-expect'] ?? `a text of at most ${maxLength} characters`;
  if (error.propertyName !== undefined) {
    const pointer = pointerTo(error.instancePath, error.propertyName);
    return { code: 'BAL2006', message: `${show(error.propertyName)} is not ${expected}`, pointer, part: 'key' };
  }
  return { code: 'BAL2006', message: `${show(error.data)} is not ${expected}`, pointer: error.instancePath };
}

function wrongCount(error: ShapeError): Finding {
  const limit = Number(error.params.limit);
  const bound = error.keyword.startsWith('min') ? 'at least' : 'at most';
  const count = Array.isArray(error.data) ? error.data.length : Object.keys(error.data as object).length;
  return {
    code: 'BAL2007',
    message: `expected ${bound} ${limit} ${limit === 1 ? 'entry' : 'entries'}, got ${count}`,
    pointer: error.instancePath,
  };
}

function fallback(error: ShapeError): Finding {
  throw new Error(`no translation for the schema keyword "${error.keyword}"`);
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

/** Types of JSON Schema in words. */
export function typeNames(types: readonly string[]): string {
  return types.map((type) => TYPE_NAMES[type] ?? type).join(' or ');
}

/** A value with its type, where the type is what is wrong. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `the text ${show(value)}`;
  return typeof value === 'number' ? `the number ${show(value)}` : show(value);
}

/** One type, or several in a list or behind commas. */
function typesOf({ type }: ShapeError['params']): readonly string[] {
  return String(type).split(',');
}

/** Quotes are what makes a text of a number in YAML, or the other way round. */
function quoteAdvice({ data, params }: ShapeError): string {
  const types = typesOf(params);
  if (typeof data === 'number' && types.includes('string')) return '; write it in quotes';
  if (typeof data === 'string' && types.includes('integer') && /^\d+$/.test(data)) return '; write it without quotes';
  return '';
}

/** A value as a reader would recognise it, cut to a readable length. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = String(value);
  return `"${text.length > 80 ? `${text.slice(0, 80)}...` : text}"`;
}
