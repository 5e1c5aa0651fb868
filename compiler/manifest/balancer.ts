import type { Report } from '../diagnostics';
import type { BackendModel, BalancerModel } from '../model/balancer';
import { BALANCER_NAME_LABEL, CONFIG_HASH_ANNOTATION, configMapName, deploymentName } from '../model/names';
import { findsResolver, renderNginxConf } from '../render/nginx';
import { renderTemplate } from '../render/template';
import type { SpecDocument } from '../spec/document';
import { type Rendered, stemOf } from './artefact';
import { CONFIG_MAP_BYTES, configMap, type Files, filesHash } from './config-map';
import { disruptionBudget } from './disruption-budget';
import type {
  ConfigMap,
  Deployment,
  KubernetesObject,
  Metadata,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
} from './k8s';
import { networkPolicy } from './network-policy';
import { proxyDeployment } from './proxy-deployment';
import { service } from './service';

/** The files that nginx is given, by name. */
export function balancerFiles(model: BalancerModel): Files {
  return { 'nginx.conf': renderNginxConf(model) };
}

/** What a Balancer becomes; undefined where its configuration does not fit into a ConfigMap. */
export function renderBalancer(model: BalancerModel, document: SpecDocument, report: Report): Rendered | undefined {
  const files = balancerFiles(model);
  const bytes = Buffer.byteLength(files['nginx.conf'] ?? '');
  if (bytes > CONFIG_MAP_BYTES) {
    const message = `nginx.conf of Balancer "${model.name}" has ${bytes} bytes, a ConfigMap holds ${CONFIG_MAP_BYTES}`;
    report({ code: 'BAL4001', message, location: document.locate('/spec') });
    return undefined;
  }
  const stem = stemOf('Balancer', 'exposer.hliangzhao.io', model.name, model.namespace);
  return { stem, objects: balancerManifests(model, files), files };
}

/** Every object of a Balancer, in the order in which to apply them: backends come before the proxy that dials them. */
export function balancerManifests(model: BalancerModel, files: Files): KubernetesObject[] {
  const objects: (KubernetesObject | undefined)[] = [
    ...model.backends.map((backend) => backendService(model, backend)),
    frontendService(model),
    balancerConfigMap(model, files),
    balancerDeployment(model, files),
    balancerDisruptionBudget(model),
    balancerNetworkPolicy(model),
  ];
  return objects.filter((object) => object !== undefined);
}

/** The Service of a backend that is Pods; undefined for one that exists elsewhere. */
export function backendService(model: BalancerModel, { target }: BackendModel): Service | undefined {
  if (target.kind !== 'pods') return undefined;
  return service({
    metadata: { ...metadataOf(model, target.serviceName, 'backend', selectorOf(model)) },
    selector: target.selector,
    ports: model.ports.map(({ name, protocol, port, targetPort }) => ({
      name: name || undefined,
      protocol,
      port,
      targetPort,
    })),
  });
}

/** The Service that clients talk to. It must not bear the label of the Balancer: the original controller deletes strangers that do. */
export function frontendService(model: BalancerModel): Service {
  const { annotations, ...policy } = model.service;
  return service({
    metadata: { ...metadataOf(model, model.name, 'frontend', {}), annotations },
    selector: selectorOf(model),
    ports: model.ports.map(({ name, protocol, port, nodePort }) => ({
      name: name || undefined,
      protocol,
      port,
      nodePort,
    })),
    ...policy,
  });
}

/** The ConfigMap with nginx.conf. */
export function balancerConfigMap(model: BalancerModel, files: Files): ConfigMap {
  return configMap(metadataOf(model, configMapName(model.name), 'proxy', {}), files);
}

/** The Deployment of nginx: it rolls exactly when the files change, or the Pod itself. */
export function balancerDeployment(model: BalancerModel, files: Files): Deployment {
  const { nginx } = model;
  const selector = selectorOf(model);
  const metadata = metadataOf(model, deploymentName(model.name), 'proxy', selector);
  return proxyDeployment({
    metadata,
    profile: model.profile,
    selector,
    podLabels: metadata.labels ?? selector,
    podAnnotations: { [CONFIG_HASH_ANNOTATION]: filesHash(files) },
    configMapName: configMapName(model.name),
    pod: model.pod,
    nginxVersion: nginx.version,
    ports: model.ports,
    healthPort: nginx.healthPort,
    drainSeconds: nginx.drainSeconds,
    preparation: preparationOf(model),
  });
}

/** A budget for evictions; undefined where there is one Pod only, which a budget would pin to its node. */
export function balancerDisruptionBudget(model: BalancerModel): PodDisruptionBudget | undefined {
  if (model.profile === 'upstream' || model.pod.replicas < 2) return undefined;
  return disruptionBudget(metadataOf(model, deploymentName(model.name), 'proxy', {}), selectorOf(model));
}

/** The NetworkPolicy of the proxy, where the spec asks for one. */
export function balancerNetworkPolicy(model: BalancerModel): NetworkPolicy | undefined {
  if (model.networkPolicy === undefined) return undefined;
  return networkPolicy(model, metadataOf(model, deploymentName(model.name), 'proxy', {}), selectorOf(model));
}

/** What an init container does: find the name server, or wait until every name that nginx reads at its start resolves. */
function preparationOf(model: BalancerModel): { name: string; script: string } | undefined {
  if (findsResolver(model)) {
    const script = renderTemplate('nginx/find-resolver.sh', { path: '/run/nginx/resolver.conf' });
    return { name: 'find-resolver', script };
  }
  const hosts = model.backends.filter(({ target }) => target.kind !== 'address').map(({ target }) => target.host);
  if (model.nginx.followsNames || hosts.length === 0) return undefined;
  return { name: 'wait-for-backends', script: renderTemplate('nginx/wait-for-backends.sh', { hosts }) };
}

function selectorOf({ name }: BalancerModel): Readonly<Record<string, string>> {
  return { [BALANCER_NAME_LABEL]: name };
}

function metadataOf(
  model: BalancerModel,
  name: string,
  component: 'backend' | 'frontend' | 'proxy',
  own: Readonly<Record<string, string>>,
): Metadata {
  const labels =
    model.profile === 'upstream' ? own : { ...model.labels, ...standardLabels(model.name, component), ...own };
  const hasLabels = Object.keys(labels).length > 0;
  return { name, namespace: model.namespace, ...(hasLabels && { labels }) };
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
function standardLabels(instance: string, component: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': 'balancer',
    'app.kubernetes.io/instance': instance,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'cdk8s-balancer',
  };
}
