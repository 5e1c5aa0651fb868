import { nearest } from '../../spec/nearest';
import { show } from '../../spec/shape-errors';
import type { FieldSchema } from './api-resource';
import { fieldOf, fieldsOf, itemsOf, keepsUnknown, typesOf, valuesOf } from './field-schema';

/** Tokens of CEL: comments, texts, numbers, names, and single characters. https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax */
const TOKEN =
  /\/\/[^\n]*|[rRbB]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\d[\w.]*|[A-Za-z_]\w*|\s+|[\s\S]/g;

/** Names that CEL knows by itself. */
const KNOWN: ReadonlySet<string> = new Set(
  'true false null in int uint double bool string bytes list map type dyn null_type optional cel math sets strings base64 format'.split(
    ' ',
  ),
);

/** Words that CEL keeps for itself: a field by such a name is written `__word__` in a rule. */
const RESERVED: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

const OPENING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** What keeps the API server from compiling an expression at a schema, as far as it can be seen without a compiler of CEL. */
export function celFaults(
  expression: string,
  schema: FieldSchema,
  { hasOldValue }: { readonly hasOldValue: boolean },
): string[] {
  const tokens = (expression.match(TOKEN) ?? []).filter((token) => !/^(?:\s|\/\/)/.test(token));
  const broken = brokenAt(tokens);
  if (broken !== undefined) return [`the rule is broken at ${broken === END ? broken : show(broken)}`];
  const names = unknownNames(tokens).map((name) => {
    const guess = nearest(name, ['self', 'oldSelf']);
    return `the rule reads ${show(name)}, which nobody gives it${guess === undefined ? '' : `; did you mean "${guess}"?`}`;
  });
  const fields = new Set(pathsIn(tokens).flatMap((path) => fieldFault(path, schema) ?? []));
  const old = tokens.includes('oldSelf') && !hasOldValue;
  const faults = [...new Set(names), ...fields];
  return old ? [...faults, 'the rule reads "oldSelf", which items of a list without keys do not have'] : faults;
}

/** Where brackets are still open. */
const END = 'its end';

/** Where an expression stops to be one: a text without an end, a bracket without its other half. */
function brokenAt(tokens: readonly string[]): string | undefined {
  const open: string[] = [];
  for (const token of tokens) {
    if (/^["'`\\;#$@]$/.test(token)) return token;
    if (token === '=' && !isPartOfOperator(tokens, token)) return token;
    const closing = Object.hasOwn(OPENING, token) ? OPENING[token] : undefined;
    if (closing !== undefined) open.push(closing);
    else if (/^[)\]}]$/.test(token) && open.pop() !== token) return token;
  }
  return open.length === 0 ? undefined : END;
}

/** `=` stands in `==`, `!=`, `<=` and `>=` only. */
function isPartOfOperator(tokens: readonly string[], token: string): boolean {
  const text = tokens.join(' ').replace(/= =|[!<>] =/g, '');
  return !text.split(' ').includes(token);
}

/** Names that are neither given, nor of CEL, nor declared by a macro, nor called, nor the field of something. */
function unknownNames(tokens: readonly string[]): string[] {
  const declared = new Set<string>();
  tokens.forEach((token, index) => {
    // The first one or two arguments of a macro, such as x in all(x, x > 0).
    if (isName(token) && tokens[index + 1] === ',' && (tokens[index - 1] === '(' || tokens[index - 1] === ',')) {
      declared.add(token);
    }
  });
  return tokens.filter((token, index) => {
    if (!isName(token) || KNOWN.has(token) || declared.has(token) || token === 'self' || token === 'oldSelf')
      return false;
    return (
      tokens[index - 1] !== '.' &&
      !(tokens[index - 1] === '?' && tokens[index - 2] === '.') &&
      tokens[index + 1] !== '('
    );
  });
}

function isName(token: string): boolean {
  return /^[A-Za-z_]\w*$/.test(token);
}

/** The fields that are read of self and oldSelf, without what is called on them. */
function pathsIn(tokens: readonly string[]): string[][] {
  return tokens.flatMap((token, index) => {
    if ((token !== 'self' && token !== 'oldSelf') || tokens[index - 1] === '.') return [];
    const path: string[] = [];
    for (let at = index + 1; tokens[at] === '.' && isName(tokens[at + 1] ?? ''); at += 2) {
      if (tokens[at + 2] !== '(') path.push(tokens[at + 1]!);
    }
    return path.length === 0 ? [] : [path];
  });
}

/** What is wrong with the fields that a path names. A map takes any key; what keeps unknown fields is not looked into. */
function fieldFault(path: readonly string[], root: FieldSchema): string | undefined {
  let schema: FieldSchema = root;
  for (const name of path) {
    if (keepsUnknown(schema) || typesOf(schema).length !== 1) return undefined;
    const values = valuesOf(schema);
    if (schema.type !== 'object') {
      const items = itemsOf(schema) ? 'a list' : 'no object';
      return `the rule reads the field ${show(name)} of what is ${items}`;
    }
    const known = fieldsOf(schema).map(([own]) => own);
    const own = known.find((field) => celName(field) === name);
    if (values === undefined && own === undefined) {
      const guess = nearest(name, known.map(celName));
      return `the rule reads ${show(name)}, which is no field there${guess === undefined ? '' : `; did you mean "${guess}"?`}`;
    }
    schema = values ?? fieldOf(schema, own ?? '') ?? {};
  }
  return undefined;
}

/** The name of a field in a rule: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules */
function celName(field: string): string {
  if (RESERVED.has(field)) return `__${field}__`;
  return field.replaceAll('__', '__underscores__').replaceAll('.', '__dot__').replaceAll('-', '__dash__');
}
