/** Imports of what strangers wrote: nothing leads out of a folder, nothing is lost, no key is printed, nothing throws. */
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../../compiler';
import { type ImportedFleet, importFleet } from '../../../compiler/import-fleet';
import { importReportText } from '../../../compiler/import-report';

function imported(value: object): ImportedFleet {
  const found: Diagnostic[] = [];
  const fleet = importFleet([{ file: 'x.yaml', text: JSON.stringify(value) }], (one) => found.push(one));
  expect(found).toEqual([]);
  return fleet;
}

const CLB = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-bandwidth';

function service(metadata: object, spec: object = {}): object {
  const ports = [{ port: 80, targetPort: 80 }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', annotations: { [CLB]: '10' }, ...metadata },
    spec: { type: 'LoadBalancer', ports, selector: { app: 'web' }, ...spec },
  };
}

test.each(['/../../../x', '..', 'a/b', 'C:\\x', 'a\nb', '\u001b[31m', ''])(
  'the name %j makes a file in the folder',
  (name) => {
    for (const { file } of imported(service({ name })).specs) expect(file).toMatch(/^[a-z0-9_-]+\.yaml$/);
  },
);

test('two of one name are two files', () => {
  const items = [service({ namespace: 'a' }), service({ namespace: 'b' }), service({ namespace: 'b' })];
  const files = imported({ apiVersion: 'v1', kind: 'List', items }).specs.map(({ file }) => file);
  expect(files).toEqual([
    'loadbalancerservice-a-web.yaml',
    'loadbalancerservice-b-web.yaml',
    'loadbalancerservice-b-web-2.yaml',
  ]);
});

test('items of a ServiceList are Services', () => {
  const { kind: _, ...item } = service({}) as { readonly kind: string };
  expect(imported({ apiVersion: 'v1', kind: 'ServiceList', items: [item] }).specs).toHaveLength(1);
});

test('no key is printed or written', () => {
  const container = {
    name: 'manager',
    image: 'registry.example.com/ccm:v1',
    command: ['/cloud-controller-manager', '--cluster-cidr=10.244.0.0/16', '--access-key-secret=HIDEME1'],
    env: [{ name: 'ACCESS_KEY_SECRET', value: 'HIDEME2' }],
  };
  const sidecar = { name: 'side', image: 'x', env: [{ name: 'DB_PASSWORD', value: 'HIDEME3' }] };
  const workload = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'cloud-controller-manager', namespace: 'kube-system' },
    spec: { template: { spec: { containers: [container, sidecar] } } },
  };
  const kubeconfig = { kind: 'Config', clusters: [{ cluster: { server: 'https://u:HIDEME4@192.0.2.1:6443' } }] };
  const annotations = {
    [CLB]: '10',
    note: 'AccessKeySecret=HIDEME5',
    'kubectl.kubernetes.io/last-applied-configuration': '{"data":"HIDEME6"}',
  };
  const items = [workload, service({ annotations })];
  const found: Diagnostic[] = [];
  const sources = [{ kind: 'List', items }, kubeconfig].map((value, index) => {
    return { file: `${index}.yaml`, text: JSON.stringify(value) };
  });
  const fleet = importFleet(sources, (one) => found.push(one));
  expect(fleet.specs).toHaveLength(2);
  expect(JSON.stringify(fleet) + importReportText(fleet)).not.toContain('HIDEME');
});

test('what is no object is left out', () => {
  for (const value of [
    { kind: 'List', items: [null, 1, 'a', []] },
    service({}, { ports: [null, 1, { port: 80 }] }),
    service({}, { ports: 'x', selector: 1 }),
    service({ annotations: { [CLB]: { a: 1 } } }),
    { kind: 'ConfigMap', metadata: { name: 'kube-gobgp-cfg' }, data: { 'config_bgp.toml': 1 } },
    {
      kind: 'Deployment',
      spec: { template: { spec: { containers: [{ command: ['/load-balancer-controller', 1, null] }] } } },
    },
  ]) {
    expect(() => importReportText(imported(value))).not.toThrow();
  }
});

test('a spec that does not compile says why', () => {
  const [spec] = imported(service({ annotations: { [CLB]: 'abc' } })).specs;
  expect(spec!.problems.join()).toContain('BAL2');
  expect(new Set(spec!.entries.map(({ effect }) => effect))).toEqual(new Set(['not compared']));
});

test('control characters are shown', () => {
  const text = importReportText(imported(service({ name: 'a\u001b[31m' })));
  expect(text).not.toContain('\u001b');
});

test.each([
  '{{{{',
  '}}}}',
  ';;;',
  'stream {',
  'stream { server { listen 80; proxy_pass a-b-backend:80; ',
  '"unclosed',
  'stream { upstream __proto__ { server 192.0.2.1:1; } server { listen 1; proxy_pass __proto__; } }',
  'stream { upstream constructor {} server { listen 99999; proxy_pass constructor; } }',
  `stream { ${'server { listen 1; proxy_pass 192.0.2.1:1; } '.repeat(500)} }`,
  `${'a{'.repeat(100_000)}`,
  `${'${'.repeat(100_000)}`,
  `stream { server { listen 80; proxy_pass ${'a-'.repeat(1000)}backend:80; } }`,
  'events {} stream { server { listen 80; proxy_pass \u001b[31m; } }',
])('an nginx.conf that is none is told, directive by directive', (text) => {
  const fleet = importFleet([{ file: 'nginx.conf', text }], () => expect.unreachable());
  expect(fleet.specs).toHaveLength(1);
  expect(importReportText(fleet)).not.toContain('\u001b');
});

test('no key of an nginx.conf is printed or written', () => {
  const text = `http {
    proxy_set_header Authorization "Bearer HIDEME1";
    map $arg $ok { HIDEME2 1; default 0; }
    location /HIDEME3 { proxy_pass http://u:HIDEME4@192.0.2.1; return 200 HIDEME5 }
    "HIDEME6" x;
  }
  HIDEME7`;
  const config = { kind: 'ConfigMap', metadata: { name: 'a-proxy-configmap' }, data: { 'nginx.conf': text } };
  const owner = { apiVersion: 'exposer.hliangzhao.io/v1alpha1', kind: 'Balancer', name: 'a' };
  const metadata = { name: 'a', ownerReferences: [owner] };
  const frontend = { kind: 'Service', metadata, spec: { ports: [{ port: 80 }] } };
  const owned = { ...config, metadata: { ...config.metadata, ownerReferences: [owner] } };
  const bare = importFleet([{ file: 'nginx.conf', text }], () => expect.unreachable());
  for (const fleet of [bare, imported({ kind: 'List', items: [owned, frontend] })]) {
    expect(fleet.specs).toHaveLength(1);
    expect(JSON.stringify(fleet) + importReportText(fleet)).not.toContain('HIDEME');
  }
});

test.each([
  { kind: 'Balancer', apiVersion: 'exposer.hliangzhao.io/v1alpha1' },
  { kind: 'Balancer', apiVersion: 'exposer.hliangzhao.io/v1alpha1', metadata: 1, spec: 'text' },
  { kind: 'ConfigMap', metadata: { name: 'a-proxy-configmap' }, data: { 'nginx.conf': 1 } },
  {
    kind: 'Service',
    metadata: { name: 'a', ownerReferences: [null, { kind: 'Balancer', apiVersion: 'exposer.hliangzhao.io/v1' }] },
  },
  {
    kind: 'Service',
    metadata: { name: 'a' },
    spec: { ports: [{ port: '80' }, null], selector: { 'balancer.exposer.hliangzhao.io/balancer-name': 'a' } },
  },
  {
    kind: 'Service',
    metadata: { name: '../a' },
    spec: { ports: [{ port: 80 }], selector: { 'balancer.exposer.hliangzhao.io/balancer-name': '../a' } },
  },
])('parts of a Balancer that are none do no harm', (value) => {
  for (const { file } of imported(value).specs) expect(file).toMatch(/^balancer[a-z0-9_-]*\.yaml$/);
});

test('a configuration of 002 that is none is told, and shows no password', () => {
  const data = {
    'config_bgp.toml': `[[[\n=\n[neighbors]\n[[neighbors]]\n__proto__ = 1\n[__proto__.x]\ny = "HIDEME1"\nauth-password = 12345\n${'['.repeat(5000)}`,
    SWITCH: 'password=HIDEME2',
    OTHER: 'HIDEME3',
  };
  const map = (name: string): object => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
  const fleet = imported({ kind: 'List', items: [map('kube-gobgp-cfg'), map('kube-iprule-cfg')] });
  expect(fleet.specs).toHaveLength(1);
  expect(JSON.stringify(fleet) + importReportText(fleet)).not.toMatch(/HIDEME[23]|12345/);
  expect(({} as Record<string, unknown>).y).toBeUndefined();
});

test.each([
  ['{'.repeat(5000)],
  ['protocol bgp x { neighbor 192.0.2.1 as 65000; password "HIDEME"; passwords { password "HIDEME" { id 1; }; } }'],
  ['protocol bgp x { neighbor 192.0.2.1 as 65000; "HIDEME" ; [ HIDEME ; } } } "'],
  ['protocol bgp { local as 1; neighbor as 2 }\nprotocol bgp constructor { neighbor 1 }'],
])('bird.conf %#: nothing throws, and no password is shown', (text) => {
  const found: Diagnostic[] = [];
  const fleet = importFleet([{ file: 'bird.conf', text }], (one) => found.push(one));
  expect(JSON.stringify(fleet) + importReportText(fleet)).not.toContain('HIDEME');
});

test.each([
  [
    '/bin/sh',
    '-c',
    'PASSWORD=HIDEME exec /cloud-controller-manager --access-key-secret HIDEME --v=4 "--token" \'HIDEME\'',
  ],
  ['/cloud-controller-manager', '--access-key-secret', 'HIDEME'],
  ['sh', '-c', "echo 'HIDEME_password=HIDEME"],
])('words of a command line, %#: no key is shown', (...command) => {
  const containers = [{ name: 'manager', command }];
  const spec = { template: { spec: { containers } } };
  const fleet = imported({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'ccm' }, spec });
  expect(JSON.stringify(fleet) + importReportText(fleet)).not.toContain('HIDEME');
});
