import { leaseName } from '../../model/hub/access-reconciler-hub';
import {
  HUB_FOLDERS,
  type HubUnitModel,
  kubeconfigPath,
  type ReconcilerHubModel,
} from '../../model/hub/reconciler-hub';
import { printYaml } from '../yaml/yaml-writer';

/** What a key of kubecontroller.yaml may hold. */
type Range =
  | { readonly type: 'boolean' }
  | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'text'; readonly pattern: RegExp }
  | { readonly type: 'texts'; readonly pattern: RegExp };

type Value = boolean | number | string | readonly string[];

/** A key of kubecontroller.yaml: what it may hold, who reads it, and what a hub says there. */
interface ConfigKey {
  /** Names of the sections and of the key, as 004's `mapstructure` tags have them. */
  readonly path: readonly string[];
  readonly range: Range;
  /** Repository, commit and path of the struct that has the key; absent where 004 has no such key. */
  readonly source?: string;
  /** Absent values leave the key out. */
  readonly value: (model: ReconcilerHubModel, unit: HubUnitModel) => Value | undefined;
}

const MANAGER = 'rebirthmonkey/k8s-dev@0471049:pkg/reconcilermgr/options.go';
const LOG = 'rebirthmonkey/go@7784060:pkg/log/options.go';
const SERVER = 'rebirthmonkey/go@1ec2368:pkg/gin';
const FILE = 'rebirthmonkey/k8s-dev@0471049:scaffold/kubecontroller/configs/kubecontroller.yaml';

const BOOLEAN: Range = { type: 'boolean' };
const PORT: Range = { type: 'integer', minimum: 1, maximum: 65535 };
const ADDRESS: Range = { type: 'text', pattern: /^:([1-9][0-9]{0,4})$/ };
const PATH: Range = { type: 'text', pattern: /^(\/[-._A-Za-z0-9]+)+$/ };
const STREAMS: Range = { type: 'texts', pattern: /^(stdout|stderr)$/ };
const RESOURCE = /^[a-z][a-z0-9]*$/;
const LABEL_SELECTOR = /^[-./_A-Za-z0-9]+=[-._A-Za-z0-9]*(,[-./_A-Za-z0-9]+=[-._A-Za-z0-9]*)*$/;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const manager = (name: string, range: Range, value: ConfigKey['value'], source?: string): ConfigKey => ({
  path: ['reconcilermgr', name],
  range,
  value,
  ...(source !== undefined && { source }),
});
const log = (name: string, range: Range, value: ConfigKey['value']): ConfigKey => ({
  path: ['log', name],
  range,
  value,
  source: LOG,
});
const gin = (path: readonly string[], range: Range, value: ConfigKey['value'], source: string): ConfigKey => ({
  path: ['apiextmgr', 'gin', ...path],
  range,
  value,
  source,
});

/** Every key of kubecontroller.yaml. 004 reads those with a source; the others are for programs that know more. */
export const CONFIG_KEYS: readonly ConfigKey[] = [
  manager('metrics-bind-address', ADDRESS, (model) => `:${model.manager.metricsPort}`, MANAGER),
  manager('health-probe-bind-address', ADDRESS, (model) => `:${model.manager.healthProbePort}`, MANAGER),
  manager('concurrence', { type: 'integer', minimum: 1, maximum: 100 }, (model) => model.manager.concurrency, MANAGER),
  // Despite its name: whether the Gin server starts (pkg/kubecontroller/kubecontroller.go).
  manager('apiserver-enabled', BOOLEAN, (model) => model.apiExt !== undefined, MANAGER),
  manager('kubeconfig', PATH, (model) => kubeconfigPath(model.manager), MANAGER),
  manager('leader-election', BOOLEAN, (model) => model.manager.electsLeader || undefined),
  manager('leader-election-id', { type: 'text', pattern: NAMESPACE }, (model, unit) =>
    model.manager.electsLeader ? leaseName(unit) : undefined,
  ),
  manager('leader-election-namespace', { type: 'text', pattern: NAMESPACE }, (model) =>
    model.manager.electsLeader ? model.namespace : undefined,
  ),
  manager('namespaces', { type: 'texts', pattern: NAMESPACE }, (model) => listed(model.filters.namespaces)),
  manager('label-selector', { type: 'text', pattern: LABEL_SELECTOR }, (model) => {
    return listed(Object.entries(model.filters.labelSelector).map(([key, value]) => `${key}=${value}`))?.join();
  }),
  // The names that 004's reconcilers give as For(): rebirthmonkey/k8s-dev@0471049:pkg/reconcilermgr/reconcilermgr.go, With.
  manager('enabled-controllers', { type: 'texts', pattern: RESOURCE }, ({ profile }, { isPart, reconcilers }) => {
    if (!isPart || profile === 'upstream') return undefined;
    return reconcilers.map(({ resource }) => resource.plural);
  }),
  log('name', { type: 'text', pattern: /^[-A-Za-z0-9_.]+$/ }, (model) => model.log.name),
  log('level', { type: 'text', pattern: /^(debug|info|warn|error|dpanic|panic|fatal)$/ }, (model) => model.log.level),
  log('format', { type: 'text', pattern: /^(console|json)$/ }, (model) => model.log.format),
  log('development', BOOLEAN, (model) => model.log.development),
  log('enable-color', BOOLEAN, (model) => model.log.enableColor),
  log('disable-caller', BOOLEAN, (model) => model.log.disableCaller),
  log('disable-stacktrace', BOOLEAN, (model) => model.log.disableStacktrace),
  log('output-paths', STREAMS, (model) => model.log.outputPaths),
  log('error-output-paths', STREAMS, (model) => model.log.errorOutputPaths),
  gin(['server', 'mode'], { type: 'text', pattern: /^(release|debug|test)$/ }, (model) => model.apiExt?.mode, SERVER),
  gin(['server', 'healthz'], BOOLEAN, (model) => model.apiExt?.healthz, SERVER),
  gin(['server', 'middlewares'], { type: 'texts', pattern: /^[a-z]+$/ }, (model) => model.apiExt?.middlewares, SERVER),
  gin(
    ['server', 'max-ping-count'],
    { type: 'integer', minimum: 1, maximum: 100 },
    (model) => model.apiExt?.maxPingCount,
    FILE,
  ),
  gin(
    ['insecure', 'bind-address'],
    { type: 'text', pattern: /^(0\.0\.0\.0|127\.0\.0\.1)$/ },
    ({ apiExt }) => apiExt && (apiExt.insecure.isOpen ? '0.0.0.0' : '127.0.0.1'),
    SERVER,
  ),
  gin(['insecure', 'bind-port'], PORT, (model) => model.apiExt?.insecure.port, SERVER),
  gin(
    ['secure', 'bind-address'],
    { type: 'text', pattern: /^0\.0\.0\.0$/ },
    ({ apiExt }) => apiExt?.secure && '0.0.0.0',
    SERVER,
  ),
  gin(['secure', 'bind-port'], PORT, (model) => model.apiExt?.secure?.port, SERVER),
  gin(['secure', 'tls', 'cert-file'], PATH, ({ apiExt }) => apiExt?.secure && `${HUB_FOLDERS.cert}/tls.crt`, SERVER),
  gin(
    ['secure', 'tls', 'private-key-file'],
    PATH,
    ({ apiExt }) => apiExt?.secure && `${HUB_FOLDERS.cert}/tls.key`,
    SERVER,
  ),
];

function listed<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length > 0 ? items : undefined;
}

interface Section {
  [key: string]: Section | Value;
}

/** kubecontroller.yaml of one program of a hub. */
export function kubecontrollerConfig(model: ReconcilerHubModel, unit: HubUnitModel): string {
  const root: Section = {};
  for (const { path, value } of CONFIG_KEYS) {
    const said = value(model, unit);
    if (said === undefined) continue;
    const last = path.at(-1) ?? '';
    let section = root;
    for (const name of path.slice(0, -1)) {
      section[name] ??= {};
      section = section[name] as Section;
    }
    section[last] = said;
  }
  return printYaml(root);
}

/** What is wrong with the content of a kubecontroller.yaml: keys that nobody reads, and values out of their range. */
export function configProblems(content: unknown): string[] {
  return [...leaves(content, [])].flatMap(([path, value]) => {
    const name = path.join('.');
    const known = CONFIG_KEYS.find((key) => key.path.join('.') === name);
    if (known === undefined) return [`${name} is no key`];
    return isWithin(value, known.range) ? [] : [`${name} cannot be ${JSON.stringify(value)}`];
  });
}

function* leaves(value: unknown, path: readonly string[]): Generator<[readonly string[], unknown]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) yield [path, value];
  else for (const [key, inner] of Object.entries(value)) yield* leaves(inner, [...path, key]);
}

function isWithin(value: unknown, range: Range): boolean {
  switch (range.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value) && Number(value) >= range.minimum && Number(value) <= range.maximum;
    case 'text':
      return typeof value === 'string' && range.pattern.test(value);
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string' && range.pattern.test(one));
  }
}
