import {
  CONTROLLER_ACCOUNTS,
  MANAGER_NAMES as NAMES,
} from '../model/alibaba-controllers/alibaba-cloud-controller-manager';
import { MANAGER_FLAGS, type ManagerVersion } from '../model/alibaba-controllers/cloud-manager-flags';
import { defined, fieldOf, flagsOf, itemsAt, textAt } from './field';
import { cloudConfigIn } from './import-cloud-config';
import { commandOf } from './import-command';
import { podFieldsOf } from './import-pod';
import type { FoundObject } from './read-objects';
import { blank, type Recognised } from './recognised';
import { mayHoldKey } from './redact';

const PROGRAMS = ['cloud-controller-manager'];

/** What a spec needs where the document has a placeholder. */
const AUTHORITY = {
  path: '/spec/kubeconfig/certificateAuthorityData',
  reason: 'a placeholder stood there; without it the file is used that every Pod gets',
};

/** Flags whose fields are lists. */
const LISTS: ReadonlySet<string> = new Set(['featureGates', 'vmodule', 'controllers']);

/** The objects of 003's manager, found by its command. */
export function importCloudControllerManager(objects: readonly FoundObject[]): readonly Recognised[] {
  return objects.flatMap((found) => {
    const container = itemsAt(found.object, 'spec', 'template', 'spec', 'containers')[0];
    const command = commandOf(container, PROGRAMS);
    if (fieldOf(found.object, 'kind') !== 'DaemonSet' || command === undefined) return [];
    return [recognise(found, container, flagsOf(command.words), objects)];
  });
}

function recognise(
  daemonSet: FoundObject,
  container: unknown,
  flags: ReadonlyMap<string, string>,
  objects: readonly FoundObject[],
): Recognised {
  const others = objects.filter(({ object }) => belongs(object));
  const kubeconfig = objects.find(({ object }) => object.kind === 'Config');
  const config = others.find(({ object }) => object.kind === 'ConfigMap');
  const version = versionOf(flags);
  const cloudConfig = cloudConfigIn(textAt(config?.object, 'data', 'cloud-config.conf') ?? '', 'manager');
  const written = textAt(kubeconfig?.object, 'clusters', 0, 'cluster', 'server');
  // An address may have a password in it.
  const server = written !== undefined && !mayHoldKey(written) ? written : undefined;
  return {
    spec: {
      apiVersion: 'cdk8s-balancer.dev/v1alpha1',
      kind: 'AlibabaCloudControllerManager',
      metadata: defined({ name: 'ccm', namespace: textAt(daemonSet.object, 'metadata', 'namespace') }) as {
        readonly name: string;
      },
      spec: defined({
        profile: 'upstream',
        version,
        image: textAt(container, 'image'),
        imagePullPolicy: textAt(container, 'imagePullPolicy'),
        credentials: credentialsOf(container),
        kubeconfig: defined({
          server: server ?? `https://${blank('APISERVER')}:6443`,
          certificateAuthorityData: authorityOf(kubeconfig),
        }),
        cloudConfig: Object.keys(cloudConfig).length === 0 ? undefined : cloudConfig,
        flags: typedFlags(flags, version),
        ...currentNames(podFieldsOf(daemonSet.object, container)),
      }),
    },
    consumed: [...others, daemonSet],
    missing: [
      ...(kubeconfig !== undefined && authorityOf(kubeconfig) === undefined ? [AUTHORITY] : []),
      ...(server === undefined
        ? [{ path: '/spec/kubeconfig/server', reason: 'no kubeconfig was among the files' }]
        : []),
    ],
  };
}

function versionOf(flags: ReadonlyMap<string, string>): ManagerVersion {
  const isNew = MANAGER_FLAGS.some(({ names }) => names.v2 && !names['v1.9'] && flags.has(names.v2));
  return isNew || flags.has('enable-leader-election') ? 'v2' : 'v1.9';
}

/** The names of the keys move with them from the ConfigMap into a Secret of the same name. */
function credentialsOf(container: unknown): unknown {
  const references = itemsAt(container, 'env').map((entry) => {
    return fieldOf(entry, 'valueFrom', 'secretKeyRef') ?? fieldOf(entry, 'valueFrom', 'configMapKeyRef');
  });
  const [id, secret] = references;
  const name = textAt(id, 'name');
  if (name === undefined) return { ramRole: blank('RAM_ROLE') };
  return { secret: { name, accessKeyIdKey: textAt(id, 'key'), accessKeySecretKey: textAt(secret, 'key') } };
}

function authorityOf(kubeconfig: FoundObject | undefined): string | undefined {
  const data = textAt(kubeconfig?.object, 'clusters', 0, 'cluster', 'certificate-authority-data');
  return data === undefined || data.startsWith('$') ? undefined : data;
}

function typedFlags(flags: ReadonlyMap<string, string>, version: ManagerVersion): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    MANAGER_FLAGS.flatMap(({ field, names }) => {
      const text = flags.get(names[version] ?? '');
      return text === undefined ? [] : [[field, fieldValue(field, text)]];
    }),
  );
}

function fieldValue(field: string, text: string): unknown {
  if (LISTS.has(field)) return text.split(',');
  if (text === 'true' || text === 'false') return text === 'true';
  return /^(0|[1-9][0-9]*)$/.test(text) && field !== 'metricsBindAddr' ? Number(text) : text;
}

/** Labels and taints that Kubernetes 1.27 no longer has, by today's names. */
function currentNames(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(fields).replaceAll(
    'node-role.kubernetes.io/master',
    'node-role.kubernetes.io/control-plane',
  );
  return JSON.parse(text);
}

function belongs(object: unknown): boolean {
  const name = textAt(object, 'metadata', 'name') ?? '';
  const accounts: readonly string[] = [NAMES.manager, ...CONTROLLER_ACCOUNTS];
  switch (fieldOf(object, 'kind')) {
    case 'ClusterRole':
      return name === NAMES.clusterRole;
    case 'ClusterRoleBinding':
      return accounts.some((account) => name === `system:${account}`);
    case 'ServiceAccount':
      return accounts.includes(name);
    case 'ConfigMap':
      return name === NAMES.cloudConfig;
    default:
      return false;
  }
}
