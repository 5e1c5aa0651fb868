/** `balancer diff` with a cluster, by a kubectl that answers from files as the real one answers from an API server. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ImpactReport } from '../../compiler/analysis/impact/impact-report';
import { balancer, type Run, temporaryFolder } from '../run-balancer';

/** A line that the libraries of kubectl write. */
const LOG = 'E1121 17:17:15.354338   24140 memcache.go:265] "Unhandled Error" err="connection refused"\n';

/** What kubectl is asked for: `known` for the objects of manifests, or else the first resource. */
type Answers = Readonly<Record<string, readonly object[] | string>>;

const STUB = `#!/bin/sh
folder=$(dirname "$0")
echo "$@" >> "$folder/arguments"
case "$2" in
  --filename) name=known; cat > "$folder/asked" ;;
  *) name=\${2%%,*} ;;
esac
[ -e "$folder/$name.json" ] && cat "$folder/$name.json"
if [ -e "$folder/$name.error" ]; then cat "$folder/$name.error" >&2; exit 1; fi
exit 0
`;

interface Cluster {
  readonly diff: (...args: readonly string[]) => Run;
  readonly folder: string;
}

function cluster(manifests: string, answers: Answers, errors: Readonly<Record<string, string>> = {}): Cluster {
  const folder = temporaryFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'kubectl'), STUB);
  chmodSync(join(bin, 'kubectl'), 0o755);
  writeFileSync(join(folder, 'a.yaml'), manifests);
  for (const [name, answer] of Object.entries(answers)) {
    const text = typeof answer === 'string' ? answer : JSON.stringify({ kind: 'List', items: answer });
    writeFileSync(join(bin, `${name}.json`), text);
  }
  for (const [name, said] of Object.entries(errors)) writeFileSync(join(bin, `${name}.error`), said);
  const env = { PATH: `${bin}${delimiter}${process.env.PATH}` };
  return { folder, diff: (...args) => balancer(folder, ['diff', ...args], '', env) };
}

function report(manifests: string, answers: Answers, errors: Readonly<Record<string, string>> = {}): ImpactReport {
  const { status, stdout, stderr } = cluster(manifests, answers, errors).diff('cluster', 'a.yaml', '--format', 'json');
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

/** Every change in a few words. */
function told({ changes }: ImpactReport): string[] {
  return changes.map(({ where, pointer, impact, before, after }) =>
    [where, pointer, impact, before?.join('|') ?? '', after?.join('|') ?? ''].join(' ; '),
  );
}

const OURS = { 'app.kubernetes.io/managed-by': 'cdk8s-balancer' };

function live(kind: string, name: string, more: object = {}, metadata: object = {}): object {
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1';
  return { apiVersion, kind, metadata: { name, namespace: 'default', uid: '1', ...metadata }, ...more };
}

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: default}\nspec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 5678}]}\n';
const SERVICE_SPEC = {
  selector: { app: 'web' },
  ports: [{ name: 'http', port: 80, targetPort: 5678, protocol: 'TCP' }],
};

const NEVER = [
  'objects that no spec makes, in other namespaces than default',
  'objects that no spec makes and that do not bear the label app.kubernetes.io/managed-by=cdk8s-balancer: those of profile upstream, and those of other documents',
  'what is not in the cluster: configurations of switches, and files for people',
  'objects that no spec makes, of kinds that cdk8s-balancer does not make: Secrets, Pods, custom resources',
];

describe('what both have', () => {
  test('fields of the server are no change; what somebody did by hand is', () => {
    const spec = { ...SERVICE_SPEC, clusterIP: '10.96.0.9', type: 'ClusterIP', selector: { app: 'by-hand' } };
    const { diff, folder } = cluster(SERVICE, {
      known: [live('Service', 'web', { spec, status: { loadBalancer: {} } })],
    });
    const { status, stdout, stderr } = diff('cluster', 'a.yaml');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('    /spec/selector/app\n      - by-hand\n      + web\n');
    expect(stdout.match(/^ {2}Service/gm)).toHaveLength(1);
    const asked = readFileSync(join(folder, 'bin/arguments'), 'utf8').split('\n');
    const format = '--ignore-not-found --show-managed-fields --output json --request-timeout 30s';
    expect(asked[0]).toBe(`get --filename - ${format}`);
    const selector = `--selector app.kubernetes.io/managed-by=cdk8s-balancer`;
    expect(asked[1]).toMatch(new RegExp(`^get configmaps,[a-z.,8]+ ${selector} --namespace default ${format}$`));
    expect(asked[2]).toMatch(new RegExp(`^get namespaces,[a-z.,8]+ ${selector} ${format}$`));
    for (const line of asked.slice(0, -1)) expect(line).toMatch(/^get /);
  });

  test('amounts, empty fields, Secrets and namespaces are no change', () => {
    const limits = { cpu: '1', memory: '1Gi' };
    const known = [
      live('Pod', 'p', { spec: { containers: [{ name: 'c', image: 'x:1', resources: { limits } }] } }),
      live('Secret', 's', { data: { a: 'Yg==' } }),
    ];
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, annotations: {}}\nspec: {nodeSelector: {}, tolerations: [], containers: [{name: c, image: "x:1", resources: {limits: {cpu: 1000m, memory: 1024Mi}}}]}\n';
    const secret = '---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b}\n';
    expect(told(report(pod + secret, { known }))).toEqual([]);
    expect(told(report(pod.replace('1000m', '1E') + secret, { known }))).toEqual([
      'Pod default/p ; /spec/containers/c/resources/limits/cpu ; immutable field ; 1 ; 1E',
    ]);
  });

  test('the report says what was not looked at, also where nothing changes', () => {
    const { diff } = cluster(SERVICE, { known: [live('Service', 'web', { spec: SERVICE_SPEC })] });
    const unread = ['fields that only the cluster has, of 1 objects without managedFields', ...NEVER];
    expect(diff('cluster', 'a.yaml')).toEqual({
      status: 0,
      stdout: `nothing changes\n\nnot looked at\n${unread.map((what) => `  ${what}\n`).join('')}`,
      stderr: '',
    });
    expect(diff('a.yaml', 'cluster').stdout).toContain('nothing changes\n\nnot looked at\n');
  });
});

/** Fields of a manager, as `kubectl get --show-managed-fields` shows them. */
function manager(name: string, operation: 'Apply' | 'Update', fieldsV1: object, more: object = {}): object {
  return {
    manager: name,
    operation,
    apiVersion: 'v1',
    time: '2026-01-01T00:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...more,
  };
}

const APPLIED = manager('kubectl', 'Apply', {
  'f:spec': {
    'f:selector': { 'f:app': {} },
    'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {}, 'f:targetPort': {} } },
  },
});

describe('fields that only the cluster has', () => {
  const cases: readonly (readonly [
    what: string,
    spec: object,
    managers: readonly object[],
    changes: readonly string[],
  ])[] = [
    ['defaults, which nobody has', { type: 'ClusterIP', sessionAffinity: 'None' }, [APPLIED], []],
    [
      'what a controller set',
      { clusterIP: '10.0.0.1' },
      [APPLIED, manager('kube-controller-manager', 'Update', { 'f:spec': { 'f:clusterIP': {} } })],
      [],
    ],
    [
      'what an earlier spec had: the next apply takes it away',
      { sessionAffinity: 'ClientIP' },
      [APPLIED, manager('kubectl', 'Apply', { 'f:spec': { 'f:sessionAffinity': {} } })],
      ['Service default/web ; /spec/sessionAffinity ; traffic moves ; ClientIP ; '],
    ],
    [
      'a port of an earlier spec',
      { ports: [...SERVICE_SPEC.ports, { name: 'old', port: 81, protocol: 'TCP' }] },
      [
        APPLIED,
        manager('argocd-controller', 'Apply', {
          'f:spec': { 'f:ports': { 'k:{"port":81,"protocol":"TCP"}': { '.': {} } } },
        }),
      ],
      [
        'Service default/web ; /spec/ports/old/name ; traffic moves ; old ; ',
        'Service default/web ; /spec/ports/old/port ; traffic moves ; 81 ; ',
        'Service default/web ; /spec/ports/old/protocol ; traffic moves ; TCP ; ',
      ],
    ],
    [
      'a port that a program added',
      { ports: [...SERVICE_SPEC.ports, { name: 'mesh', port: 81, protocol: 'TCP' }] },
      [
        APPLIED,
        manager('mesh', 'Update', { 'f:spec': { 'f:ports': { 'k:{"port":81,"protocol":"TCP"}': { '.': {} } } } }),
      ],
      [],
    ],
    [
      'what somebody added by hand: applying leaves it',
      { externalIPs: ['192.0.2.1'] },
      [APPLIED, manager('kubectl-edit', 'Update', { 'f:spec': { 'f:externalIPs': {} } })],
      ['Service default/web ; /spec/externalIPs/0 ; unknown ; 192.0.2.1 ; '],
    ],
    [
      'what both an earlier spec and somebody by hand have',
      { sessionAffinity: 'ClientIP' },
      [
        manager('kubectl', 'Apply', { 'f:spec': { 'f:sessionAffinity': {} } }),
        manager('kubectl-patch', 'Update', { 'f:spec': { 'f:sessionAffinity': {} } }),
      ],
      ['Service default/web ; /spec/sessionAffinity ; unknown ; ClientIP ; '],
    ],
    [
      'the status',
      { sessionAffinity: 'ClientIP' },
      [manager('kubectl-edit', 'Update', { 'f:spec': { 'f:sessionAffinity': {} } }, { subresource: 'status' })],
      [],
    ],
    ['fields that are no fields', { type: 'ClusterIP' }, [manager('kubectl', 'Apply', []), { manager: 7 }, {}], []],
  ];

  test.each(cases)('%s', (_, spec, managedFields, changes) => {
    const known = [live('Service', 'web', { spec: { ...SERVICE_SPEC, ...spec } }, { managedFields })];
    expect(told(report(SERVICE, { known }))).toEqual(changes);
  });

  test('of programs that are not ours the report names the program', () => {
    const managedFields = [APPLIED, manager('Mozilla', 'Update', {}), manager('kube-controller-manager', 'Update', {})];
    const known = [live('Service', 'web', { spec: SERVICE_SPEC }, { managedFields })];
    expect(report(SERVICE, { known }).notLookedAt[0]).toBe(
      'fields that only the cluster has, set by Mozilla, kube-controller-manager',
    );
  });

  test('after kubectl apply without --server-side: by its annotation, without the defaults', () => {
    const last = { metadata: { labels: { team: 'a' } }, spec: { selector: { app: 'web', tier: 'front' } } };
    const managedFields = [
      manager('kubectl-client-side-apply', 'Update', {
        'f:metadata': { 'f:labels': { 'f:team': {} } },
        'f:spec': { 'f:selector': {}, 'f:sessionAffinity': {}, 'f:type': {} },
      }),
    ];
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(last) };
    const spec = {
      ...SERVICE_SPEC,
      selector: { app: 'web', tier: 'front' },
      type: 'ClusterIP',
      sessionAffinity: 'None',
    };
    const known = [live('Service', 'web', { spec }, { managedFields, annotations, labels: { team: 'a' } })];
    expect(told(report(SERVICE, { known }))).toEqual([
      'Service default/web ; /metadata/labels/team ; unknown ; a ; ',
      'Service default/web ; /spec/selector/tier ; traffic moves ; front ; ',
    ]);
    for (const broken of ['{', '[]', '7']) {
      const odd = { 'kubectl.kubernetes.io/last-applied-configuration': broken };
      const other = [live('Service', 'web', { spec }, { managedFields, annotations: odd })];
      expect(report(SERVICE, { known: other }).notLookedAt[0]).toContain('set by kubectl-client-side-apply');
    }
  });

  test('the order: what stays is looked at, and no step takes it away', () => {
    const managedFields = [
      APPLIED,
      manager('kubectl-label', 'Update', { 'f:metadata': { 'f:labels': { 'f:x': {} } } }),
    ];
    const known = [live('Service', 'web', { spec: SERVICE_SPEC }, { managedFields, labels: { x: 'y' } })];
    const { changes, steps, rollback, lost } = report(SERVICE, { known });
    expect(changes.map(({ reason }) => reason)).toEqual([
      'only the cluster has it, set with kubectl-label: applying leaves it; take it into the spec, or undo it there',
    ]);
    const look = [{ where: 'Service default/web', action: 'look' }];
    expect([steps.map(({ what }) => what), rollback.map(({ what }) => what), lost]).toEqual([[look], [look], []]);
  });
});

describe('objects that only the cluster has', () => {
  const known = [live('Service', 'web', { spec: SERVICE_SPEC }, { managedFields: [APPLIED], labels: OURS })];

  test('with our label, in the namespaces of the specs: none is said to go by itself', () => {
    const text = { data: { announcements: '192.0.2.9/32 10.0.0.1' } };
    const marked = [
      ...known,
      live('ConfigMap', 'old', text, { labels: OURS }),
      live('Deployment', 'old', {}, { labels: OURS }),
      live('Service', 'elsewhere', {}, { labels: OURS, namespace: 'other' }),
      live(
        'Service',
        'child',
        {},
        { labels: OURS, ownerReferences: [{ kind: 'Balancer', name: 'b', controller: true }] },
      ),
      live('Service', 'stranger', {}, { labels: { 'app.kubernetes.io/managed-by': 'Helm' } }),
    ];
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'old', labels: OURS },
    };
    const found = report(SERVICE, { known, configmaps: marked, namespaces: [role] });
    expect(told(found)).toEqual([
      'ClusterRole old ;  ; unknown ; the ClusterRole is removed ; ',
      'ConfigMap default/old ;  ; unknown ; the ConfigMap is removed ; ',
      'Deployment default/old ;  ; unknown ; the Deployment is removed ; ',
    ]);
    expect(found.changes[0]!.reason).toBe(
      'only the cluster has it, with our label: an earlier spec made it, or another fleet; applying does not delete it',
    );
    expect(found.steps.map(({ title, what }) => [title, what.length])).toEqual([['look at what is not known', 3]]);
    expect(found.notLookedAt).toEqual(NEVER);
  });

  test('the other way round', () => {
    const { diff } = cluster(SERVICE, { known, configmaps: [live('ConfigMap', 'old', {}, { labels: OURS })] });
    const { stdout } = diff('a.yaml', 'cluster');
    expect(stdout).toContain('unknown\n  ConfigMap default/old: only the cluster has it, with our label');
    expect(diff('cluster', 'a.yaml', '--fail-on', 'unknown').status).toBe(1);
  });

  test('what the cluster refuses or does not know is said', () => {
    const forbidden =
      'Error from server (Forbidden): roles.rbac.authorization.k8s.io is forbidden: User "u" cannot list';
    const found = report(
      SERVICE,
      { known, configmaps: [live('ConfigMap', 'old', {}, { labels: OURS })] },
      {
        configmaps: `${forbidden}\n`,
        'albconfigs.alibabacloud.com': `error: the server doesn't have a resource type "albconfigs"\n`,
        'servicemonitors.monitoring.coreos.com': 'Unable to connect\n',
      },
    );
    expect(told(found)).toEqual(['ConfigMap default/old ;  ; unknown ; the ConfigMap is removed ; ']);
    expect(found.notLookedAt).toEqual([...NEVER, forbidden, 'Unable to connect']);
  });

  test('many namespaces are asked for at once', () => {
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const manifests = names.map((name) => SERVICE.replace('default', name)).join('---\n');
    const { diff, folder } = cluster(manifests, { known: [] });
    expect(diff('cluster', 'a.yaml').stdout).toContain(
      'in other namespaces than n0, n1, n10, n11, n2, n3, n4, n5 and 4 more',
    );
    const asked = readFileSync(join(folder, 'bin/arguments'), 'utf8');
    expect(asked.match(/^get configmaps.* --all-namespaces /gm)).toHaveLength(1);
  });
});

describe('clusters that answer otherwise', () => {
  test('one that does not know a kind yet: its objects are not there', () => {
    const said =
      'error: resource mapping not found for name: "w" namespace: "default" from "STDIN": no matches for kind "Widget" in version "example.com/v1"\nensure CRDs are installed first\n';
    const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n';
    const { diff, folder } = cluster(widget, {}, { known: said });
    const { status, stdout } = diff('cluster', 'a.yaml');
    expect(status).toBe(0);
    expect(stdout).toContain(
      'Widget.example.com default/w: no row says what it does that a Widget.example.com is added',
    );
    expect(stdout).toContain('not looked at\n  Widget of example.com/v1: the cluster does not know it\n');
    expect(existsSync(join(folder, 'bin/asked'))).toBe(true);
  });

  test.each([
    [
      'an error',
      '',
      'The connection to the server localhost:8080 was refused\n',
      'The connection to the server localhost:8080 was refused',
    ],
    ['no JSON', 'Unauthorized', undefined, 'what kubectl answers is no JSON'],
    ['a terminal sequence', '', '\u001b[31mred\n', '\\u001b[31mred'],
    ['words once for all objects, and the log of libraries', '', `${LOG}${LOG}no route\nno route\n`, 'no route'],
    ['nothing but a log', '', LOG, LOG.trim()],
  ])('%s', (_, known, error, said) => {
    const { diff } = cluster(SERVICE, { known }, error === undefined ? {} : { known: error });
    expect(diff('cluster', 'a.yaml')).toEqual({ status: 65, stdout: '', stderr: `error: ${said}\n` });
  });

  test('two of them, and none', () => {
    const { diff, folder } = cluster(SERVICE, {});
    expect(diff('cluster', 'cluster').status).toBe(64);
    const run = balancer(folder, ['diff', 'cluster', 'a.yaml'], '', { PATH: '/nowhere' });
    expect(run).toEqual({ status: 69, stdout: '', stderr: 'error: the program "kubectl" is missing\n' });
  });
});
