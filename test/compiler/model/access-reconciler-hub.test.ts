/** What a hub may do: no more than its reconcilers need, each permission of the original explained, roles that say the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { unexplainedAccess } from '../../../compiler/analysis/explain-access';
import { compileAll } from '../../../compiler/compile';
import { neighboursIn } from '../../../compiler/documents-in-texts';
import { explainFleetAccess } from '../../../compiler/explain-fleet-access';
import { hubAccess } from '../../../compiler/model/hub/access-reconciler-hub';
import { resolveReconcilerHub } from '../../../compiler/model/hub/resolve-reconciler-hub';
import { load } from '../../../compiler/spec/load';
import { validate } from '../../../compiler/spec/validate';

const CASES = join(__dirname, '../../cases');
const NAMES = readdirSync(CASES).filter((name) => name.startsWith('reconciler-hub-'));
const textOf = (name: string): string => readFileSync(join(CASES, name, 'spec.yaml'), 'utf8');

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface Role {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string };
  readonly rules?: readonly Rule[];
}

/** Every permission in the roles of a fleet, as one text each. */
function grantedBy(text: string, only: (role: Role) => boolean = () => true): Set<string> {
  const { artefacts } = compileAll([{ file: 'spec.yaml', text }]);
  const objects = artefacts
    .filter(({ path }) => path.startsWith('reconcilerhub.') && path.endsWith('.k8s.yaml'))
    .flatMap((artefact) => parseAllDocuments(artefact.text).map((document) => document.toJS() as Role));
  return new Set(
    objects
      .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
      .filter(only)
      .flatMap(({ rules = [] }) => rules)
      .flatMap(({ apiGroups, resources, verbs }) =>
        apiGroups.flatMap((group) =>
          resources.flatMap((resource) => verbs.map((verb) => `${group} ${resource} ${verb}`)),
        ),
      ),
  );
}

describe.each(NAMES)('%s', (name) => {
  const text = textOf(name);
  const sources = [{ file: 'spec.yaml', text }];
  const explained = explainFleetAccess(sources, () => undefined).filter(({ kind }) => kind === 'ReconcilerHub');

  test('explains every permission of the original', () => {
    expect(explained.length).toBeGreaterThan(0);
    for (const document of load(sources, () => undefined)) {
      const checked = validate(document, () => undefined);
      if (checked?.kind !== 'ReconcilerHub') continue;
      const model = resolveReconcilerHub(checked.content, document, () => undefined, neighboursIn(sources));
      expect(unexplainedAccess(hubAccess(model!).table)).toEqual([]);
    }
  });

  test('says what the roles grant', () => {
    if (text.includes('profile: upstream')) return;
    const kept = explained
      .flatMap(({ verbs }) => verbs)
      .filter(({ outcome }) => !['dropped', 'feature-off'].includes(outcome))
      .map(({ apiGroup, resource, verb }) => `${apiGroup} ${resource} ${verb}`);
    expect(grantedBy(text)).toEqual(new Set(kept));
  });
});

test('with filters, nothing of a namespace is granted in the whole cluster', () => {
  const wide = grantedBy(textOf('reconciler-hub-namespaces'), ({ metadata }) => metadata.namespace === undefined);
  expect(wide).toEqual(new Set([' nodes get', ' nodes list', ' nodes watch']));
});

test('for another API server, nothing is granted in this cluster', () => {
  expect(grantedBy(textOf('reconciler-hub-other-api-server'))).toEqual(new Set());
});

test('upstream grants what 004 grants', () => {
  const granted = grantedBy(textOf('reconciler-hub-upstream'));
  for (const verb of ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']) {
    expect(granted).toContain(`* pods ${verb}`);
    expect(granted).toContain(`hub-upstream.example.com errands ${verb}`);
  }
});
