/** `balancer diff`: how Pods are replaced, the safe order as a table, and what the way back cannot bring back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ImpactReport } from '../../compiler/analysis/impact/impact-report';
import { balancer, temporaryFolder } from '../run-balancer';

interface Step {
  readonly title: string;
  readonly what: readonly { readonly where: string; readonly action: string }[];
}

const KEEP = object('v1', 'ConfigMap', 'keep');

function report(before: readonly string[], after: readonly string[]): ImpactReport {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'before.yaml'), [KEEP, ...before].join('---\n'));
  writeFileSync(join(folder, 'after.yaml'), [KEEP, ...after].join('---\n'));
  const { status, stdout, stderr } = balancer(folder, ['diff', 'before.yaml', 'after.yaml', '--format', 'json']);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

/** The steps in a few words: a title, and what is in it. */
function table(steps: readonly Step[]): string[] {
  return steps.map(({ title, what }) => {
    const items = what.map(({ where, action }) => (action === 'apply' ? where : `${where} (${action})`));
    return `${title}: ${items.join(', ')}`;
  });
}

function object(apiVersion: string, kind: string, name: string, rest = ''): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}}\n${rest}${rest === '' ? '' : '\n'}`;
}

function workload(kind: string, more: string, image = 'x:1', name = 'w'): string {
  const fields = more === '' ? '' : `, ${more}`;
  return object(
    'apps/v1',
    kind,
    name,
    `spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: "${image}"}]}}${fields}}`,
  );
}

const rbac = (kind: string, name: string, rest: string): string =>
  object('rbac.authorization.k8s.io/v1', kind, name, rest);

describe('how Pods are replaced', () => {
  const all = 'a change of the template replaces every Pod';
  const cases: readonly (readonly [kind: string, more: string, reason: string, step: string])[] = [
    ['Deployment', '', `${all}: a new one answers before an old one ends`, 'workloads'],
    ['Deployment', 'replicas: 8', `${all}: at most 2 of 8 at a time`, 'workloads'],
    ['Deployment', 'replicas: 0', 'it asks for no Pods: none is replaced', 'workloads'],
    [
      'Deployment',
      'replicas: 3, strategy: {rollingUpdate: {maxUnavailable: 1}}',
      `${all}: at most 1 of 3 at a time`,
      'workloads',
    ],
    [
      'Deployment',
      'strategy: {type: Recreate}',
      'strategy Recreate: all of its Pods end before new ones start, and all connections to them with them',
      'workloads that stop while they change',
    ],
    [
      'Deployment',
      'strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}',
      `${all}: its only Pod ends before a new one answers`,
      'workloads that stop while they change',
    ],
    [
      'Deployment',
      'strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}',
      `${all}: its only Pod ends before a new one answers`,
      'workloads that stop while they change',
    ],
    [
      'Deployment',
      'replicas: 4, strategy: {rollingUpdate: {maxUnavailable: "100%"}}',
      `${all}: all of its 4 Pods may end before a new one answers`,
      'workloads that stop while they change',
    ],
    ['Deployment', 'paused: true', 'it is paused: its Pods stay as they are until somebody resumes it', 'workloads'],
    ['DaemonSet', '', `${all}, one node at a time: on a node the old one ends before the new one starts`, 'workloads'],
    [
      'DaemonSet',
      'updateStrategy: {rollingUpdate: {maxUnavailable: "30%"}}',
      `${all}, 30% of the nodes at a time: on a node the old one ends before the new one starts`,
      'workloads',
    ],
    [
      'DaemonSet',
      'updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}',
      `${all}: on each node a new one answers before the old one ends`,
      'workloads',
    ],
    [
      'DaemonSet',
      'updateStrategy: {rollingUpdate: {maxUnavailable: "100%"}}',
      `${all}: on all nodes at once`,
      'workloads that stop while they change',
    ],
    [
      'DaemonSet',
      'updateStrategy: {type: OnDelete}',
      'updateStrategy OnDelete: its Pods stay as they are until somebody deletes them, one by one',
      'workloads',
    ],
    ['StatefulSet', '', `${all}: its only Pod ends before a new one answers`, 'workloads that stop while they change'],
    ['StatefulSet', 'replicas: 3', `${all}: at most 1 of 3 at a time`, 'workloads'],
    [
      'StatefulSet',
      'replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}',
      `${all}: at most 1 of 3 at a time; the first 2 stay as they are`,
      'workloads',
    ],
    [
      'StatefulSet',
      'replicas: 3, updateStrategy: {rollingUpdate: {partition: 3}}',
      'its partition is 3: its 3 Pods stay as they are until somebody lowers it',
      'workloads',
    ],
    [
      'StatefulSet',
      'updateStrategy: {type: OnDelete}',
      'updateStrategy OnDelete: its Pods stay as they are until somebody deletes them, one by one',
      'workloads',
    ],
  ];

  test.each(cases)('%s {%s}', (kind, more, reason, step) => {
    const { changes, steps } = report([workload(kind, more)], [workload(kind, more, 'x:2')]);
    expect(changes.map((change) => [change.impact, change.reason])).toEqual([['pod roll', reason]]);
    const waits = /stay as they are until/.test(reason) ? ' (apply and wait)' : '';
    expect(table(steps)).toEqual([`${step}: ${kind} default/w${waits}`]);
  });

  test.each([
    ['paused: true', 'paused: false', 'pod roll', 'a roll that waited goes on'],
    ['paused: false', 'paused: true', 'unknown', 'no row says what this field of a Deployment does'],
    ['replicas: 2', 'replicas: 0', 'pods start or stop', 'its last Pods end: nothing answers any more'],
  ])('%s -> %s', (from, to, impact, reason) => {
    const { changes } = report([workload('Deployment', from)], [workload('Deployment', to)]);
    expect(changes.map((change) => [change.impact, change.reason])).toEqual([[impact, reason]]);
  });
});

const role = (...verbs: readonly string[]): string =>
  rbac('Role', 'r', `rules: [{apiGroups: [""], resources: [pods], verbs: [${verbs.join(', ')}]}]`);
const binding = (to: string): string =>
  rbac('RoleBinding', 'b', `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${to}}`);
const map = (name: string, rest: string): string => object('v1', 'ConfigMap', name, rest);
const deployed = (config: string, account: string, more = ''): string =>
  object(
    'apps/v1',
    'Deployment',
    'w',
    `spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {serviceAccountName: ${account}, containers: [{name: c}], volumes: [{name: v, configMap: {name: ${config}}}]}}${more}}`,
  );
const service = (name: string, rest: string): string => object('v1', 'Service', name, `spec: {${rest}}`);
const crd = (name: string, properties = ''): string =>
  object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    `${name}.e.io`,
    `spec: {group: e.io, scope: Namespaced, names: {kind: W, plural: ${name}}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {${properties}}}}}]}`,
  );
const speaker = (announcements: readonly string[], hash: string, replicas = 2): string =>
  [
    map('routes', `data: {announcements: "${announcements.map((eip) => `${eip}/32 10.0.0.1\\n`).join('')}"}`),
    object(
      'apps/v1',
      'StatefulSet',
      's',
      `spec: {replicas: ${replicas}, selector: {matchLabels: {a: b}}, template: {metadata: {annotations: {hash: ${hash}}}, spec: {volumes: [{name: v, configMap: {name: routes}}]}}}`,
    ),
  ].join('---\n');
const steering = (rules: readonly string[], hash: string): string =>
  [
    map('rules', `data: {rules.n1: "${rules.map((rule) => `ip rule ${rule}\\n`).join('')}"}`),
    object(
      'apps/v1',
      'DaemonSet',
      'd',
      `spec: {selector: {matchLabels: {a: b}}, template: {metadata: {annotations: {hash: ${hash}}}, spec: {volumes: [{name: v, configMap: {name: rules}}]}}}`,
    ),
  ].join('---\n');

describe('a safe order', () => {
  const cases: readonly (readonly [
    what: string,
    before: readonly string[],
    after: readonly string[],
    steps: readonly string[],
  ])[] = [
    [
      'what is needed comes before what needs it',
      [],
      [
        deployed('c', 'a'),
        service('s', 'type: ClusterIP'),
        map('c', 'data: {k: v}'),
        object('v1', 'ServiceAccount', 'a'),
        role('get'),
        binding('r'),
        crd('ws'),
        object('e.io/v1', 'W', 'one'),
        object('v1', 'Namespace', 'n'),
      ],
      [
        'look at what is not known: W.e.io default/one (look)',
        'namespaces: Namespace n',
        'definitions: CustomResourceDefinition ws.e.io',
        'accounts and permissions: Role default/r, RoleBinding default/b, ServiceAccount default/a',
        'new Services and configurations: ConfigMap default/c, Service default/s',
        'workloads: Deployment default/w',
        'other objects: W.e.io default/one',
      ],
    ],
    [
      'who uses goes before what is used, and what takes others with it goes last',
      [
        deployed('c', 'a'),
        service('s', 'type: ClusterIP'),
        map('c', 'data: {k: v}'),
        object('v1', 'ServiceAccount', 'a'),
        role('get'),
        crd('ws'),
        object('e.io/v1', 'W', 'one'),
        object('v1', 'Namespace', 'n'),
        object('v1', 'PersistentVolumeClaim', 'p'),
      ],
      [],
      [
        'remove what nobody uses any more: Deployment default/w (delete), Service default/s (delete), ConfigMap default/c (delete), W.e.io default/one (delete owner), Role default/r (delete), ServiceAccount default/a (delete)',
        'remove what takes other things with it: CustomResourceDefinition ws.e.io (delete), Namespace n (delete), PersistentVolumeClaim default/p (delete)',
      ],
    ],
    [
      'a configuration and an account of another name: the old ones stay as long as Pods of before run',
      [map('c1', 'data: {k: v}'), object('v1', 'ServiceAccount', 'a1'), deployed('c1', 'a1')],
      [map('c2', 'data: {k: v}'), object('v1', 'ServiceAccount', 'a2'), deployed('c2', 'a2')],
      [
        'accounts and permissions: ServiceAccount default/a2',
        'new Services and configurations: ConfigMap default/c2',
        'workloads: Deployment default/w',
        'remove what nobody uses any more: ConfigMap default/c1 (delete), ServiceAccount default/a1 (delete)',
      ],
    ],
    [
      'a permission more',
      [role('get'), workload('Deployment', '')],
      [role('get', 'list'), workload('Deployment', '', 'x:2')],
      ['accounts and permissions: Role default/r', 'workloads: Deployment default/w'],
    ],
    [
      'a permission less',
      [role('get', 'list'), workload('Deployment', '')],
      [role('get'), workload('Deployment', '', 'x:2')],
      ['workloads: Deployment default/w', 'remove what nobody uses any more: Role default/r'],
    ],
    [
      'a permission in the place of another: both, until the Pods of before are gone',
      [role('get'), workload('Deployment', '')],
      [role('watch'), workload('Deployment', '', 'x:2')],
      [
        'accounts and permissions: Role default/r (widen)',
        'workloads: Deployment default/w',
        'remove what nobody uses any more: Role default/r (narrow)',
      ],
    ],
    [
      'a binding to another role: before the Pods that need it',
      [binding('r1'), workload('Deployment', '')],
      [binding('r2'), workload('Deployment', '', 'x:2')],
      ['accounts and permissions: RoleBinding default/b (replace)', 'workloads: Deployment default/w'],
    ],
    [
      'a selector: replaced when all that the new Pods need is there',
      [deployed('c1', 'a').replace('matchLabels: {a: b}', 'matchLabels: {a: c}'), map('c1', 'data: {k: v}')],
      [deployed('c2', 'a'), map('c2', 'data: {k: v}')],
      [
        'new Services and configurations: ConfigMap default/c2',
        'workloads that stop while they change: Deployment default/w (replace)',
        'remove what nobody uses any more: ConfigMap default/c1 (delete)',
      ],
    ],
    [
      'an immutable configuration: replaced before its Pods are',
      [map('c', 'immutable: true\ndata: {k: one}'), deployed('c', 'a')],
      [map('c', 'immutable: true\ndata: {k: two}'), deployed('c', 'a').replace('name: c}]', 'name: c, image: x}]')],
      ['new Services and configurations: ConfigMap default/c (replace)', 'workloads: Deployment default/w'],
    ],
    [
      'a Service leads elsewhere when its new Pods answer; Pods that nothing leads to go after',
      [service('s', 'selector: {app: one}'), workload('Deployment', 'replicas: 3', 'x:1', 'one')],
      [
        service('s', 'selector: {app: two}'),
        workload('Deployment', 'replicas: 1', 'x:1', 'one'),
        workload('Deployment', '', 'x:1', 'two'),
      ],
      [
        'workloads: Deployment default/two',
        'where new connections go: Service default/s',
        'fewer Pods: Deployment default/one',
      ],
    ],
    [
      'a new route: rules, then Pods, then the route',
      [speaker(['192.0.2.1'], 'one'), steering(['a'], 'one'), workload('Deployment', '')],
      [speaker(['192.0.2.1', '192.0.2.2'], 'two'), steering(['a', 'b'], 'two'), workload('Deployment', '', 'x:2')],
      [
        'rules on the nodes: ConfigMap default/rules, DaemonSet default/d',
        'workloads: Deployment default/w',
        'where new connections go: StatefulSet default/s, ConfigMap default/routes',
      ],
    ],
    [
      'a route that goes: drained before Pods are replaced, rules after',
      [
        speaker(['192.0.2.1', '192.0.2.2'], 'one'),
        steering(['a', 'b'], 'one'),
        workload('Deployment', 'strategy: {type: Recreate}'),
      ],
      [
        speaker(['192.0.2.1'], 'two'),
        steering(['a'], 'two'),
        workload('Deployment', 'strategy: {type: Recreate}', 'x:2'),
      ],
      [
        'withdraw routes: ConfigMap default/routes, StatefulSet default/s',
        'workloads that stop while they change: Deployment default/w',
        'rules of nodes and lines of switches that no route needs any more: ConfigMap default/rules, DaemonSet default/d',
      ],
    ],
    [
      'a route in the place of another: withdrawn when the new way is there, rules of both until then',
      [speaker(['192.0.2.1'], 'one', 1), steering(['a'], 'one'), workload('Deployment', '')],
      [
        speaker(['192.0.2.2'], 'two', 1),
        steering(['b'], 'two'),
        workload('Deployment', '', 'x:2'),
        service('s', 'externalIPs: [192.0.2.2]'),
      ],
      [
        'new Services and configurations: Service default/s',
        'rules on the nodes: ConfigMap default/rules (widen), DaemonSet default/d',
        'workloads: Deployment default/w',
        'withdraw routes: ConfigMap default/routes, StatefulSet default/s',
        'rules of nodes and lines of switches that no route needs any more: ConfigMap default/rules (narrow), DaemonSet default/d',
      ],
    ],
    [
      'all of a load balancer goes: its routes first',
      [speaker(['192.0.2.1'], 'one'), steering(['a'], 'one'), service('s', 'externalIPs: [192.0.2.1]')],
      [],
      [
        'withdraw routes: ConfigMap default/routes (delete), StatefulSet default/s (delete)',
        'rules of nodes and lines of switches that no route needs any more: ConfigMap default/rules (delete), DaemonSet default/d (delete)',
        'remove what nobody uses any more: Service default/s (delete)',
      ],
    ],
    [
      'all of a load balancer comes: its routes last',
      [],
      [speaker(['192.0.2.1'], 'one'), steering(['a'], 'one'), service('s', 'externalIPs: [192.0.2.1]')],
      [
        'new Services and configurations: Service default/s',
        'rules on the nodes: ConfigMap default/rules, DaemonSet default/d',
        'where new connections go: StatefulSet default/s, ConfigMap default/routes',
      ],
    ],
  ];

  test.each(cases)('%s', (_, before, after, steps) => {
    expect(table(report(before, after).steps)).toEqual(steps);
  });

  test.each(cases)('%s: each change has a step, there and back', (_, before, after) => {
    const there = report(before, after);
    const back = report(after, before);
    expect(there.rollback).toEqual(back.steps);
    for (const { changes, steps } of [there, back]) {
      const placed = new Set(
        steps.flatMap(({ what }) => what.filter(({ action }) => action !== 'look')).map(({ where }) => where),
      );
      expect(placed).toEqual(new Set(changes.map(({ where }) => where)));
    }
    // What one way adds, the other way deletes: applying alone leads back to nothing.
    const deleted = (steps: readonly Step[]): Set<string> =>
      new Set(
        steps.flatMap(({ what }) => what.filter(({ action }) => action.startsWith('delete')).map(({ where }) => where)),
      );
    const names = (texts: readonly string[]): Set<string> =>
      new Set(
        texts.flatMap((text) =>
          [...text.matchAll(/^kind: (\S+)\nmetadata: \{name: ([^\s},]+)/gm)].map(([, kind, name]) => `${kind} ${name}`),
        ),
      );
    const [old, now] = [names(before), names(after)];
    const short = (where: string): string => where.replace(/(\.\S+)? (default\/)?/, ' ');
    expect(new Set([...deleted(there.rollback)].map(short))).toEqual(
      new Set([...now].filter((name) => !old.has(name))),
    );
    expect(new Set([...deleted(there.steps)].map(short))).toEqual(new Set([...old].filter((name) => !now.has(name))));
  });
});

describe('what the way back does not bring back', () => {
  const cases: readonly (readonly [before: string, after: readonly string[], lost: RegExp | undefined])[] = [
    [
      crd('ws'),
      [],
      /^CustomResourceDefinition ws\.e\.io: all objects of it are deleted: save them before \(kubectl get ws\.e\.io --all/,
    ],
    [
      crd('ws', 'a: {type: string}'),
      [crd('ws')],
      /^CustomResourceDefinition ws\.e\.io: values of stored objects for which the schema has no field/,
    ],
    [crd('ws'), [crd('ws').replace('Namespaced', 'Cluster')], /all objects of it are deleted/],
    [object('v1', 'Namespace', 'n'), [], /^Namespace n: everything in it is deleted/],
    [object('v1', 'PersistentVolumeClaim', 'p'), [], /the data of the volume/],
    [
      object('v1', 'PersistentVolumeClaim', 'p', 'spec: {resources: {requests: {storage: 1Gi}}}'),
      [object('v1', 'PersistentVolumeClaim', 'p', 'spec: {resources: {requests: {storage: 2Gi}}}')],
      /it never shrinks/,
    ],
    [
      object('v1', 'PersistentVolumeClaim', 'p', 'spec: {storageClassName: a}'),
      [object('v1', 'PersistentVolumeClaim', 'p', 'spec: {storageClassName: b}')],
      /the data of the volume/,
    ],
    [workload('StatefulSet', ''), [], undefined],
    [
      workload('StatefulSet', 'persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}'),
      [],
      /its claims are deleted with it/,
    ],
    [workload('StatefulSet', ''), [workload('StatefulSet', 'serviceName: x')], undefined],
    [
      object('v1', 'Pod', 'p', 'spec: {nodeName: a}'),
      [object('v1', 'Pod', 'p', 'spec: {nodeName: b}')],
      /what its containers wrote/,
    ],
    [object('batch/v1', 'Job', 'j'), [], /it runs again/],
    [service('s', 'type: LoadBalancer'), [], /the load balancer in the cloud/],
    [service('s', 'type: LoadBalancer, externalIPs: [192.0.2.1]'), [], /its cluster IP/],
    [service('s', 'clusterIP: None'), [], undefined],
    [service('s', 'clusterIP: 10.0.0.1'), [service('s', 'clusterIP: 10.0.0.2')], undefined],
    [service('s', 'selector: {a: b}'), [service('s', 'selector: {a: c}')], undefined],
    [object('networking.k8s.io/v1', 'Ingress', 'i'), [], /the load balancer in the cloud/],
    [map('c', 'data: {a: b}'), [], undefined],
  ];

  const named = cases.map(([before, ...rest]) => [/^kind: (.*)/m.exec(before)![1]!, before, ...rest] as const);
  test.each(named)('%s, case %#', (_, before, after, lost) => {
    const found = report([before], after).lost;
    if (lost === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringMatching(lost)]);
    // What comes is not lost.
    if (after.length === 0) expect(report([], [before]).lost).toEqual([]);
  });
});
