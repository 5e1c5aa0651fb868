import { ALIBABA_CONTROLLER_NAMES as NAMES } from '../model/alibaba-controllers/alibaba-load-balancer-controller';
import { defined, fieldOf, flagsOf, itemsAt, textAt } from './field';
import { cloudConfigIn } from './import-cloud-config';
import { commandOf } from './import-command';
import { podFieldsOf } from './import-pod';
import type { FoundObject } from './read-objects';
import { blank, type Recognised } from './recognised';

/** The program, as the Dockerfile of 000 and its source call it. */
const PROGRAMS = ['load-balancer-controller', 'load-balancer-controller-manager'];

/** The program's own: PROGRAM_DEFAULTS says where it was read. The document sets both flags otherwise, and so do we without these. */
const LEASE_NAME = 'ccm';
const CONFIGURES_ROUTES = 'true';

const CLUSTER_CIDR = {
  path: '/spec/clusterCIDR',
  reason: 'the network of the Pods: no flag says it, and the program configures routes unless a flag says otherwise',
};

/** The objects of 000's controller, found by its command. */
export function importLoadBalancerController(objects: readonly FoundObject[]): readonly Recognised[] {
  return objects.flatMap((found) => {
    const container = itemsAt(found.object, 'spec', 'template', 'spec', 'containers')[0];
    const command = commandOf(container, PROGRAMS);
    if (fieldOf(found.object, 'kind') !== 'Deployment' || command === undefined) return [];
    return [recognise(found, container, flagsOf(command.words), objects)];
  });
}

function recognise(
  deployment: FoundObject,
  container: unknown,
  flags: ReadonlyMap<string, string>,
  objects: readonly FoundObject[],
): Recognised {
  const namespace = textAt(deployment.object, 'metadata', 'namespace');
  const others = objects.filter(({ object }) => belongs(object));
  const config = others.find(({ object }) => object.kind === 'ConfigMap');
  const cloudConfig = cloudConfigIn(textAt(config?.object, 'data', 'cloud-config.conf') ?? '', 'controller');
  return {
    spec: {
      apiVersion: 'cdk8s-balancer.dev/v1alpha1',
      kind: 'AlibabaLoadBalancerController',
      metadata: { name: flags.get('leader-elect-resource-name') ?? 'alb', ...(namespace && { namespace }) },
      spec: defined({
        profile: 'upstream',
        image: textAt(container, 'image'),
        imagePullPolicy: textAt(container, 'imagePullPolicy'),
        credentials: { secret: { name: 'alibaba-access-key' } },
        controllers: flags.get('controllers')?.split(','),
        cloudConfig: Object.keys(cloudConfig).length === 0 ? undefined : cloudConfig,
        ...flagFields(flags),
        replicas: fieldOf(deployment.object, 'spec', 'replicas'),
        ...podFieldsOf(deployment.object, container),
      }),
    },
    consumed: [...others, deployment],
    missing: [
      { path: '/spec/credentials/secret', reason: 'the Secret with the keys, which you make' },
      ...(configuresRoutes(flags) && !flags.has('cluster-cidr') ? [CLUSTER_CIDR] : []),
    ],
  };
}

/** What the flags say; a flag that is not there is written with what the program takes without it, where our default is another. */
function flagFields(flags: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  return defined({
    configureCloudRoutes: configuresRoutes(flags),
    clusterCIDR: flags.get('cluster-cidr') ?? (configuresRoutes(flags) ? blank('CLUSTER_CIDR') : undefined),
    leaderElection: defined({
      enabled: booleanOf(flags.get('leader-elect')),
      resourceName: flags.get('leader-elect-resource-name') ?? LEASE_NAME,
      leaseDurationSeconds: secondsOf(flags.get('leader-elect-lease-duration')),
      renewDeadlineSeconds: secondsOf(flags.get('leader-elect-renew-deadline')),
      retryPeriodSeconds: secondsOf(flags.get('leader-elect-retry-period')),
    }),
    network: flags.get('network'),
    dryRun: booleanOf(flags.get('dry-run')),
    metricsPort: portOf(flags.get('metrics-bind-addr')),
    healthProbePort: portOf(flags.get('health-probe-bind-addr')),
    kubeApiQps: numberOf(flags.get('kube-api-qps')),
    kubeApiBurst: numberOf(flags.get('kube-api-burst')),
    logVerbosity: numberOf(flags.get('v')),
  });
}

function configuresRoutes(flags: ReadonlyMap<string, string>): boolean {
  return (flags.get('configure-cloud-routes') ?? CONFIGURES_ROUTES) === 'true';
}

function booleanOf(text: string | undefined): boolean | undefined {
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** An address on all interfaces, or nothing for one that a spec cannot say; `0` turns the metrics off. */
function portOf(text: string | undefined): number | undefined {
  return numberOf(/^(?:0\.0\.0\.0)?:(\d+)$/.exec(text ?? '')?.[1] ?? (text === '0' ? '0' : undefined));
}

/** Whole seconds of a duration such as 1m30s: the spec has no others. */
function secondsOf(text: string | undefined): number | undefined {
  const [, hours, minutes, seconds] = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s)?$/.exec(text ?? '') ?? [];
  const parts = [hours, minutes, seconds];
  if (parts.every((part) => part === undefined)) return undefined;
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

function belongs(object: unknown): boolean {
  const name = textAt(object, 'metadata', 'name');
  switch (fieldOf(object, 'kind')) {
    case 'ClusterRole':
    case 'ClusterRoleBinding':
      return name === NAMES.clusterRole;
    case 'ServiceAccount':
      return name === NAMES.controller;
    case 'ConfigMap':
      return name === NAMES.config;
    default:
      return false;
  }
}
