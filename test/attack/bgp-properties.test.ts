/** What holds for load balancers at random, and for those in which something at random was changed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Artefact } from '../../compiler/manifest/artefact';
import type { KubernetesObject } from '../../compiler/manifest/k8s';
import { ruleProblems } from '../kubernetes-rules';
import { schemaProblems } from '../kubernetes-schema';
import { type BgpFleet, compilingFleets, disturbedFleets } from './arbitrary-bgp';
import { announcedBy, sessionsAtSpeakers, sessionsAtSwitches } from './bgp-ends';
import { compileFleet } from './bgp-outcome';
import { objectsIn } from './outcome';

/** The same runs each time: a failure of these is found where it was made, not by chance. */
const RUNS = { seed: 20260101, numRuns: 100 };

function documentsOf({ loadBalancer, services }: BgpFleet): unknown[] {
  return [loadBalancer, ...services];
}

function artefactsOf(fleet: BgpFleet): readonly Artefact[] {
  const { artefacts, errors } = compileFleet(documentsOf(fleet));
  expect(errors).toEqual([]);
  return artefacts;
}

function objectsOf(artefacts: readonly Artefact[]): KubernetesObject[] {
  const manifests = artefacts.filter(({ path }) => path.endsWith('.k8s.yaml'));
  return manifests.flatMap(({ text }) => objectsIn(text) as KubernetesObject[]);
}

test('what compiles is what Kubernetes takes, and every name is there once', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(compilingFleets, (fleet) => {
      const artefacts = artefactsOf(fleet);
      const paths = artefacts.map(({ path }) => path.toLowerCase());
      expect(new Set(paths).size).toBe(paths.length);
      for (const path of paths) for (const part of path.split('/')) expect(part.length).toBeLessThanOrEqual(255);
      const objects = objectsOf(artefacts);
      const names = objects.map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace} ${name}`);
      expect(new Set(names).size).toBe(names.length);
      expect([...ruleProblems(objects), ...objects.flatMap((object) => schemaProblems(object))]).toEqual([]);
    }),
    RUNS,
  );
});

test('the order of the documents, a second run and a frozen input change nothing', () => {
  const byPath = (one: Artefact, other: Artefact): number => (one.path < other.path ? -1 : 1);
  fc.assert(
    fc.property(compilingFleets, fc.nat(), (fleet, turn) => {
      const documents = documentsOf(fleet);
      const artefacts = artefactsOf(fleet);
      expect(artefactsOf(freeze(fleet))).toEqual(artefacts);
      const from = turn % documents.length;
      const turned = [...documents.slice(from), ...documents.slice(0, from)].reverse();
      expect([...compileFleet(turned).artefacts].sort(byPath)).toEqual([...artefacts].sort(byPath));
    }),
    RUNS,
  );
});

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const entry of Object.values(value)) freeze(entry);
  return Object.freeze(value);
}

test('both ends of every session are told the same', () => {
  fc.assert(
    fc.property(compilingFleets, (fleet) => {
      // The original has one file for all of its speakers.
      fc.pre(fleet.loadBalancer.spec.profile === 'hardened');
      const artefacts = artefactsOf(fleet);
      const atSwitches = sessionsAtSwitches(fleet.loadBalancer, artefacts);
      expect(atSwitches.length).toBeGreaterThan(0);
      expect(sessionsAtSpeakers(fleet.loadBalancer, artefacts).sort()).toEqual(atSwitches.sort());
    }),
    RUNS,
  );
});

test('each EIP is announced once per worker of its services, by an identifier of the worker', () => {
  fc.assert(
    fc.property(compilingFleets, (fleet) => {
      fc.pre(fleet.loadBalancer.spec.profile === 'hardened');
      const paths = announcedBy(artefactsOf(fleet));
      const { workers } = fleet.loadBalancer.spec;
      const wanted = fleet.services.flatMap(({ spec }) =>
        (spec.externalIPs ?? []).flatMap((eip) =>
          workers
            .filter(({ name }) => spec.nodes?.includes(name) ?? true)
            .map(({ name, address, ipv6Address = address }) => {
              return eip.includes(':') ? `${eip}/128 ${ipv6Address} ${name}` : `${eip}/32 ${address} ${name}`;
            }),
        ),
      );
      expect(paths.map(({ prefix, nextHop, worker }) => `${prefix} ${nextHop} ${worker}`).sort()).toEqual(
        wanted.sort(),
      );
      const identifiers = new Set(paths.map(({ identifier, worker }) => `${identifier} ${worker}`));
      expect(identifiers.size).toBe(new Set(paths.map(({ identifier }) => identifier)).size);
      expect(identifiers.size).toBe(new Set(paths.map(({ worker }) => worker)).size);
    }),
    RUNS,
  );
});

test('one more worker changes what names the workers, and nothing else', () => {
  fc.assert(
    fc.property(compilingFleets, (fleet) => {
      const { spec } = fleet.loadBalancer;
      fc.pre(spec.workers.length > 1);
      const last = spec.workers.at(-1)!.name;
      fc.pre(fleet.services.every(({ spec: { nodes } }) => !nodes?.includes(last)));
      const fewer = {
        ...fleet.loadBalancer,
        spec: { ...spec, workers: spec.workers.slice(0, -1) },
      } as typeof fleet.loadBalancer;
      const before = new Map(artefactsOf({ ...fleet, loadBalancer: fewer }).map(({ path, text }) => [path, text]));
      const after = artefactsOf(fleet);
      const folder = 'config/bgploadbalancer.kube-system.edge';
      const added = after.filter(({ path }) => !before.has(path)).map(({ path }) => path);
      expect(added).toEqual(spec.profile === 'hardened' ? [`${folder}/nodes/rules.${last}`] : []);
      expect(after.length).toBe(before.size + added.length);
      const changed = after.filter(({ path, text }) => before.has(path) && before.get(path) !== text);
      const named =
        /\/speakers\/(announcements|drain-worker\.sh)$|\/verify\.txt$|^bgploadbalancer\.kube-system\.edge\.k8s\.yaml$/;
      expect(changed.map(({ path }) => path).filter((path) => !named.test(path))).toEqual([]);
      const kept = (path: string, text: string): string[] =>
        path.endsWith('/announcements') ? text.split('\n').filter((line) => !line.endsWith(` ${last}`)) : [];
      for (const { path, text } of changed) expect(kept(path, text)).toEqual(kept(path, before.get(path)!));
    }),
    RUNS,
  );
});

test('whatever is changed, it compiles to what Kubernetes takes or is refused', { timeout: 60_000 }, () => {
  let refused = 0;
  const runs = 400;
  fc.assert(
    fc.property(disturbedFleets, (documents) => {
      const { errors, artefacts } = compileFleet(documents);
      for (const { code } of errors) expect(code).toMatch(/^BAL[234]/);
      expect(artefacts.length > 0).toBe(errors.length === 0);
      refused += errors.length > 0 ? 1 : 0;
      const objects = objectsOf(artefacts);
      expect([...ruleProblems(objects), ...objects.flatMap((object) => schemaProblems(object))]).toEqual([]);
    }),
    { ...RUNS, numRuns: runs },
  );
  // Neither all nor none: else this says nothing.
  expect(refused).toBeGreaterThan(runs / 10);
  expect(refused).toBeLessThan(runs * 0.9);
});
