/** What compiling gave, and the comparison of two outputs as trees. */
import { expect } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { compileAll, compileDocuments } from '../../compiler/compile';
import { type Diagnostic, severityOf } from '../../compiler/diagnostics';
import type { Artefact } from '../../compiler/manifest/artefact';
import { documentFromData } from '../../compiler/spec/document';
import { parseNginx } from './nginx-tree';

/** The name of the file that texts are compiled as. */
export const FILE = 'spec.yaml';

/** The errors, and the artefacts where there is none. */
export interface Outcome {
  readonly artefacts: readonly Artefact[];
  readonly errors: readonly Diagnostic[];
}

/** Compiles a text. */
export function compileText(text: string): Outcome {
  const { artefacts, diagnostics } = compileAll([{ file: FILE, text }]);
  return { artefacts, errors: errorsOf(diagnostics) };
}

/** Compiles data, alone or beside other documents, which is much faster: no YAML is read. */
export function compileData(value: unknown, beside: readonly unknown[] = []): Outcome {
  const diagnostics: Diagnostic[] = [];
  const documents = [value, ...beside].map((one) => documentFromData(FILE, one));
  const artefacts = [...compileDocuments(documents, (found) => diagnostics.push(found))];
  const errors = errorsOf(diagnostics);
  return { artefacts: errors.length > 0 ? [] : artefacts, errors };
}

function errorsOf(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ code }) => severityOf(code) === 'error');
}

/** Whether the shape or the meaning of a field was refused: what a stranger's text may earn, and nothing else. */
export function isRefusal({ code }: Diagnostic): boolean {
  return /^BAL[23]\d{3}$/.test(code);
}

/** What a text of the one output has to be in the other. */
export type Translate = (text: string) => unknown;

/** Expects two outputs to have the same trees, but for what `translate` makes of the texts and keys of the first. */
export function expectSameTrees(before: readonly Artefact[], after: readonly Artefact[], translate: Translate): void {
  expect(after.map(({ path }) => path)).toEqual(before.map(({ path }) => translate(path)));
  before.forEach(({ path, text }, index) => {
    const other = after[index]!.text;
    if (text === other) return;
    if (path.endsWith('nginx.conf')) expect(parseNginx(other)).toEqual(mapTree(parseNginx(text), translate));
    else expectSameObjects(documentsIn(text), documentsIn(other), translate);
  });
}

function expectSameObjects(before: readonly string[], after: readonly string[], translate: Translate): void {
  expect(after).toHaveLength(before.length);
  before.forEach((text, index) => {
    // Equal texts have equal trees: reading them is most of the time that this test takes.
    if (text !== after[index]) expect(objectIn(after[index]!)).toEqual(mapTree(objectIn(text), translate));
  });
}

/** An artefact with every number made the same. */
export function withoutNumbers({ path, text }: Artefact): Artefact {
  return { path, text: withoutHash(text).replace(/\d+/g, '0') };
}

/** The manifests of an artefact, as text. */
function documentsIn(text: string): string[] {
  return withoutHash(text).split(/^---\n/m);
}

/** The hash over nginx.conf differs with every change. */
function withoutHash(text: string): string {
  return text.replace(/configmap-hash: ["']?[0-9a-f]{16}["']?$/gm, 'configmap-hash: hash');
}

function objectIn(text: string): unknown {
  const objects = objectsIn(text);
  expect(objects).toHaveLength(1);
  return objects[0];
}

/** The objects in a text, read as YAML 1.2 and as YAML 1.1, in which `yes` and `1_000` are no texts: both must say the same. */
export function objectsIn(text: string): unknown[] {
  const [first, second] = (['1.2', '1.1'] as const).map((version) =>
    parseAllDocuments(text, { version, stringKeys: true, logLevel: 'error' }).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as unknown;
    }),
  );
  expect(second).toEqual(first);
  return first!;
}

/** A tree with each of its scalars and keys put through a function. */
export function mapTree(tree: unknown, translate: Translate): unknown {
  if (typeof tree === 'string') return translate(tree);
  if (Array.isArray(tree)) return tree.map((item) => mapTree(item, translate));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [translate(key), mapTree(item, translate)]));
}
