/** What a cache knows of a fleet never changes what is made of it, or what is said of it. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/compile';
import type { Diagnostic, Suppressed } from '../../compiler/diagnostics';
import type { CompileCache, KnownDocument, OpenCache } from '../../compiler/known-documents';
import type { Source } from '../../compiler/spec/document';
import { readFleet } from '../../synth/read-fleet';

const ROOT = join(__dirname, '../..');
const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A cache in memory: what it keeps passes through JSON, as in a file. */
interface MemoryCache {
  readonly open: OpenCache;
  readonly count: () => { readonly found: number; readonly kept: number };
}

function memoryCache(): MemoryCache {
  const entries = new Map<string, string>();
  let head: string | undefined;
  let found = 0;
  let kept = 0;
  const cache: CompileCache = {
    find(text) {
      const known = entries.get(text);
      if (known === undefined) return undefined;
      found += 1;
      return JSON.parse(known) as KnownDocument;
    },
    keep(text, document) {
      kept += 1;
      entries.set(text, JSON.stringify(document));
    },
    sumOf,
  };
  return {
    open(operators) {
      if (head !== JSON.stringify(operators)) entries.clear();
      head = JSON.stringify(operators);
      [found, kept] = [0, 0];
      return cache;
    },
    count: () => ({ found, kept }),
  };
}

/** Everything that a run makes and says. A sum that is told must be that of the text. */
function everythingOf(sources: readonly Source[], cache?: OpenCache) {
  const diagnostics: Diagnostic[] = [];
  const suppressed: Suppressed[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const options = { suppressed: (entry: Suppressed) => void suppressed.push(entry), cache };
  const artefacts = [...compile(sources, report, options)].map(({ path, text, rank, sum }) => {
    expect(sum ?? sumOf(text), path).toBe(sumOf(text));
    return { path, text, rank };
  });
  return { artefacts, diagnostics, suppressed };
}

function sourcesIn(folder: string): Source[] {
  // What cannot be read at all never comes to a cache.
  return [...readFleet([folder], () => {})];
}

describe('a second run with a cache says and makes what the first one did', () => {
  const folders = ['cases', 'invalid'].flatMap((room) => {
    return readdirSync(join(ROOT, 'test', room)).map((name) => join('test', room, name));
  });
  const specsIn = (folder: string): Source[] =>
    sourcesIn(join(ROOT, folder)).filter(({ file }) => !/expected\//.test(file));

  test.each(['fleet', ...folders])('%s', (folder) => {
    const sources = specsIn(folder);
    const { open, count } = memoryCache();
    const plain = everythingOf(sources);
    expect(everythingOf(sources, open)).toEqual(plain);
    expect(everythingOf(sources, open)).toEqual(plain);
    expect(count().kept).toBe(0);
  });

  test('Balancers without problems are known, and nothing else is', () => {
    const { open, count } = memoryCache();
    everythingOf(sourcesIn(join(ROOT, 'fleet')), open);
    const balancers = everythingOf(sourcesIn(join(ROOT, 'fleet'))).artefacts.filter(({ path }) => {
      return /^balancer\..*\.k8s\.yaml$/.test(path);
    });
    expect(count()).toEqual({ found: 0, kept: balancers.length });
  });
});

describe('what a Balancer depends on beside its own text', () => {
  const operator = (namespace: string): string =>
    `apiVersion: cdk8s-balancer.dev/v1alpha1\nkind: BalancerOperator\nmetadata: {name: operator}\nspec: {image: registry.example.com/balancer:v1, watchNamespaces: [${namespace}]}\n`;

  test('who delivers it', () => {
    const { open } = memoryCache();
    for (const namespace of ['edge', 'shop', 'edge']) {
      const sources = sourcesOf([[balancer('a', 'shop', 'selector: {app: v1}', '')], [operator(namespace)]]);
      const everything = everythingOf(sources, open);
      expect(everything).toEqual(everythingOf(sources));
      const kinds = everything.artefacts.map(({ text }) => /^kind: Balancer$/m.test(text));
      expect(kinds.includes(true)).toBe(namespace === 'shop');
    }
  });

  test('whether what it accepts is still needed', () => {
    const { open, count } = memoryCache();
    const annotated = balancer('a', 'shop', 'selector: {app: v1}', '').replace(
      'metadata: {',
      'metadata: {annotations: {cdk8s-balancer.dev/ignore: "BAL3014 not here"}, ',
    );
    for (let run = 0; run < 2; run += 1) {
      const { diagnostics } = everythingOf(sourcesOf([[annotated]]), open);
      expect(diagnostics.map(({ code }) => code)).toEqual(['BAL1013']);
      expect(count()).toEqual({ found: 0, kept: 0 });
    }
  });
});

/** Documents that have to do with each other: twins, references, claims, operators, services, acceptances. */
const balancer = (name: string, namespace: string, more: string, comment: string): string =>
  `${comment}apiVersion: exposer.hliangzhao.io/v1alpha1\nkind: Balancer\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec:\n  ports: [{port: 80}]\n  backends: [{name: v1, weight: 1, ${more}}]\n`;

const BACKENDS = [
  'selector: {app: v1}',
  'service: {name: web, port: 8080}',
  'service: {name: web, port: 8081}',
  'service: {name: a-v1-backend, port: 80}',
  'selector: {}',
];
const OTHERS = [
  'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 8080}]}\n',
  'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {clusterIP: None, ports: [{port: 8081}]}\n',
  'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: shop}\nspec: {ports: [{port: 80}]}\n',
  'apiVersion: cdk8s-balancer.dev/v1alpha1\nkind: BalancerOperator\nmetadata: {name: operator}\nspec: {image: registry.example.com/balancer:v1, watchNamespaces: [shop]}\n',
  'apiVersion: cdk8s-balancer.dev/v1alpha1\nkind: BalancerOperator\nmetadata: {name: operator}\nspec: {image: registry.example.com/balancer:v1}\n',
  'apiVersion: cdk8s-balancer.dev/v1alpha1\nkind: LoadBalancerService\nmetadata: {name: front, namespace: shop}\nspec: {balancer: a, provider: {alibabaClb: {}}}\n',
  'kind: [\n',
  '',
  '# balancer-ignore: BAL3014 nobody reads this\nkind: Balancer\n',
];

const document = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({
        name: fc.constantFrom('a', 'b', 'a-v1'),
        namespace: fc.constantFrom('shop', 'edge'),
        more: fc.constantFrom(...BACKENDS),
        comment: fc.constantFrom('', '', '# balancer-ignore: BAL3167 known\n', '\ufeff', '# a\r\n'),
      })
      .map(({ name, namespace, more, comment }) => balancer(name, namespace, more, comment)),
  },
  { weight: 1, arbitrary: fc.constantFrom(...OTHERS) },
);
const fleet = fc.array(fc.array(document, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });

/** One document takes the place of another, or the place is left out. */
const edit = fc.record({ file: fc.nat(3), place: fc.nat(2), put: fc.option(document) });

function edited(
  files: readonly (readonly string[])[],
  { file, place, put }: { readonly file: number; readonly place: number; readonly put: string | null },
): readonly (readonly string[])[] {
  const documents = files[file % files.length]!;
  const at = place % documents.length;
  return files.map((own, index) =>
    index !== file % files.length
      ? own
      : [...documents.slice(0, at), ...(put === null ? [] : [put]), ...documents.slice(at + 1), ''],
  );
}

function sourcesOf(files: readonly (readonly string[])[]): Source[] {
  return files.map((documents, index) => ({ file: `${index}.yaml`, text: documents.join('---\n') }));
}

test('whatever changes between two runs, a cache changes nothing', () => {
  let found = 0;
  fc.assert(
    fc.property(fleet, fc.array(edit, { maxLength: 5 }), (first, edits) => {
      const { open, count } = memoryCache();
      let files: readonly (readonly string[])[] = first;
      for (const next of [undefined, ...edits]) {
        if (next !== undefined) files = edited(files, next);
        const sources = sourcesOf(files);
        expect(everythingOf(sources, open)).toEqual(everythingOf(sources));
        found += count().found;
      }
    }),
    { numRuns: 400 },
  );
  expect(found).toBeGreaterThan(400);
});
