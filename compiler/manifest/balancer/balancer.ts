import type { Report } from '../../diagnostics';
import type { BackendModel, BalancerModel, Profile } from '../../model/balancer/balancer';
import {
  BALANCER_NAME_LABEL,
  CONFIG_HASH_ANNOTATION,
  configMapName,
  deploymentName,
  proxyPodLabels,
  standardLabels,
} from '../../model/values/names';
import { findsResolver, renderNginxConf } from '../../render/nginx';
import { renderTemplate } from '../../render/template';
import type { SpecDocument } from '../../spec/document';
import { type Rendered, stemOf } from '../artefact';
import { CONFIG_MAP_BYTES, configMap, type Files, filesHash } from '../config-map';
import type { ConfigMap, KubernetesObject, Metadata, NetworkPolicy, PodDisruptionBudget } from '../k8s';
import { type ServiceProps, service } from '../service';
import { balancerResource } from './balancer-resource';
import { disruptionBudget } from './disruption-budget';
import { type ProxyDeploymentProps, proxyDeployment } from './proxy-deployment';
import { proxyNetworkPolicy } from './proxy-network-policy';

/** The files that nginx is given, by name. */
function balancerFiles(model: BalancerModel): Files {
  return { 'nginx.conf': renderNginxConf(model) };
}

/** The same, or nothing and a diagnostic where they do not fit into a ConfigMap. */
export function checkedFiles(model: BalancerModel, document: SpecDocument, report: Report): Files | undefined {
  const files = balancerFiles(model);
  const bytes = Buffer.byteLength(files['nginx.conf'] ?? '');
  if (bytes <= CONFIG_MAP_BYTES) return files;
  const message = `nginx.conf of Balancer "${model.name}" has ${bytes} bytes, a ConfigMap holds ${CONFIG_MAP_BYTES}`;
  report({ code: 'BAL4001', message, location: document.locate('/spec') });
  return undefined;
}

/** What a Balancer becomes; undefined where `checkedFiles` is. */
export function renderBalancer(model: BalancerModel, document: SpecDocument, report: Report): Rendered | undefined {
  if (model.resource !== undefined) {
    return { stem: balancerStem(model), objects: [balancerResource(model, model.resource)], files: {} };
  }
  const files = checkedFiles(model, document, report);
  if (files === undefined) return undefined;
  return { stem: balancerStem(model), objects: balancerManifests(model, files), files };
}

/** The first part of the paths of a Balancer's artefacts. */
function balancerStem({ name, namespace }: Pick<BalancerModel, 'name' | 'namespace'>): string {
  return stemOf('Balancer', 'exposer.hliangzhao.io', name, namespace);
}

/** Every object of a Balancer, in the order in which to apply them: backends come before the proxy that dials them. */
function balancerManifests(model: BalancerModel, files: Files): KubernetesObject[] {
  const objects: (KubernetesObject | undefined)[] = [
    ...model.backends.flatMap((backend) => backendService(model, backend) ?? []).map(service),
    service(frontendService(model)),
    balancerConfigMap(model, files),
    proxyDeployment(balancerDeployment(model, files)),
    balancerDisruptionBudget(model),
    balancerNetworkPolicy(model),
  ];
  return objects.filter((object) => object !== undefined);
}

/** The Service of a backend that is Pods; undefined for one that exists elsewhere. */
export function backendService(model: BalancerModel, { target }: BackendModel): ServiceProps | undefined {
  if (target.kind !== 'pods') return undefined;
  return {
    metadata: partMetadata(model, 'backend', target.serviceName),
    selector: target.selector,
    ports: model.ports.map(({ name, protocol, port, targetPort }) => ({
      name: name || undefined,
      protocol,
      port,
      targetPort,
    })),
  };
}

/** The Service that clients talk to. */
export function frontendService(model: BalancerModel): ServiceProps {
  const { annotations, ...policy } = model.service;
  return {
    metadata: { ...partMetadata(model, 'frontend', model.name), annotations },
    selector: selectorOf(model),
    ports: model.ports.map(({ name, protocol, port, nodePort }) => ({
      name: name || undefined,
      protocol,
      port,
      nodePort,
    })),
    ...policy,
    ipFamilies: model.ipFamilies,
  };
}

/** The ConfigMap with nginx.conf. */
function balancerConfigMap(model: BalancerModel, files: Files): ConfigMap {
  return configMap(partMetadata(model, 'config', configMapName(model.name)), files);
}

/** The Deployment of nginx: it rolls exactly when the files change, or the Pod itself. */
export function balancerDeployment(model: BalancerModel, files: Files): ProxyDeploymentProps {
  const { nginx } = model;
  const selector = selectorOf(model);
  const metadata = partMetadata(model, 'proxy', deploymentName(model.name));
  return {
    metadata,
    profile: model.profile,
    selector,
    podLabels: proxyPodLabels(model.name, model.profile),
    podAnnotations: { [CONFIG_HASH_ANNOTATION]: filesHash(files) },
    configMapName: configMapName(model.name),
    pod: model.pod,
    nginxVersion: nginx.version,
    ports: model.ports,
    healthPort: nginx.healthPort,
    drainSeconds: nginx.drainSeconds,
    preparation: preparationOf(model),
  };
}

/** A budget for evictions; undefined where there is one Pod only, which a budget would pin to its node. */
export function balancerDisruptionBudget(model: BalancerModel): PodDisruptionBudget | undefined {
  if (!hasDisruptionBudget(model.profile, model.pod.replicas)) return undefined;
  return disruptionBudget(partMetadata(model, 'policy', deploymentName(model.name)), selectorOf(model));
}

/** Whether a proxy gets a budget for evictions. */
export function hasDisruptionBudget(profile: Profile, replicas: number): boolean {
  return profile === 'hardened' && replicas > 1;
}

/** The NetworkPolicy of the proxy, where the spec asks for one. */
export function balancerNetworkPolicy(model: BalancerModel): NetworkPolicy | undefined {
  if (model.networkPolicy === undefined) return undefined;
  return proxyNetworkPolicy(model, partMetadata(model, 'policy', deploymentName(model.name)), selectorOf(model));
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

function selectorOf({ name }: BalancerIdentity): Readonly<Record<string, string>> {
  return { [BALANCER_NAME_LABEL]: name };
}

/** What the metadata of a part depends on. */
export type BalancerIdentity = Pick<BalancerModel, 'profile' | 'name' | 'namespace' | 'labels'>;

/** The parts of a Balancer: their component label, and whether they bear the label of the Balancer. */
const PARTS = {
  backend: { component: 'backend', marked: true },
  // The original controller deletes Services with its label that it does not know as backends.
  frontend: { component: 'frontend', marked: false },
  config: { component: 'proxy', marked: false },
  proxy: { component: 'proxy', marked: true },
  policy: { component: 'proxy', marked: false },
} as const;

/** The metadata of one part of a Balancer: the user's labels and ours in profile hardened, the original's in upstream. */
export function partMetadata(owner: BalancerIdentity, part: keyof typeof PARTS, name: string): Metadata {
  const { component, marked } = PARTS[part];
  const own = marked ? selectorOf(owner) : {};
  const labels =
    owner.profile === 'upstream' ? own : { ...owner.labels, ...standardLabels(owner.name, component), ...own };
  return { name, namespace: owner.namespace, ...(Object.keys(labels).length > 0 && { labels }) };
}
