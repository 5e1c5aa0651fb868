/**
 * Every payload in every field of a full Balancer, as its value and as its key. Either it is refused at that field, or
 * the output is that of a harmless value with the payload in its place: the same objects, keys and directives.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileData, compileText, expectSameTrees, isRefusal, type Outcome, withoutNumbers } from './outcome';
import { PAYLOADS, type Payload, TEXT_PAYLOADS, titleOf, yamlOf } from './payloads';
import { dataWith, type Place, pointerOf, templateOf, textWith } from './places';

const template = templateOf(readFileSync(join(__dirname, '../cases/full/spec.yaml'), 'utf8'));

/** Without these two the document is not ours: see foreign.test.ts. */
const places = template.places.filter(({ pointer }) => pointer !== '/apiVersion' && pointer !== '/kind');
const values = places.filter(({ part }) => part === 'value');
const keys = places.filter(({ part }) => part === 'key');

/** Harmless values: every field takes one of them, or only values of a short list. */
const PROBES: readonly (string | number)[] = ['zq7probe', '777m', '777', '192.0.2.77', '198.51.100.0/24', 777, 57];

interface Probe {
  readonly probe: string | number;
  readonly outcome: Outcome;
}

const probes = new Map<string, Probe | undefined>();

/** A harmless value of a type for a place, and what comes of it; undefined for a field that takes listed values only. */
function probeOf(place: Place, type: string): Probe | undefined {
  const key = `${place.mark} ${type}`;
  if (!probes.has(key)) {
    const outcomes = PROBES.filter((probe) => typeof probe === type).map((probe) => ({
      probe,
      outcome: compileData(dataWith(template.value, place, probe)),
    }));
    probes.set(
      key,
      outcomes.find(({ outcome }) => outcome.errors.length === 0),
    );
  }
  return probes.get(key);
}

/** Contradictions of two fields, which are reported at the other one. */
const REPORTED_AT: Readonly<Record<string, string>> = {
  '/spec/image': '/spec/nginxVersion',
  '/spec/hostNetwork': '/spec/ports/0/port',
  '/spec/resources/limits/cpu': '/spec/resources/requests/cpu',
  '/spec/resources/limits/memory': '/spec/resources/requests/memory',
};

/** The fields that a refusal may name: the value's own, or the one that the payload as a key makes. */
function refusedPointers({ part, path, pointer }: Place, { value }: Payload): string[] {
  if (part === 'key') return [pointerOf([...path.slice(0, -1), String(value)])];
  return [pointer, REPORTED_AT[pointer] ?? pointer];
}

/** Line and column of a payload in the text of the template. */
function placeIn(text: string, mark: string): { line: number; column: number } {
  const lines = text.slice(0, text.indexOf(mark)).split('\n');
  return { line: lines.length, column: lines[lines.length - 1]!.length + 1 };
}

function expectRefusal({ errors, artefacts }: Outcome, place: Place, payload: Payload): void {
  expect(artefacts).toEqual([]);
  expect(errors.filter((error) => !isRefusal(error))).toEqual([]);
  const named = new Set(errors.map(({ location }) => location.pointer));
  const allowed = refusedPointers(place, payload);
  expect(
    allowed.some((pointer) => named.has(pointer)),
    `${[...named]} for ${allowed}`,
  ).toBe(true);
}

/** The output must be that of the probe with the payload in its place. */
function expectContained({ artefacts }: Outcome, place: Place, { value }: Payload): void {
  // A switch has two harmless values, and 0 and 1 have meanings of their own, such as a backend that is down.
  if (typeof value === 'boolean' || (typeof value === 'number' && value <= 1)) return;
  const found = probeOf(place, typeof value);
  expect(found, `${place.pointer} takes listed values only, yet it took the payload`).toBeDefined();
  const { probe, outcome } = found!;
  if (typeof value === 'string') {
    expectSameTrees(outcome.artefacts, artefacts, (text) => text.replaceAll(String(probe), () => value));
  } else expect(artefacts.map(withoutNumbers)).toEqual(outcome.artefacts.map(withoutNumbers));
}

/** Refused for its shape already: such payloads can stand in one text together, since all problems are reported at once. */
function isShapeRefusal({ errors }: Outcome): boolean {
  return errors.length > 0 && errors.every(({ code }) => code.startsWith('BAL2'));
}

describe('as a value', () => {
  test.each(PAYLOADS.map((payload) => ({ title: titleOf(payload), payload })))('$title', ({ payload }) => {
    const refused: Place[] = [];
    for (const place of values) {
      const byData = compileData(dataWith(template.value, place, payload.value));
      if (byData.errors.length > 0) expectRefusal(byData, place, payload);
      if (isShapeRefusal(byData)) {
        refused.push(place);
        continue;
      }
      const byText = compileText(textWith(template, new Map([[place, yamlOf(payload)]])));
      expect(byText.artefacts).toEqual(byData.artefacts);
      if (byText.errors.length > 0) expectRefusal(byText, place, payload);
      else expectContained(byText, place, payload);
    }
    expectPlaces(refused, payload);
  });
});

/** One text with the payload at all places that refuse it: each is named with its line and column. */
function expectPlaces(refused: readonly Place[], payload: Payload): void {
  const text = textWith(template, new Map(refused.map((place) => [place, yamlOf(payload)])));
  const marked = textWith(template, new Map(refused.map((place) => [place, place.mark])));
  const { errors } = compileText(text);
  const found = new Map(errors.map(({ location }) => [location.pointer, location]));
  for (const place of refused) expect(found.get(place.pointer)).toMatchObject(placeIn(marked, place.mark));
}

describe('as a key', () => {
  test.each(TEXT_PAYLOADS.map((payload, index) => ({ title: titleOf(payload), payload, index })))(
    '$title',
    ({ payload, index }) => {
      keys.forEach((place, at) => {
        const byData = compileData(dataWith(template.value, place, payload.value));
        if (byData.errors.length > 0) expectRefusal(byData, place, payload);
        // Reading YAML is slow: of the many fields that refuse any other name, each payload is read in some.
        if (isShapeRefusal(byData) && (at + index) % 16 !== 0) return;
        const text = textWith(template, new Map([[place, yamlOf(payload)]]));
        const byText = compileText(text);
        expect(byText.artefacts).toEqual(byData.artefacts);
        if (byText.errors.length > 0) expectRefusal(byText, place, payload);
        else expectContained(byText, place, payload);
      });
    },
  );
});

test('no payload has changed what every object inherits', () => {
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});
