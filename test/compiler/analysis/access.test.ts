/** Permissions: the tables against the manifests of the documents, and the checks over those manifests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { checkManifests } from '../../../compiler/analysis/check-manifests';
import { explainAccess, unexplainedAccess } from '../../../compiler/analysis/explain-access';
import { explainAccessText } from '../../../compiler/analysis/explain-access-text';
import { compareDiagnostics, type Diagnostic, formatText } from '../../../compiler/diagnostics';
import { type AccessTable, neededAccess } from '../../../compiler/model/access';
import { ALIBABA_CLOUD_CONTROLLER_MANAGER_ACCESS } from '../../../compiler/model/alibaba-controllers/access-alibaba-cloud-controller-manager';
import { ALIBABA_LOAD_BALANCER_CONTROLLER_ACCESS } from '../../../compiler/model/alibaba-controllers/access-alibaba-load-balancer-controller';
import { BALANCER_OPERATOR_ACCESS } from '../../../compiler/model/operator/access-balancer-operator';

const DOCUMENTS = join(__dirname, '../../source-documents');

const TABLES: Readonly<Record<string, AccessTable>> = {
  'alibaba-load-balancer-controller': ALIBABA_LOAD_BALANCER_CONTROLLER_ACCESS,
  'alibaba-cloud-controller-manager': ALIBABA_CLOUD_CONTROLLER_MANAGER_ACCESS,
  'balancer-operator': BALANCER_OPERATOR_ACCESS,
};

function read(file: string): string {
  return readFileSync(join(DOCUMENTS, file), 'utf8');
}

/** The rules of the ClusterRole in a manifest of a document. */
function rulesIn(file: string): unknown {
  const objects = parseAllDocuments(read(file)).map((document) => document.toJS());
  return objects.find(({ kind }) => kind === 'ClusterRole').rules;
}

describe.each(Object.entries(TABLES))('%s', (name, table) => {
  const features = new Set(table.needs.map(({ feature }) => feature));

  test('nothing of the original is left without a word', () => {
    expect(unexplainedAccess(table)).toEqual([]);
  });

  test('each reason to drop is needed, and has a source', () => {
    const without = explainAccess(table, new Set());
    for (const { apiGroup, resource, reason, source } of table.dropped) {
      const used = without.filter((verb) => verb.apiGroup === apiGroup && verb.resource === resource);
      expect(used, `${resource} of "${apiGroup}"`).not.toEqual([]);
      expect([reason, source]).not.toContain('');
    }
    for (const { source, purpose } of table.needs) expect([source, purpose]).not.toContain('');
  });

  test.each([...features].filter((feature) => feature !== 'always'))(
    'without %s less is granted, never more',
    (off) => {
      const granted = (names: ReadonlySet<string>) => JSON.stringify(neededAccess(table, names)).length;
      expect(granted(new Set([...features].filter((name) => name !== off)))).toBeLessThanOrEqual(granted(features));
    },
  );

  test('explained', async () => {
    const text = explainAccessText(explainAccess(table, features));
    await expect(text).toMatchFileSnapshot(join(__dirname, `access/${name}.txt`));
  });
});

test('the originals are those of the documents', () => {
  expect(TABLES['alibaba-load-balancer-controller']?.original).toEqual(rulesIn('000/rbac.yaml'));
  expect(TABLES['alibaba-cloud-controller-manager']?.original).toEqual(rulesIn('003/cloud-controller-manager.yaml'));
  const marker = /kubebuilder:rbac:groups=([^,]*),resources=([^,]*),verbs=([a-z;]*)/g;
  const markers = [...read('001/go/reconcile.go').matchAll(marker)].map(([, group, resource, verbs]) => {
    return [group === 'core' ? '' : group, resource, verbs?.split(';').filter(Boolean)];
  });
  const original = TABLES['balancer-operator']!.original.map(({ apiGroups, resources, verbs }) => {
    return [apiGroups[0], resources[0], verbs];
  });
  expect(new Set(original.map((rule) => JSON.stringify(rule)))).toEqual(
    new Set(markers.map((rule) => JSON.stringify(rule))),
  );
});

test.each(['000/rbac.yaml', '003/cloud-controller-manager.yaml', '003/nginx.yaml'])(
  'what is wrong with %s',
  async (file) => {
    const found: Diagnostic[] = [];
    checkManifests([{ file, text: read(file) }], (diagnostic) => found.push(diagnostic));
    const text = formatText(found.sort(compareDiagnostics));
    await expect(text).toMatchFileSnapshot(join(__dirname, `access/${file.replaceAll('/', '-')}.txt`));
  },
);

test('no golden file is stale', () => {
  const names = [...Object.keys(TABLES), '000-rbac.yaml', '003-cloud-controller-manager.yaml', '003-nginx.yaml'];
  expect(readdirSync(join(__dirname, 'access')).sort()).toEqual(names.map((name) => `${name}.txt`).sort());
});
