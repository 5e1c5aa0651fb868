/** Each part is of use alone. `npm run test:update` writes the files of expected/; read the diff as source. */
import { join } from 'node:path';
import { App, Chart, type ChartProps } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { BalancerService, ClusterRole, NginxProxy, RenderedConfigMap, Role, ServiceAccount } from '../../constructs';
import { at, namesOf, objectsOf, only, yamlOf } from './build-chart';

const RULES = [{ apiGroups: [''], resources: ['services', 'endpoints'], verbs: ['get', 'list', 'watch'] }];
const FILES = { 'nginx.conf': 'events {}\nstream {}\n' };
const SHOP: ChartProps = { namespace: 'shop' };

/** A chart that an expected file is named after. */
const CHARTS: Readonly<Record<string, readonly [build: (chart: Chart) => void, props?: ChartProps]>> = {
  'config-map': [(chart) => new RenderedConfigMap(chart, 'config', { metadata: { name: 'web' }, files: FILES })],
  'config-map-in-chart': [
    (chart) => new RenderedConfigMap(chart, 'config', { metadata: { name: 'web' }, files: () => FILES }),
    { namespace: 'shop', labels: { team: 'network' } },
  ],
  service: [
    (chart) => {
      const ports = [{ port: 80, targetPort: 'http' }];
      new BalancerService(chart, 'service', { metadata: { name: 'web' }, selector: { app: 'web' }, ports });
    },
    SHOP,
  ],
  'service-load-balancer': [
    (chart) =>
      new BalancerService(chart, 'service', {
        metadata: { name: 'web', namespace: 'edge', annotations: { 'example.com/size': 'small' } },
        selector: { app: 'web' },
        ports: [{ name: 'http', port: 80, targetPort: 8080 }],
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
      }),
    SHOP,
  ],
  proxy: [(chart) => addProxy(chart), SHOP],
  'proxy-upstream': [(chart) => addProxy(chart, { profile: 'upstream', replicas: 1, healthPort: 9000 }), SHOP],
  'service-account': [(chart) => new ServiceAccount(chart, 'account', { metadata: { name: 'watcher' } }), SHOP],
  role: [(chart) => void addRole(chart), SHOP],
  'cluster-role': [(chart) => void addClusterRole(chart), SHOP],
  'cluster-role-without-namespace': [(chart) => void addClusterRole(chart)],
};

function addProxy(chart: Chart, more: Partial<ConstructorParameters<typeof NginxProxy>[2]> = {}): void {
  const config = new RenderedConfigMap(chart, 'config', { metadata: { name: 'web-conf' }, files: FILES });
  const metadata = { name: 'web' };
  new NginxProxy(chart, 'proxy', { metadata, config, selector: { app: 'nginx' }, ports: [{ port: 80 }], ...more });
}

function addRole(chart: Chart): Role {
  const role = new Role(chart, 'role', { metadata: { name: 'watcher' }, rules: RULES });
  const here = new ServiceAccount(chart, 'account', { metadata: { name: 'watcher' } });
  role.bind('watcher', here, { name: 'other', namespace: 'elsewhere' });
  return role;
}

function addClusterRole(chart: Chart): ClusterRole {
  const role = new ClusterRole(chart, 'role', { metadata: { name: 'watcher' }, rules: RULES });
  const account = new ServiceAccount(chart, 'account', { metadata: { name: 'watcher' } });
  role.bind('watchers', account);
  role.bindIn('edge', 'watchers-of-edge', account);
  return role;
}

test.each(Object.entries(CHARTS))('%s', async (name, [build, props]) => {
  await expect(yamlOf(build, props)).toMatchFileSnapshot(join(__dirname, 'expected', `${name}.yaml`));
});

describe('RenderedConfigMap', () => {
  const hashOf = (files: Record<string, string>, name = 'web', props?: ChartProps) =>
    new RenderedConfigMap(new Chart(new App(), 'chart', props), 'config', { metadata: { name }, files }).hash;

  test('the hash is that of the files', () => {
    expect(hashOf(FILES)).toMatch(/^[0-9a-f]{16}$/);
    expect(hashOf({ ...FILES, 'a.conf': '' })).toBe(hashOf({ 'a.conf': '', ...FILES }));
    expect(hashOf(FILES, 'api', { namespace: 'shop', labels: { a: 'b' } })).toBe(hashOf(FILES));
  });

  test.each([
    ['a text', { 'nginx.conf': 'events {}\n' }],
    ['a name', { 'nginx2.conf': 'events {}\nstream {}\n' }],
    ['another file', { ...FILES, 'a.conf': '' }],
  ])('the hash changes with %s', (_, files) => {
    expect(hashOf(files)).not.toBe(hashOf(FILES));
  });

  test('files that are a function are asked at synth', () => {
    const files: Record<string, string> = {};
    const objects = objectsOf((chart) => {
      new RenderedConfigMap(chart, 'config', { metadata: { name: 'web' }, files: () => files });
      files.late = 'text\n';
    });
    expect(at(only(objects, 'ConfigMap'), 'data')).toEqual({ late: 'text\n' });
  });

  test('a proxy rolls when the files change, and only then', () => {
    const template = (text: string) => {
      const objects = objectsOf((chart) => {
        const files = { 'nginx.conf': text };
        const config = new RenderedConfigMap(chart, 'config', { metadata: { name: 'web' }, files });
        const selector = { app: 'nginx' };
        new NginxProxy(chart, 'proxy', { metadata: { name: 'web' }, config, selector, ports: [{ port: 80 }] });
      });
      return at(only(objects, 'Deployment'), 'spec', 'template');
    };
    expect(template('a\n')).toEqual(template('a\n'));
    expect(template('a\n')).not.toEqual(template('b\n'));
  });
});

describe('permissions', () => {
  test('a ClusterRole and its ClusterRoleBinding have no namespace, whatever the chart has', () => {
    const objects = objectsOf(addClusterRole, SHOP);
    for (const kind of ['ClusterRole', 'ClusterRoleBinding'])
      expect(only(objects, kind).metadata).not.toHaveProperty('namespace');
    expect(only(objects, 'RoleBinding').metadata.namespace).toBe('edge');
  });

  test('the subjects of a binding have a namespace, also without one in the chart', () => {
    for (const [props, namespace] of [
      [SHOP, 'shop'],
      [undefined, 'default'],
    ] as const) {
      const binding = only(objectsOf(addClusterRole, props), 'ClusterRoleBinding');
      expect(at(binding, 'subjects')).toEqual([{ kind: 'ServiceAccount', name: 'watcher', namespace }]);
    }
  });

  test('the binding of a Role is in its namespace', () => {
    const objects = objectsOf((chart) => {
      const role = new Role(chart, 'role', { metadata: { name: 'watcher', namespace: 'edge' }, rules: RULES });
      role.bind('watchers', { name: 'watcher', namespace: 'shop' });
    }, SHOP);
    expect(only(objects, 'RoleBinding').metadata.namespace).toBe('edge');
  });

  test('a role can be bound more than once', () => {
    const objects = objectsOf((chart) => {
      const role = addClusterRole(chart);
      role.bind('others', { name: 'other', namespace: 'shop' });
      role.bindIn('shop', 'watchers-of-edge', { name: 'other', namespace: 'shop' });
      const local = new Role(chart, 'local', { metadata: { name: 'local' }, rules: RULES });
      local.bind('a', { name: 'other', namespace: 'shop' });
      local.bind('b', { name: 'other', namespace: 'shop' });
    });
    expect(namesOf(objects).filter((name) => name.includes('Binding'))).toEqual([
      'ClusterRoleBinding/watchers',
      'RoleBinding/watchers-of-edge',
      'ClusterRoleBinding/others',
      'RoleBinding/watchers-of-edge',
      'RoleBinding/a',
      'RoleBinding/b',
    ]);
  });
});
