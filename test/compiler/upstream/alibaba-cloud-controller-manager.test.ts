/** Profile upstream of AlibabaCloudControllerManager against the manifest and the flags of 003. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { MANAGER_FLAGS } from '../../../compiler/model/alibaba-controllers/cloud-manager-flags';
import {
  differences,
  type ExplainedDifference,
  objectsOf,
  printedObjects,
  sourceDocument,
  unexplained,
} from './compare';

const CASES = join(__dirname, '../../cases');
const ORIGINAL = objectsOf(sourceDocument('003/cloud-controller-manager.yaml'));

const CLUSTER_OBJECTS = [
  'ClusterRole system:cloud-controller-manager',
  'ClusterRoleBinding system:cloud-controller-manager',
  'ClusterRoleBinding system:shared-informers',
  'ClusterRoleBinding system:cloud-node-controller',
  'ClusterRoleBinding system:pvl-controller',
  'ClusterRoleBinding system:route-controller',
];
const ACCOUNTS = ['shared-informers', 'cloud-node-controller', 'pvl-controller', 'route-controller'];
const DAEMON_SET = { object: 'DaemonSet kube-system/cloud-controller-manager' } as const;
const POD = 'spec/template/spec';
const CONTAINER = `${POD}/containers/cloud-controller-manager`;

/** The values of one environment variable. */
function variable(name: string): ExplainedDifference[] {
  const reason = 'a key does not stand in a ConfigMap';
  const field = `${CONTAINER}/env/${name}/valueFrom`;
  return [
    { ...DAEMON_SET, field: `${field}/configMapKeyRef`, kind: 'missing', reason },
    { ...DAEMON_SET, field: `${field}/secretKeyRef`, kind: 'added', reason },
  ];
}

/** Every difference to the document. */
const TABLE: readonly ExplainedDifference[] = [
  ...CLUSTER_OBJECTS.map((object): ExplainedDifference => {
    return { object, field: 'apiVersion', kind: 'changed', reason: 'v1beta1 is gone since Kubernetes 1.22' };
  }),
  ...ACCOUNTS.map((name): ExplainedDifference => {
    const reason = 'the document binds the account and does not make it: anybody who may create accounts could';
    return { object: `ServiceAccount kube-system/${name}`, field: '', kind: 'added', reason };
  }),
  { ...DAEMON_SET, field: 'apiVersion', kind: 'changed', reason: 'extensions/v1beta1 is gone since Kubernetes 1.16' },
  {
    ...DAEMON_SET,
    field: 'spec/template/metadata/annotations',
    kind: 'missing',
    reason: 'scheduler.alpha.kubernetes.io/critical-pod has had no effect since Kubernetes 1.16',
  },
  {
    ...DAEMON_SET,
    field: `${POD}/nodeSelector/node-role.kubernetes.io/master`,
    kind: 'missing',
    reason: 'the label "master" is gone since Kubernetes 1.24',
  },
  {
    ...DAEMON_SET,
    field: `${POD}/nodeSelector/node-role.kubernetes.io/control-plane`,
    kind: 'added',
    reason: 'the label "master" is gone since Kubernetes 1.24',
  },
  {
    ...DAEMON_SET,
    field: `${POD}/tolerations/0/key`,
    kind: 'changed',
    reason: 'the taint "master" is gone since Kubernetes 1.25',
  },
  {
    ...DAEMON_SET,
    field: `${CONTAINER}/command/7`,
    kind: 'changed',
    reason: 'the document has a placeholder, CLUSTER_CIDR',
  },
  {
    ...DAEMON_SET,
    field: `${CONTAINER}/livenessProbe/httpGet/port`,
    kind: 'changed',
    reason:
      'the program listens on 10253; 10252 is kube-controller-manager on the same node, whose health says nothing',
  },
  {
    ...DAEMON_SET,
    field: `${POD}/dnsPolicy`,
    kind: 'added',
    reason: 'what Kubernetes makes of a Pod on the host network, written out: the name server of the node',
  },
  {
    ...DAEMON_SET,
    field: `${CONTAINER}/ports`,
    kind: 'added',
    reason: 'the port that the probe asks is declared, so that no second Pod with it comes to the node',
  },
  ...variable('ACCESS_KEY_ID'),
  ...variable('ACCESS_KEY_SECRET'),
];

describe('003', () => {
  const spec = readFileSync(join(CASES, 'ccm-upstream/spec.yaml'), 'utf8');

  test('every difference is in the table, and the table has no other', () => {
    const found = differences(printedObjects(spec), ORIGINAL);
    expect(unexplained(found, TABLE)).toEqual({ unlisted: [], stale: [] });
  });

  test('the kubeconfig is that of the document, with a certificate in the place of $CA_DATA', () => {
    const [ours] = parseFile('ccm-upstream', 'cloud-controller-manager.conf');
    const theirs = parse(sourceDocument('003/kubeconfig').replace('$CA_DATA', 'CA'));
    expect({ ...ours, clusters: undefined }).toEqual({ ...theirs, clusters: undefined });
    expect(ours.clusters[0].cluster.server).toBe(theirs.clusters[0].cluster.server);
  });

  test('the drop-in has the lines of the document', () => {
    const text = readConfig('ccm-upstream', 'nodes/cn-hangzhou.i-bp1azkk9j3z2xzwgqzqz/20-cloud-provider.conf');
    const lines = sourceDocument('003/kubelet.service.excerpt')
      .split('\n')
      .map((line) =>
        line
          .trim()
          .replace(/ #<-.*$/, '')
          .replace(/\$\{REGION_ID\}\.\$\{INSTANCE_ID\}/g, 'cn-hangzhou.i-bp1azkk9j3z2xzwgqzqz'),
      )
      .filter((line) => line !== '' && line !== '...');
    for (const line of lines) expect(text.split('\n')).toContain(line);
  });
});

function readConfig(name: string, path: string): string {
  const folder = join(CASES, name, 'expected/config/alibabacloudcontrollermanager.kube-system.ccm');
  return readFileSync(join(folder, path), 'utf8');
}

function parseFile(name: string, path: string) {
  return [parse(readConfig(name, path))];
}

describe('flags', () => {
  const document = [...sourceDocument('003/start-flags.md').matchAll(/^(?:- )?--([a-z-]+)="([^"]*)"/gm)];

  test('each flag of the document is in the table with the value that it prints', () => {
    const table = MANAGER_FLAGS.filter(({ names }) => names['v1.9'] !== undefined);
    const ours = table.map(({ names, documented }) => [names['v1.9'], documented['v1.9']]);
    const theirs = document.map(([, name, value]) => [name, value]);
    const byName = (one: (string | undefined)[], other: (string | undefined)[]) => (one[0]! < other[0]! ? -1 : 1);
    expect([...ours].sort(byName)).toEqual([...theirs].sort(byName));
    expect(theirs).toHaveLength(39);
  });

  test.each([
    ['v1.9', 'alibaba-cloud-controller-manager-v1-full', 'kube-system'],
    ['v2', 'alibaba-cloud-controller-manager-full', 'cloud'],
  ] as const)('each flag of %s is in %s', (version, name, namespace) => {
    const spec = parse(readFileSync(join(CASES, name, 'spec.yaml'), 'utf8')).spec;
    const file = `expected/alibabacloudcontrollermanager.${namespace}.ccm.k8s.yaml`;
    const output = readFileSync(join(CASES, name, file), 'utf8');
    for (const { field, names } of MANAGER_FLAGS) {
      if (names[version] === undefined) continue;
      const isFile = version === 'v1.9' && field === 'cloudConfig';
      if (isFile) continue;
      expect(spec.flags, field).toHaveProperty(field);
      expect(output).toContain(`--${names[version]}=`);
    }
  });
});
