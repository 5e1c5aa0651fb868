/** `balancer diff`: nothing that does harm is told as harmless, and no input makes it tell nothing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ImpactReport } from '../../compiler/analysis/impact/impact-report';
import { balancer, type Run, temporaryFolder } from '../run-balancer';

function compare(before: string, after: string, format = 'json'): Run {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'before.yaml'), before);
  writeFileSync(join(folder, 'after.yaml'), after);
  return balancer(folder, ['diff', 'before.yaml', 'after.yaml', '--format', format]);
}

function report(before: string, after: string): ImpactReport {
  const { status, stdout, stderr } = compare(before, after);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const KEEP = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: keep}\n';

function object(apiVersion: string, kind: string, rest: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\n${rest}\n`;
}

const READER = (more: string, mounts = '') =>
  `---\n${object('apps/v1', 'Deployment', 'metadata: {name: d}')}spec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: c, image: "x:1"${mounts}}]${more}}\n`;

const CRD = (schema: string): string =>
  `${object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'metadata: {name: ws.e.io}')}spec: {group: e.io, scope: Namespaced, names: {kind: W, plural: ws}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {${schema}}}}}]}\n`;

/** A change by a word of the text, and what it must be told as. */
const CHANGES: readonly (readonly [what: string, text: string, from: string, to: string, impact: string])[] = [
  ['labels of a Pod', object('v1', 'Pod', 'metadata: {name: p, labels: {app: web}}'), 'web', 'ill', 'traffic moves'],
  [
    'labels of a Namespace',
    object('v1', 'Namespace', 'metadata: {name: n, labels: {t: aa}}'),
    'aa',
    'bb',
    'traffic moves',
  ],
  ['labels of a Node', object('v1', 'Node', 'metadata: {name: n, labels: {t: aa}}'), 'aa', 'bb', 'unknown'],
  [
    'the address in an annotation of a Service',
    object('v1', 'Service', 'metadata: {name: s, annotations: {metallb.universe.tf/loadBalancerIPs: 192.0.2.1}}'),
    '192.0.2.1',
    '192.0.2.2',
    'unknown',
  ],
  [
    'the role of an account',
    object('v1', 'ServiceAccount', 'metadata: {name: a, annotations: {eks.amazonaws.com/role-arn: one}}'),
    'one',
    'two',
    'permissions',
  ],
  [
    'an aggregated ClusterRole',
    object(
      'rbac.authorization.k8s.io/v1',
      'ClusterRole',
      'metadata: {name: c, labels: {rbac.authorization.k8s.io/aggregate-to-admin: "true"}}\nrules: []',
    ),
    'true',
    'false',
    'permissions',
  ],
  [
    'an immutable ConfigMap',
    object('v1', 'ConfigMap', 'metadata: {name: c}\nimmutable: true\ndata: {nginx.conf: one}'),
    'one',
    'two',
    'immutable field',
  ],
  [
    'no longer an immutable ConfigMap',
    object('v1', 'ConfigMap', 'metadata: {name: c}\nimmutable: true'),
    'immutable: true',
    'immutable: false',
    'immutable field',
  ],
  [
    'a Dockerfile that is mounted',
    object('v1', 'ConfigMap', 'metadata: {name: c}\ndata: {Dockerfile: one}'),
    'one',
    'two',
    'unknown',
  ],
  ['a value of an enumeration', CRD('phase: {type: string, enum: [A, B]}'), '[A, B]', '[A]', 'unknown'],
  [
    'a field of a definition',
    CRD('phase: {type: string}, other: {type: string}'),
    ', other: {type: string}',
    '',
    'unknown',
  ],
  [
    'a new field',
    CRD('phase: {type: string}'),
    '{phase:',
    '{other: {type: string, maxLength: 3}, phase:',
    'permissions',
  ],
  ['words of a definition', CRD('phase: {type: string, description: one}'), 'one', 'two', 'none'],
  [
    'a default with a field called description',
    CRD('x: {type: object, default: {description: one}}'),
    'one',
    'two',
    'unknown',
  ],
  [
    'a label that monitors select',
    object('v1', 'Service', 'metadata: {name: s, labels: {app: aa}}'),
    'aa',
    'bb',
    'unknown',
  ],
  [
    'the label by which Prometheus finds a monitor',
    object('monitoring.coreos.com/v1', 'ServiceMonitor', 'metadata: {name: m, labels: {release: aa}}'),
    'aa',
    'bb',
    'unknown',
  ],
  [
    'a version that no server knows',
    object('apps/v1', 'Deployment', 'metadata: {name: d}'),
    'apps/v1',
    'apps/v9',
    'unknown',
  ],
  [
    'the controller of a class',
    object('networking.k8s.io/v1', 'IngressClass', 'metadata: {name: c}\nspec: {controller: aa}'),
    'aa',
    'bb',
    'immutable field',
  ],
  ['the type of a Secret', object('v1', 'Secret', 'metadata: {name: s}\ntype: aa'), 'aa', 'bb', 'immutable field'],
  [
    'rules of somebody else',
    object('v1', 'ConfigMap', 'metadata: {name: c}\ndata: {rules.yaml: "# one"}'),
    'one',
    'two',
    'unknown',
  ],
  [
    'the program that reads a script',
    object('v1', 'ConfigMap', 'metadata: {name: c}\ndata: {steer.sh: "#!/bin/sh"}'),
    '/bin/sh',
    '/bin/ksh',
    'node rule change',
  ],
  ['a field called description', CRD('description: {type: string}'), 'type: string', 'type: integer', 'unknown'],
  [
    'another type of Service',
    object('serving.knative.dev/v1', 'Service', 'metadata: {name: s}\nspec: {template: one}'),
    'one',
    'two',
    'unknown',
  ],
  [
    'an update strategy for which Pods waited',
    object('apps/v1', 'DaemonSet', 'metadata: {name: d}\nspec: {updateStrategy: {type: OnDelete}}'),
    'OnDelete',
    'RollingUpdate',
    'pod roll',
  ],
];

describe('what a change is told as', () => {
  test.each(CHANGES)('%s', (_, text, from, to, impact) => {
    expect(text).toContain(from);
    const { changes } = report(text, text.replace(from, to));
    expect(new Set(changes.map((change) => change.impact))).toEqual(new Set([impact]));
  });

  test.each([
    ['externalIPs: [192.0.2.1]', 'traffic moves', 'new Services and configurations'],
    ['type: LoadBalancer', 'cloud load balancer', 'new Services and configurations'],
    ['type: ClusterIP', 'none', 'new Services and configurations'],
  ])('a new Service with %s', (spec, impact, title) => {
    const service = object('v1', 'Service', `metadata: {name: s}\nspec: {${spec}, ports: [{port: 80}]}`);
    const { changes, steps } = report(KEEP, `${KEEP}---\n${service}`);
    expect(changes.map((change) => change.impact)).toEqual([impact]);
    expect(steps.map((step) => step.title)).toEqual([title]);
  });

  test.each([
    [
      'a volume whose items come first',
      ', volumes: [{name: v, configMap: {items: [{key: nginx.conf, path: p}], name: c}}]',
      '',
      'nginx reload',
    ],
    [
      'a part of a volume',
      ', volumes: [{name: v, configMap: {name: c}}]',
      ', volumeMounts: [{name: v, subPath: x, mountPath: /x}]',
      'unknown',
    ],
    ['the environment', '', ', envFrom: [{configMapRef: {name: c}}]', 'unknown'],
    [
      'a projected volume',
      ', volumes: [{name: v, projected: {sources: [{configMap: {name: c}}]}}]',
      '',
      'nginx reload',
    ],
  ])('a configuration in %s', (_, more, mounts, impact) => {
    const text = `${object('v1', 'ConfigMap', 'metadata: {name: c}\ndata: {nginx.conf: one}')}${READER(more, mounts)}`;
    const { changes } = report(text, text.replace('one', 'two'));
    expect(
      changes.map((change) => [change.impact, /Pods of Deployment default\/d keep running/.test(change.reason)]),
    ).toEqual([[impact, true]]);
  });

  test('a namespace and a definition go last, and a permission goes after the workloads', () => {
    const gone = `${object('v1', 'Namespace', 'metadata: {name: n}')}---\n${CRD('')}`;
    const role = (verbs: string): string =>
      `---\n${object('rbac.authorization.k8s.io/v1', 'Role', 'metadata: {name: r}')}rules: [{apiGroups: [""], resources: [pods], verbs: ${verbs}}]\n`;
    const { steps } = report(
      `${gone}${role('[get, list]')}${READER('')}`,
      `${KEEP}${role('[get]')}${READER('').replace('x:1', 'x:2')}`,
    );
    expect(steps.map(({ title }) => title)).toEqual([
      'new Services and configurations',
      'workloads',
      'remove what nobody uses any more',
      'remove what takes other things with it',
    ]);
    expect(steps.slice(2).map(({ what }) => what)).toEqual([
      [{ where: 'Role default/r', action: 'apply' }],
      [
        { where: 'CustomResourceDefinition ws.e.io', action: 'delete' },
        { where: 'Namespace n', action: 'delete' },
      ],
    ]);
  });
});

test('a configuration that Pods wait for is not harmless', () => {
  const map = `---\n${object('v1', 'ConfigMap', 'metadata: {name: c}\ndata: {k: v}')}`;
  const reader = READER(', volumes: [{name: v, configMap: {name: c, optional: true}}]');
  const { changes } = report(`${KEEP}${reader}`, `${KEEP}${reader}${map}`);
  expect(changes.map(({ impact, reason }) => [impact, reason])).toEqual([
    [
      'unknown',
      'the Pods of Deployment default/d name it already: those that waited for it start, and others may read it',
    ],
  ]);
  expect(report(KEEP, `${KEEP}${reader}${map}`).changes.map(({ impact }) => impact)).toEqual([
    'pods start or stop',
    'none',
  ]);
});

describe('what is compared', () => {
  test('objects of lists, each in its namespace', () => {
    const list = (one: string, two: string): string =>
      `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: ${one}}}\n---\napiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: default}, data: {x: ${two}}}\n`;
    const { changes } = report(list('p', 'q'), list('r', 's'));
    expect(changes.map(({ where }) => where)).toEqual(['ConfigMap default/a', 'ConfigMap default/b']);
    const plain = object('v1', 'ConfigMap', 'metadata: {name: a}\ndata: {x: p}');
    expect(report(plain, plain.replace('{name: a}', '{name: a, namespace: default}')).changes).toEqual([]);
  });

  test('no value of a Secret is printed', () => {
    const secret = object(
      'v1',
      'Secret',
      'metadata: {name: s}\nstringData: {password: hunter2}\ndata: {other: aHVudGVyMg==}',
    );
    for (const format of ['text', 'json', 'markdown']) {
      const { status, stdout } = compare(secret, secret.replace('hunter2', 'hunter3').replace('MMg', 'NAg'), format);
      expect([status, stdout.includes('/data/password')]).toEqual([0, true]);
      expect(stdout).not.toMatch(/hunter|aHVud|SDV/);
    }
    expect(
      report(secret, secret.replace('stringData: {password: hunter2}', 'stringData: {password: "hunter2"}')).changes,
    ).toEqual([]);
  });

  test('an output folder with a broken file is no empty one', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/a.k8s.yaml'), '<<<<<<< HEAD\nkind: ConfigMap\n');
    mkdirSync(join(folder, 'mended'));
    writeFileSync(
      join(folder, 'mended/a.k8s.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n',
    );
    const { status, stdout, stderr } = balancer(folder, ['diff', 'dist', 'mended']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('a.k8s.yaml:1');
  });
});
