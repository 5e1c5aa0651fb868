import type { BalancerOperatorSpec } from '../../spec/generated/balancer-operator';
import { checkResources, checkTolerations } from '../balancer/pod-checks';
import type { Problems } from '../problems';
import { type BalancerOperatorModel, LOOPBACK_METRICS_PORT } from './balancer-operator';

type Check = (model: BalancerOperatorModel, spec: BalancerOperatorSpec, problems: Problems) => void;

/** What must hold between the fields of a BalancerOperator. */
const CHECKS: readonly Check[] = [
  checkImage,
  checkOriginalManager,
  checkLeader,
  checkPorts,
  checkMetricsFields,
  checkPod,
  checkLists,
];

/** Runs every check of a BalancerOperator and reports what fails. */
export function checkBalancerOperator(
  model: BalancerOperatorModel,
  spec: BalancerOperatorSpec,
  problems: Problems,
): void {
  for (const check of CHECKS) check(model, spec, problems);
}

/** kubebuilder writes `controller:latest` into config/manager, for kustomize to replace. */
function checkImage({ profile, manager: { image } }: BalancerOperatorModel, _: unknown, problems: Problems): void {
  if (/^controller(:latest)?$/.test(image)) {
    problems.add('BAL3160', '/spec/image', `"${image}" is kubebuilder's placeholder for the image of a manager`);
    return;
  }
  const moves = /:latest$/.test(image) || !/[:@][^/]*$/.test(image);
  if (profile === 'hardened' && moves && !image.includes('@')) {
    problems.add('BAL3161', '/spec/image', `the image "${image}" is another one after each push`);
  }
}

/** Flags of the original's program: hliangzhao/balancer@1cb6130:cmd/manager/main.go. An unknown flag ends it. */
function checkOriginalManager(model: BalancerOperatorModel, spec: BalancerOperatorSpec, problems: Problems): void {
  const { profile, manager, metrics, watchNamespaces } = model;
  if (!manager.isOriginal) return;
  const refuse = (pointer: string, what: string): void =>
    problems.add('BAL3162', pointer, `the manager in "${manager.image}" has no ${what}`);
  if (metrics?.authentication === 'controller-runtime') {
    const field = spec.metrics?.authentication === undefined ? 'image' : 'metrics/authentication';
    refuse(`/spec/${field}`, '--metrics-secure: it cannot authenticate readers of its metrics');
  }
  if (manager.concurrency !== undefined) {
    refuse('/spec/concurrency', profile === 'upstream' ? '--config' : '--max-concurrent-reconciles');
  }
  if (watchNamespaces.length === 0) return;
  if (profile === 'hardened') refuse('/spec/watchNamespaces', 'WATCH_NAMESPACE: it asks for all namespaces, and ends');
  else {
    const message = `the manager in "${manager.image}" watches all namespaces, whatever it is told`;
    problems.add('BAL3026', '/spec/watchNamespaces', message);
  }
}

/** https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/leaderelection */
function checkLeader({ manager }: BalancerOperatorModel, _: unknown, problems: Problems): void {
  if (manager.electsLeader || manager.replicas < 2) return;
  problems.add('BAL3163', '/spec/replicas', `"${manager.replicas}" managers work at the same time without a leader`);
}

function checkPorts({ manager, metrics }: BalancerOperatorModel, spec: BalancerOperatorSpec, problems: Problems): void {
  if (metrics === undefined) return;
  const { healthProbePort } = manager;
  const behindProxy = metrics.authentication === 'kube-rbac-proxy';
  if (metrics.port === healthProbePort) {
    const pointer = spec.healthProbePort === undefined ? '/spec/metrics/port' : '/spec/healthProbePort';
    problems.add('BAL3002', pointer, `"${healthProbePort}/TCP" is used twice: the probes and the metrics have it`);
  }
  const fields = { healthProbePort, 'metrics/port': metrics.port };
  for (const [field, port] of Object.entries(fields)) {
    if (!behindProxy || port !== LOOPBACK_METRICS_PORT) continue;
    problems.add('BAL3002', `/spec/${field}`, `"${port}/TCP" is used twice: kube-rbac-proxy finds the metrics there`);
  }
}

function checkMetricsFields(
  { metrics }: BalancerOperatorModel,
  { metrics: fields = {} }: BalancerOperatorSpec,
  problems: Problems,
): void {
  const idle = (field: string, why: string): void => problems.add('BAL3026', `/spec/metrics/${field}`, why);
  if (metrics === undefined) {
    const others = Object.keys(fields).filter((field) => field !== 'enabled');
    for (const field of others) idle(field, `${field} is for metrics, which are not enabled`);
  } else if (metrics.authentication === 'controller-runtime' && fields.proxyImage !== undefined) {
    idle('proxyImage', 'the manager authenticates readers itself: there is no sidecar');
  }
}

function checkPod({ manager }: BalancerOperatorModel, spec: BalancerOperatorSpec, problems: Problems): void {
  checkResources(spec.resources, '/spec/resources', problems);
  checkTolerations(manager.tolerations, '/spec/tolerations', problems);
}

function checkLists({ watchNamespaces, userRoles }: BalancerOperatorModel, _: unknown, problems: Problems): void {
  const lists: Readonly<Record<string, readonly string[]>> = { watchNamespaces, userRoles };
  for (const [field, names] of Object.entries(lists)) {
    names.forEach((name, index) => {
      if (names.indexOf(name) === index) return;
      problems.add('BAL3001', `/spec/${field}/${index}`, `"${name}" is named twice`);
    });
  }
}
