import { join } from 'node:path';
import { explainField } from '../compiler/analysis/explain-field';
import type { FieldSchema } from '../compiler/analysis/spec-variants';
import { KINDS } from '../compiler/kinds';
import { nearest } from '../compiler/spec/nearest';
import { CLEAN, USAGE } from './exit-codes';
import { refuse } from './refuse';
import { writeOut } from './write-out';

/** Prints a field as its schema has it. Answers the exit code. */
export function explainKindField(what: string): number {
  const [word = '', ...path] = what.split('.');
  const found = KINDS.find(({ kind, slug }) => [kind, slug].some((name) => name.toLowerCase() === word.toLowerCase()));
  if (found === undefined) {
    const kinds = KINDS.map(({ kind }) => kind);
    return unknown('kind', word, nearest(word, kinds), kinds);
  }
  const field = explainField(schemaOf(found.kind)!, found, path.join('.'));
  if (!field.found) return unknown(`field of ${found.kind}`, field.word, field.nearest, field.known);
  writeOut(field.text);
  return CLEAN;
}

/** The schema of a kind, from the package. */
export function schemaOf(kind: string): FieldSchema | undefined {
  const slug = KINDS.find((known) => known.kind === kind)?.slug;
  return slug === undefined ? undefined : require(join(__dirname, `../../schemas/${slug}.schema.json`));
}

function unknown(what: string, word: string, near: string | undefined, known: readonly string[]): number {
  const advice = near === undefined ? `there are: ${known.join(', ') || 'none'}` : `did you mean "${near}"?`;
  return refuse(`no ${what} is called ${JSON.stringify(word)}; ${advice}`, USAGE);
}
