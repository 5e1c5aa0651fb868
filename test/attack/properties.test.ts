/** What holds for specs at random, and for specs that were damaged at random. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { compileAll } from '../../compiler/compile';
import type { Diagnostic } from '../../compiler/diagnostics';
import type { BalancerModel } from '../../compiler/model/balancer/balancer';
import { resolveBalancer } from '../../compiler/model/balancer/resolve-balancer';
import { renderNginxConf } from '../../compiler/render/nginx';
import { documentFromData } from '../../compiler/spec/document';
import type { Balancer } from '../../compiler/spec/generated/balancer';
import { validate } from '../../compiler/spec/validate';
import { admittedSpecs, compilingSpecs } from './arbitrary-spec';
import { type Directive, findDirectives, parseNginx } from './nginx-tree';
import { compileData, compileText, FILE } from './outcome';

/** The same runs each time: a failure of these is found where it was made, not by chance. */
const RUNS = { seed: 20260101, numRuns: 150 };

test('whatever the schema admits compiles or is refused for its meaning', () => {
  fc.assert(
    fc.property(admittedSpecs, (spec) => {
      const { errors, artefacts } = compileData(spec);
      for (const { code } of errors) expect(code).toMatch(/^BAL[34]/);
      expect(artefacts.length > 0).toBe(errors.length === 0);
    }),
    RUNS,
  );
});

test('a spec means the same as data and as text', () => {
  fc.assert(
    fc.property(compilingSpecs, (spec) => {
      const text = stringify(spec, { aliasDuplicateObjects: false });
      expect(compileText(text)).toEqual({ artefacts: compileData(spec).artefacts, errors: [] });
    }),
    { ...RUNS, numRuns: 60 },
  );
});

test('nginx.conf says what the model says', () => {
  fc.assert(
    fc.property(compilingSpecs, (spec) => {
      const model = modelOf(spec as Balancer);
      const tree = parseNginx(renderNginxConf(model));
      const [stream] = findDirectives(tree, 'stream');
      expect(upstreamsIn(stream!)).toEqual(upstreamsOf(model));
      expect(listenersIn(stream!)).toEqual(listenersOf(model));
    }),
    RUNS,
  );
});

function modelOf(content: Balancer): BalancerModel {
  const diagnostics: Diagnostic[] = [];
  const document = documentFromData(FILE, content);
  expect(validate(document, (found) => diagnostics.push(found))).toBeDefined();
  const model = resolveBalancer(content, document, (found) => diagnostics.push(found));
  expect(model, JSON.stringify(diagnostics)).toBeDefined();
  return model!;
}

/** Per upstream, in order: which backend gets which share. */
function upstreamsIn(stream: Directive): unknown {
  return stream
    .block!.filter(({ words }) => words[0] === 'upstream')
    .map(({ words, block }) => ({
      name: words[1],
      servers: block!
        .filter((directive) => directive.words[0] === 'server')
        .map(({ words: [, place, ...flags] }) => ({
          host: place!.slice(0, place!.lastIndexOf(':')),
          port: Number(place!.slice(place!.lastIndexOf(':') + 1)),
          weight: flags.includes('down') ? 0 : Number(flags.find((flag) => flag.startsWith('weight='))?.slice(7)),
          backup: flags.includes('backup'),
        })),
    }));
}

function upstreamsOf({ ports, backends }: BalancerModel): unknown {
  return ports.map((port) => ({
    name: `upstream_${port.name}`,
    servers: backends.map(({ target, weight, backup }) => ({
      host: target.host,
      port: target.kind === 'pods' ? port.port : port.targetPort,
      weight,
      backup,
    })),
  }));
}

function listenersIn(stream: Directive): unknown {
  const servers = stream.block!.filter(({ words }) => words[0] === 'server');
  return servers
    .map(({ block }) => new Map(block!.map(({ words: [name, ...values] }) => [name, values])))
    .filter((server) => server.has('proxy_pass'))
    .map((server) => ({
      port: Number(server.get('listen')![0]),
      udp: server.get('listen')!.includes('udp'),
      upstream: server.get('proxy_pass')![0],
    }));
}

function listenersOf({ ports }: BalancerModel): unknown {
  return ports.map(({ name, port, protocol }) => ({ port, udp: protocol === 'UDP', upstream: `upstream_${name}` }));
}

const CASES = join(__dirname, '../cases');
const specs = readdirSync(CASES).map((name) => readFileSync(join(CASES, name, 'spec.yaml'), 'utf8'));

/** Signs that mean something to YAML, and some that mean nothing to anybody. */
const SIGNS = [
  ...':-?,[]{}#&*!|>\'"%@`\\~ \n\t\r',
  '\r\n',
  '---\n',
  '...\n',
  '\0',
  '\u0085',
  '\ufeff',
  'x',
  '0',
  '\ud800',
];

/** A text with a few of its characters deleted, doubled or replaced. */
const damagedSpecs = fc
  .tuple(
    fc.constantFrom(...specs),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(4),
        sign: fc.constantFrom('', ...SIGNS),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((result, { at, length, sign }) => {
      const index = Math.floor(at * result.length);
      return result.slice(0, index) + sign + result.slice(index + length);
    }, text),
  );

test('a damaged spec never throws, and each problem has a place in the file', () => {
  fc.assert(
    fc.property(damagedSpecs, (text) => {
      const lines = text.split('\n');
      for (const { location, notes = [] } of compileAll([{ file: FILE, text }]).diagnostics) {
        for (const { line, column } of [location, ...notes.flatMap((note) => note.location ?? [])]) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual(lines[line! - 1]!.length + 1);
        }
      }
    }),
    { ...RUNS, numRuns: 400 },
  );
});
