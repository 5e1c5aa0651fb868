import type { HubReconciler, ReconcilerHubSpec } from '../../spec/generated/reconciler-hub';
import { nearest } from '../../spec/nearest';
import { checkResources, checkTolerations } from '../balancer/pod-checks';
import type { Problems } from '../problems';
import type { ReconcilerHubModel } from './reconciler-hub';
import { checkScopes, checkSecrets } from './reconciler-hub-scope-checks';
import { checkApiExt, checkClients, checkWeb } from './reconciler-hub-server-checks';
import { checkImages, checkWords } from './reconciler-hub-text-checks';
import { runningNames } from './resolve-reconcilers';

type Check = (model: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems) => void;

/** What must hold between the fields of a ReconcilerHub. */
const CHECKS: readonly Check[] = [
  checkNames,
  checkControllers,
  checkRunning,
  checkReplicas,
  checkPorts,
  checkOverrides,
  checkOriginal,
  checkScopes,
  checkSecrets,
  checkApiExt,
  checkWeb,
  checkClients,
  checkImages,
  checkWords,
  checkPods,
  checkLists,
];

/** Runs every check of a ReconcilerHub and reports what fails. */
export function checkReconcilerHub(model: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems): void {
  for (const check of CHECKS) check(model, spec, problems);
}

function checkNames(_: ReconcilerHubModel, { reconcilers }: ReconcilerHubSpec, problems: Problems): void {
  const first = new Map<string, number>();
  reconcilers.forEach(({ name }, index) => {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else {
      const location = problems.locate(`/spec/reconcilers/${earlier}/name`);
      const notes = [{ message: 'first defined here', location }];
      problems.add('BAL3001', `/spec/reconcilers/${index}/name`, `reconciler "${name}" is defined twice`, notes);
    }
  });
}

function checkControllers(
  _: ReconcilerHubModel,
  { reconcilers, manager }: ReconcilerHubSpec,
  problems: Problems,
): void {
  const names = reconcilers.map(({ name }) => name);
  manager?.enabledControllers?.forEach((name, index) => {
    const pointer = `/spec/manager/enabledControllers/${index}`;
    const declared = reconcilers.find((reconciler) => reconciler.name === name);
    const guess = nearest(name, names);
    const question = guess === undefined ? '' : `; did you mean "${guess}"?`;
    if (declared === undefined) problems.add('BAL3265', pointer, `there is no reconciler "${name}"${question}`);
    else if (declared.enabled === false) {
      problems.add('BAL3077', pointer, `reconciler "${name}" does not run: its enabled is false`);
    }
  });
}

function checkRunning(_: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems): void {
  if (runningNames(spec).size === 0) problems.add('BAL3266', '/spec/reconcilers', 'no reconciler of the hub runs');
}

/** https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/leaderelection */
function checkReplicas({ manager }: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems): void {
  if (manager.electsLeader) return;
  const counts = [
    ['/spec/replicas', spec.replicas] as const,
    ...(spec.layout === 'separate' ? spec.reconcilers : []).map(({ replicas }, index) => {
      return [`/spec/reconcilers/${index}/replicas`, replicas] as const;
    }),
  ];
  for (const [pointer, replicas = 1] of counts) {
    if (replicas > 1) problems.add('BAL3163', pointer, `"${replicas}" managers work at the same time without a leader`);
  }
}

function checkPorts({ manager, apiExt }: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems): void {
  const ports = [
    { field: 'manager/metricsPort', given: spec.manager?.metricsPort, port: manager.metricsPort },
    { field: 'manager/healthProbePort', given: spec.manager?.healthProbePort, port: manager.healthProbePort },
    ...(apiExt
      ? [{ field: 'apiExt/insecure/port', given: spec.apiExt?.insecure?.port, port: apiExt.insecure.port }]
      : []),
    ...(apiExt?.secure
      ? [{ field: 'apiExt/secure/port', given: spec.apiExt?.secure?.port, port: apiExt.secure.port }]
      : []),
  ];
  ports.forEach((one, index) => {
    const other = ports.slice(0, index).find(({ port }) => port === one.port);
    if (other === undefined) return;
    // Of a given port and a default, the given one can be changed.
    const [culprit, rival] = one.given === undefined ? [other, one] : [one, other];
    const name = rival.field.replaceAll('/', '.');
    problems.add('BAL3002', `/spec/${culprit.field}`, `"${one.port}/TCP" is used twice: ${name} has it too`);
  });
}

/** Fields of a reconciler that make a Deployment of its own. */
const OVERRIDES = ['image', 'replicas', 'resources', 'command', 'args'] as const satisfies (keyof HubReconciler)[];

function checkOverrides(_: ReconcilerHubModel, { layout, reconcilers }: ReconcilerHubSpec, problems: Problems): void {
  if (layout === 'separate') return;
  reconcilers.forEach((reconciler, index) => {
    for (const field of OVERRIDES) {
      if (reconciler[field] === undefined) continue;
      const message = `${field} of a reconciler is for layout separate: all of them run in one program`;
      problems.add('BAL3077', `/spec/reconcilers/${index}/${field}`, message);
    }
  });
}

/** Settings that 004's program does not know: rebirthmonkey/k8s-dev@0471049:pkg/reconcilermgr/options.go. */
function checkOriginal({ profile }: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems): void {
  if (profile === 'hardened') return;
  const idle = (field: string): void => {
    problems.add('BAL3077', `/spec/${field}`, `the program of 004 does not read ${field.replaceAll('/', '.')}`);
  };
  if (spec.manager?.leaderElection?.enabled) idle('manager/leaderElection/enabled');
  if (spec.resourceFilters?.namespaces) idle('resourceFilters/namespaces');
  if (spec.resourceFilters?.labelSelector) idle('resourceFilters/labelSelector');
  if (spec.layout === 'separate') {
    checkOwnPrograms(spec, problems);
    return;
  }
  if (spec.manager?.enabledControllers) idle('manager/enabledControllers');
  spec.reconcilers.forEach(({ enabled }, index) => {
    if (enabled === false) idle(`reconcilers/${index}/enabled`);
  });
}

/** Told nothing of enabled controllers, the program of the hub runs all that it has. */
function checkOwnPrograms(spec: ReconcilerHubSpec, problems: Problems): void {
  const running = runningNames(spec);
  spec.reconcilers.forEach(({ name, image, command }, index) => {
    if (image !== undefined || command !== undefined || !running.has(name) || spec.reconcilers.length === 1) return;
    problems.add('BAL3276', `/spec/reconcilers/${index}`, `reconciler "${name}" has no program of its own`);
  });
}

function checkPods({ pod }: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems): void {
  checkResources(spec.resources, '/spec/resources', problems);
  checkResources(spec.web?.resources, '/spec/web/resources', problems);
  spec.reconcilers.forEach(({ resources }, index) => {
    checkResources(resources, `/spec/reconcilers/${index}/resources`, problems);
  });
  checkTolerations(pod.tolerations, '/spec/tolerations', problems);
}

function checkLists(_: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems): void {
  const lists = {
    'manager/enabledControllers': spec.manager?.enabledControllers,
    'resourceFilters/namespaces': spec.resourceFilters?.namespaces,
    'apiExt/middlewares': spec.apiExt?.middlewares,
    'log/outputPaths': spec.log?.outputPaths,
    'log/errorOutputPaths': spec.log?.errorOutputPaths,
    imagePullSecrets: spec.imagePullSecrets,
  };
  for (const [field, names] of Object.entries<readonly string[] | undefined>(lists)) {
    names?.forEach((name, index) => {
      if (names.indexOf(name) === index) return;
      problems.add('BAL3001', `/spec/${field}/${index}`, `"${name}" is named twice`);
    });
  }
}
