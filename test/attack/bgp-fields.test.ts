/**
 * Every payload in every text of a full BgpLoadBalancer and LoadBalancerService. Either it is refused at that field, or
 * the output is that of a harmless text with the payload in its place: the same objects, sections, lines and words.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileAll } from '../../compiler/compile';
import { compileFleet } from './bgp-outcome';
import { BGP_PAYLOADS } from './bgp-payloads';
import { expectSameShape } from './bgp-shape';
import { isRefusal, type Outcome } from './outcome';
import { titleOf } from './payloads';
import { dataWith, type Place, pointerOf, templateOf } from './places';

/** A place in one of the two documents. */
interface FleetPlace extends Place {
  readonly document: 0 | 1;
}

type Documents = readonly [loadBalancer: unknown, service: unknown];

const SOURCE = readFileSync(join(__dirname, '../cases/bgp-full/spec.yaml'), 'utf8').split(/^---\n/m);
const FULL = SOURCE.map((text) => parse(text) as unknown) as unknown as Documents;

const places = SOURCE.flatMap(
  (text, document) => templateOf(text).places.map((place) => ({ ...place, document }) as FleetPlace),
  // Without these two a document is not ours: see foreign.test.ts.
).filter(({ pointer }) => pointer !== '/apiVersion' && pointer !== '/kind');

const texts = places.filter(({ part, original }) => part === 'value' && typeof original === 'string');

/** Fields of the service that are tried with the one of the load balancer that they name. */
const MATES = /^\/spec\/(provider\/bgpLoadBalancer|nodes\/\d+)$/;

/** Fields that name something, or are named by another one. */
const NAMES =
  /^\/metadata\/name$|\/(masters|switches|workers)\/\d+\/name$|\/bgpLoadBalancer$|\/steering\/switch$|\/nodes\/\d+$/;

/** The place and those that name the same thing: a payload goes to all of them, or the others would name nothing. */
function matesOf(place: FleetPlace): FleetPlace[] {
  if (!NAMES.test(place.pointer)) return [place];
  return texts.filter(({ pointer, original }) => original === place.original && NAMES.test(pointer));
}

function documentsWith(documents: Documents, place: FleetPlace, value: string): Documents {
  const mates = matesOf(place);
  return documents.map((content, document) =>
    mates.filter((mate) => mate.document === document).reduce((data, mate) => dataWith(data, mate, value), content),
  ) as unknown as Documents;
}

/** Harmless texts: every field takes one of them, or only texts of a short list. */
const PROBES = [
  ...['zq7probe', '777m', '77.7', '192.168.1.77', 'fd00:1::77', '139.198.190.118', '2001:db8:190::9'],
  ...['192.168.0.0/16', 'fd00:1::/63', '10.77.0.0/16', 'fd00:77::/112', '139.198.190.116/30', '2001:db8:190::/125'],
];

interface Probe {
  readonly probe: string;
  readonly outcome: Outcome;
}

function probeOf(documents: Documents, place: FleetPlace): Probe | undefined {
  for (const probe of PROBES) {
    const outcome = compileFleet(documentsWith(documents, place, probe));
    if (outcome.errors.length === 0) return { probe, outcome };
  }
  return undefined;
}

function expectRefusal({ errors, artefacts }: Outcome, pointers: readonly string[]): void {
  expect(artefacts).toEqual([]);
  expect(errors.filter((error) => !isRefusal(error))).toEqual([]);
  const named = errors.map(({ location }) => `${location.file.slice(0, 1)} ${location.pointer}`);
  for (const pointer of pointers) expect(named).toContain(pointer);
}

function attack(documents: Documents, place: FleetPlace, probe: Probe | undefined): number {
  let taken = 0;
  for (const { value } of BGP_PAYLOADS) {
    const changed = documentsWith(documents, place, value);
    const outcome = compileFleet(changed);
    if (outcome.errors.length > 0) {
      expectRefusal(outcome, [`${place.document} ${place.pointer}`]);
      continue;
    }
    taken += 1;
    expect(probe, `${value} is taken where no harmless text is`).toBeDefined();
    expectSameShape(probe!.outcome.artefacts, outcome.artefacts, (text) => text.replaceAll(probe!.probe, value));
    // Reading YAML is slow: texts of any kind stand in the metadata only.
    if (!place.pointer.startsWith('/metadata/')) continue;
    const text = changed.map((document) => `${JSON.stringify(document)}\n`).join('---\n');
    expect(compileAll([{ file: 'spec.yaml', text }])).toMatchObject({ artefacts: outcome.artefacts });
  }
  return taken;
}

/** Fields with a short list of texts: no payload is one of them. */
const LISTED = /\/(profile|cni|dialect|deployModel|protocol|externalTrafficPolicy|kubernetesVersion)$/;

describe('every text of both kinds', () => {
  const tried = texts.filter(({ pointer }) => !MATES.test(pointer));

  test.each(tried.map((place) => ({ title: `${place.document} ${place.pointer}`, place })))('$title', ({ place }) => {
    const probe = probeOf(FULL, place);
    expect(probe === undefined).toBe(LISTED.test(place.pointer));
    const taken = attack(FULL, place, probe);
    if (probe === undefined) expect(taken).toBe(0);
  });
});

interface Loose {
  readonly spec: { readonly switches: Record<string, unknown>[] };
}

/** The full load balancer with a switch of another dialect. */
function inDialect(dialect: string): Documents {
  const [loadBalancer, service] = structuredClone(FULL) as unknown as [Loose, unknown];
  const [target] = loadBalancer.spec.switches;
  Object.assign(target!, { dialect, version: undefined });
  if (dialect === 'comware7') delete target!.interfaces;
  return [JSON.parse(JSON.stringify(loadBalancer)), service];
}

describe.each(['comware7', 'bird1', 'bird2'])('the texts that a switch of dialect %s is told', (dialect) => {
  const told =
    /^\/metadata\/name$|\/masters\/0\/|\/switches\/0\/(name|passwordSecret|interfaces|routerId)|\/pools\/0\/name/;
  const documents = inDialect(dialect);
  const shown = texts.filter(({ document, pointer }) => document === 0 && told.test(pointer));
  const present = shown.filter(({ pointer }) => dialect !== 'comware7' || !pointer.includes('/interfaces/'));

  test.each(present.map((place) => ({ title: place.pointer, place })))('$title', ({ place }) => {
    const probe = probeOf(documents, place);
    expect(probe).toBeDefined();
    attack(documents, place, probe);
  });
});

describe('as a key', () => {
  const keys = places.filter(({ part }) => part === 'key');

  test.each(BGP_PAYLOADS.map((payload) => ({ title: titleOf(payload), value: payload.value })))(
    '$title',
    ({ value }) => {
      for (const place of keys) {
        const outcome = compileFleet(
          FULL.map((data, at) => (at === place.document ? dataWith(data, place, value) : data)),
        );
        const isMap = /\/(labels|annotations|selector)\/[^/]+$/.test(place.pointer);
        if (outcome.errors.length > 0) {
          expectRefusal(outcome, [`${place.document} ${pointerOf([...place.path.slice(0, -1), value])}`]);
          continue;
        }
        expect(isMap, `${place.pointer} may be called ${value}`).toBe(true);
        const probe = compileFleet(
          FULL.map((data, at) => (at === place.document ? dataWith(data, place, 'zq7probe') : data)),
        );
        expectSameShape(probe.artefacts, outcome.artefacts, (text) => text.replaceAll('zq7probe', value));
      }
    },
  );
});

test('no payload has changed what every object inherits', () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
});
