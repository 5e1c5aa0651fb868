import { ALIBABA_CONTROLLER_NAMES as NAMES } from '../model/alibaba-load-balancer-controller';
import { defined, fieldOf, flagsOf, itemsAt, textAt } from './field';
import { cloudConfigIn } from './import-cloud-config';
import { podFieldsOf } from './import-pod';
import type { FoundObject } from './read-objects';
import type { Recognised } from './recognised';

const PROGRAM = '/load-balancer-controller';

/** The objects of 000's controller, found by its command. */
export function importLoadBalancerController(objects: readonly FoundObject[]): readonly Recognised[] {
  return objects.flatMap((found) => {
    const container = itemsAt(found.object, 'spec', 'template', 'spec', 'containers')[0];
    const command = [...itemsAt(container, 'command'), ...itemsAt(container, 'args')];
    if (fieldOf(found.object, 'kind') !== 'Deployment' || command[0] !== PROGRAM) return [];
    return [recognise(found, container, flagsOf(command), objects)];
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
        configureCloudRoutes: flags.has('configure-cloud-routes')
          ? flags.get('configure-cloud-routes') === 'true'
          : undefined,
        clusterCIDR: flags.get('cluster-cidr'),
        leaderElection: flags.has('leader-elect-resource-name')
          ? { resourceName: flags.get('leader-elect-resource-name') }
          : undefined,
        replicas: fieldOf(deployment.object, 'spec', 'replicas'),
        ...podFieldsOf(deployment.object, container),
      }),
    },
    consumed: [...others, deployment],
    missing: [{ path: '/spec/credentials/secret', reason: 'the Secret with the keys, which you make' }],
  };
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
