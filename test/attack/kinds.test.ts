/** What a stranger writes into any field of the controllers and of Alibaba Cloud's kinds is refused where it stands, or stays data. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Artefact } from '../../compiler/manifest/artefact';
import { compileData, isRefusal, type Outcome } from './outcome';
import { PAYLOADS } from './payloads';
import { dataWith, type Place, type Template, templateOf } from './places';

const CASES = join(__dirname, '../cases');

/** The documents that use every field of their kinds. */
const FULL = [
  'alb-ingress-full',
  'api-resource-full',
  'alibaba-cloud-controller-manager-full',
  'alibaba-cloud-controller-manager-v1-full',
  'alibaba-clb-full',
  'alibaba-load-balancer-controller-full',
  'alibaba-nlb-full',
  'balancer-operator-full',
  'custom-api-server-full',
  'custom-api-server-full-file',
  'phase-machine-full',
  'reconciler-hub-full',
];

/** The documents of a case, as texts. */
function documentsOf(name: string): string[] {
  return readFileSync(join(CASES, name, 'spec.yaml'), 'utf8')
    .split(/^---\n/m)
    .filter((text) => /^kind:/m.test(text));
}

/** The objects in artefacts, and the lines of other files: what could be more than it was. */
function shapeOf(artefacts: readonly Artefact[]): unknown {
  return artefacts.map(({ path, text }) => {
    // A comment may have as many lines as the text in it, but nothing may come out of it.
    if (path.endsWith('.ts')) return text.replaceAll(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '').split('\n').length;
    if (!/\.k8s\.yaml$|\.yaml\.conf$/.test(path)) return text.split('\n').length;
    return parseAllDocuments(text, { stringKeys: true }).map((document) => {
      expect(document.errors).toEqual([]);
      const { apiVersion, kind, ...fields } = document.toJS() as Readonly<Record<string, unknown>>;
      // A sample is of the kind that its own spec declares.
      return [...(path.endsWith('.k8s.yaml') ? [apiVersion, kind] : []), Object.keys(fields).sort()];
    });
  });
}

/** Whether a field can bring objects and lines along by its own meaning: names of nodes make files, a list makes lines. */
function addsThings(before: Outcome, after: Outcome): boolean {
  return before.artefacts.length !== after.artefacts.length;
}

describe.each(FULL)('%s', (name) => {
  const documents = documentsOf(name).map((text) => templateOf(text));
  // What a document names is in the others of its case.
  const beside = (template: Template): unknown[] =>
    documents.filter((one) => one !== template).map(({ value }) => value);

  test('there is something to attack', () => {
    expect(documents.flatMap(({ places }) => places).length).toBeGreaterThan(20);
    for (const template of documents) expect(compileData(template.value, beside(template)).errors).toEqual([]);
  });

  test.each(documents.map((template, index) => [index, template] as const))('document %i', (_, template) => {
    const others = beside(template);
    const before = compileData(template.value, others);
    const shape = JSON.stringify(shapeOf(before.artefacts));
    // With another apiVersion or kind the document is a stranger's: foreign.test.ts.
    const texts = template.places.filter(({ part, original, pointer }) => {
      return part === 'value' && typeof original === 'string' && !['/apiVersion', '/kind'].includes(pointer);
    });
    texts.forEach((place, at) => {
      PAYLOADS.forEach((payload, index) => {
        // Each payload in each third field: fields share their rules.
        if ((at + index) % 3 !== 0) return;
        const after = compileData(dataWith(template.value, place, payload.value), others);
        if (after.errors.length > 0) expectRefused(after, place);
        else if (!addsThings(before, after))
          expect(JSON.stringify(shapeOf(after.artefacts)), place.pointer).toBe(shape);
      });
    });
  });
});

function expectRefused({ errors, artefacts }: Outcome, { pointer }: Place): void {
  expect(artefacts).toEqual([]);
  expect(
    errors.filter((error) => !isRefusal(error)),
    pointer,
  ).toEqual([]);
}
