/** kubecontroller.yaml of every case is read back, key by key: what is in it is what the model says, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { compileAll } from '../../../compiler/compile';
import {
  CONFIG_KEYS,
  configProblems,
  kubecontrollerConfig,
} from '../../../compiler/manifest/hub/kubecontroller-config';
import type { HubUnitModel, ReconcilerHubModel } from '../../../compiler/model/hub/reconciler-hub';
import { resolveReconcilerHub } from '../../../compiler/model/hub/resolve-reconciler-hub';
import { neighboursAmong } from '../../../compiler/model/neighbours';
import { documentFromData } from '../../../compiler/spec/document';
import { type CheckedDocument, validate } from '../../../compiler/spec/validate';

const CASES = join(__dirname, '../../cases');

type Hub = Extract<CheckedDocument, { readonly kind: 'ReconcilerHub' }>;

/** The hubs of a case, as models. */
function modelsOf(name: string): ReconcilerHubModel[] {
  const text = readFileSync(join(CASES, name, 'spec.yaml'), 'utf8');
  const documents = parseAllDocuments(text).map((one) => documentFromData(name, one.toJS()));
  const neighbours = neighboursAmong(() => documents);
  return documents.flatMap((document) => {
    const checked = validate(document, () => undefined);
    if (checked?.kind !== 'ReconcilerHub') return [];
    const model = resolveReconcilerHub((checked as Hub).content, document, () => undefined, neighbours);
    return model === undefined ? [] : [model];
  });
}

const UNITS = readdirSync(CASES)
  .filter((name) => name.startsWith('reconciler-hub-'))
  .flatMap((name) =>
    modelsOf(name).flatMap((model) => model.units.map((unit) => [name, unit.name, model, unit] as const)),
  );

function at(content: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], content);
}

test('there are programs of both layouts and both profiles', () => {
  expect(new Set(UNITS.map(([, , { profile }]) => profile))).toEqual(new Set(['hardened', 'upstream']));
  expect(UNITS.length).toBeGreaterThan(8);
});

describe.each(UNITS)('%s: %s', (_name, _unit, model: ReconcilerHubModel, unit: HubUnitModel) => {
  const content: unknown = parse(kubecontrollerConfig(model, unit), { version: '1.1' });

  test('is what the table allows', () => {
    expect(configProblems(content)).toEqual([]);
  });

  test('reads back to the model', () => {
    for (const { path, value } of CONFIG_KEYS) expect(at(content, path), path.join('.')).toEqual(value(model, unit));
  });

  test('says nothing in upstream that 004 does not read', () => {
    if (model.profile === 'hardened') return;
    const own = CONFIG_KEYS.filter(({ source }) => source === undefined);
    for (const { path } of own) expect(at(content, path), path.join('.')).toBeUndefined();
  });
});

test('every key is said by some case', () => {
  const said = UNITS.flatMap(([, , model, unit]) =>
    CONFIG_KEYS.filter(({ value }) => value(model, unit) !== undefined),
  );
  expect(CONFIG_KEYS.filter((key) => !said.includes(key)).map(({ path }) => path.join('.'))).toEqual([]);
});

test.each([
  [{ reconcilermgr: { concurrency: 1 } }, 'reconcilermgr.concurrency is no key'],
  [{ reconcilermgr: { concurrence: 0 } }, 'reconcilermgr.concurrence cannot be 0'],
  [{ reconcilermgr: { concurrence: '1' } }, 'reconcilermgr.concurrence cannot be "1"'],
  [{ reconcilermgr: { 'metrics-bind-address': '18001' } }, 'reconcilermgr.metrics-bind-address cannot be "18001"'],
  [{ reconcilermgr: { 'apiserver-enabled': 'yes' } }, 'reconcilermgr.apiserver-enabled cannot be "yes"'],
  [{ log: { level: 'loud' } }, 'log.level cannot be "loud"'],
  [{ log: { 'output-paths': null } }, 'log.output-paths cannot be null'],
  [{ gin: { server: { mode: 'release' } } }, 'gin.server.mode is no key'],
  [
    { apiextmgr: { gin: { secure: { tls: { 'cert-file': '/Users/a b/server.pem' } } } } },
    'apiextmgr.gin.secure.tls.cert-file cannot be "/Users/a b/server.pem"',
  ],
])('the table refuses %j', (content, problem) => {
  expect(configProblems(content)).toEqual([problem]);
});

test('the hash of a Pod follows the configuration and no metadata', () => {
  const text = readFileSync(join(CASES, 'reconciler-hub-minimal/spec.yaml'), 'utf8');
  const hashOf = (spec: string): string | undefined => {
    const { artefacts } = compileAll([{ file: 'spec.yaml', text: spec }]);
    return artefacts.map((artefact) => /files-hash: "?([0-9a-f]+)/.exec(artefact.text)?.[1]).find(Boolean);
  };
  const before = hashOf(text);
  expect(before).toMatch(/^[0-9a-f]{16}$/);
  expect(hashOf(text.replace('  name: hub-minimal\n', '  name: hub-minimal\n  labels: {team: a}\n'))).toBe(before);
  expect(hashOf(text.replace('  reconcilers:', '  manager: {concurrency: 2}\n  reconcilers:'))).not.toBe(before);
});
