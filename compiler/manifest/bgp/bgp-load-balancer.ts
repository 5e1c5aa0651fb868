import type { Report } from '../../diagnostics';
import type { BgpLoadBalancerModel } from '../../model/bgp/bgp-load-balancer';
import { BGP_NAMES, type BgpComponent, bgpLabels, DAEMON_SELECTOR, SPEAKER_SELECTOR } from '../../model/bgp/bgp-names';
import { speakerFiles } from '../../render/gobgp';
import { steeringFiles } from '../../render/steering';
import { switchFiles } from '../../render/switch';
import type { SpecDocument } from '../../spec/document';
import { type Rendered, stemOf } from '../artefact';
import { disruptionBudget } from '../balancer/disruption-budget';
import { CONFIG_MAP_BYTES, configMap, type Files } from '../config-map';
import type { ConfigMap, KubernetesObject, Metadata, PolicyRule } from '../k8s';
import { clusterRole, clusterRoleBinding, serviceAccount } from '../rbac';
import { externalIPPolicy } from './external-ip-policy';
import { speakerService, speakerStatefulSet } from './speaker-stateful-set';
import { steeringDaemonSet } from './steering-daemon-set';

/** The configurations along the path. */
export interface BgpFiles {
  /** What a speaker mounts. */
  readonly speaker: Files;
  /** What the daemon of a worker mounts; empty for the original's, which makes its own rules. */
  readonly steering: Files;
  /** What each switch is told: `switches/<name>/<file>`. */
  readonly switches: Files;
}

/** Renders the configurations of speakers, workers and switches. */
export function bgpFiles(model: BgpLoadBalancerModel): BgpFiles {
  return {
    speaker: speakerFiles(model),
    steering: model.profile === 'hardened' ? steeringFiles(model) : {},
    switches: switchFiles(model),
  };
}

/** The same by path, or nothing and a diagnostic where they do not fit into a ConfigMap. */
export function checkedBgpFiles(
  model: BgpLoadBalancerModel,
  document: SpecDocument,
  report: Report,
): Files | undefined {
  const files = bgpFiles(model);
  return fitsConfigMaps(model, files, document, report) ? filesByPath(files) : undefined;
}

/** What a BgpLoadBalancer becomes; undefined where its files do not fit into a ConfigMap. */
export function renderBgpLoadBalancer(
  model: BgpLoadBalancerModel,
  document: SpecDocument,
  report: Report,
): Rendered | undefined {
  const files = bgpFiles(model);
  if (!fitsConfigMaps(model, files, document, report)) return undefined;
  const stem = stemOf('BgpLoadBalancer', 'cdk8s-balancer.dev', model.name, model.namespace);
  return { stem, objects: bgpLoadBalancerManifests(model, files), files: filesByPath(files) };
}

function fitsConfigMaps(
  { name }: BgpLoadBalancerModel,
  files: BgpFiles,
  { locate }: SpecDocument,
  report: Report,
): boolean {
  const maps = [
    { mapName: BGP_NAMES.speakerConfig, data: files.speaker },
    { mapName: BGP_NAMES.steeringRules, data: files.steering },
  ];
  const tooLarge = maps.filter(({ mapName, data }) => {
    const bytes = Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (bytes <= CONFIG_MAP_BYTES) return false;
    const message = `${mapName} of BgpLoadBalancer "${name}" has ${bytes} bytes, a ConfigMap holds ${CONFIG_MAP_BYTES}`;
    report({ code: 'BAL4001', message, location: locate('/spec') });
    return true;
  });
  return tooLarge.length === 0;
}

function filesByPath({ speaker, steering, switches }: BgpFiles): Files {
  const below = (folder: string, files: Files): [string, string][] =>
    Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]);
  return Object.fromEntries([...below('speakers', speaker), ...below('nodes', steering), ...Object.entries(switches)]);
}

/** Every object of a BgpLoadBalancer, in the order in which to apply them: what a Pod needs comes before it. */
export function bgpLoadBalancerManifests(model: BgpLoadBalancerModel, files: BgpFiles): KubernetesObject[] {
  const { speaker, daemon, headlessService, externalIPPolicy: policy } = BGP_NAMES;
  return [
    serviceAccount(partMetadata(model, 'speaker', speaker)),
    serviceAccount(partMetadata(model, 'steering', daemon)),
    ...permissions(model),
    ...configMaps(model, files),
    ...externalIPPolicy(model, clusterScoped(partMetadata(model, 'admission', policy))),
    speakerService(model, partMetadata(model, 'speaker', headlessService, SPEAKER_SELECTOR)),
    speakerStatefulSet(
      model,
      partMetadata(model, 'speaker', speaker, SPEAKER_SELECTOR),
      podLabels(model, 'speaker', SPEAKER_SELECTOR),
      files.speaker,
    ),
    ...budgets(model),
    steeringDaemonSet(
      model,
      partMetadata(model, 'steering', daemon),
      podLabels(model, 'steering', DAEMON_SELECTOR),
      files.steering,
    ),
  ];
}

/**
 * What the original's programs watch. In profile hardened neither program talks to the API server: no role, and no token.
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
 */
function permissions(model: BgpLoadBalancerModel): KubernetesObject[] {
  if (model.profile === 'hardened') return [];
  return [
    ...permission(model, 'speaker', BGP_NAMES.speaker, [
      watching('', 'endpoints', 'nodes', 'services'),
      watching('discovery.k8s.io', 'endpointslices'),
    ]),
    ...permission(model, 'steering', BGP_NAMES.daemon, [watching('', 'services')]),
  ];
}

function watching(apiGroup: string, ...resources: string[]): PolicyRule {
  return { apiGroups: [apiGroup], resources, verbs: ['get', 'list', 'watch'] };
}

function permission(
  model: BgpLoadBalancerModel,
  component: BgpComponent,
  name: string,
  rules: readonly PolicyRule[],
): KubernetesObject[] {
  const metadata = partMetadata(model, component, name);
  return [clusterRole(metadata, rules), clusterRoleBinding(metadata, name, [{ name, namespace: model.namespace }])];
}

function configMaps(model: BgpLoadBalancerModel, { speaker, steering }: BgpFiles): ConfigMap[] {
  const { switchAddress, inRoutingTable, deployModel } = model.steering;
  const settings = { SWITCH: switchAddress, IN_ROUTING_TABLE: String(inRoutingTable), DEPLOY_MODEL: deployModel };
  const rules = partMetadata(model, 'steering', BGP_NAMES.steeringRules);
  return [
    configMap(partMetadata(model, 'speaker', BGP_NAMES.speakerConfig), speaker),
    configMap(partMetadata(model, 'steering', BGP_NAMES.steeringConfig), settings),
    ...(model.profile === 'hardened' ? [configMap(rules, steering)] : []),
  ];
}

/** A drain of the masters takes one speaker at a time. A budget for a single one would pin it to its node. */
function budgets(model: BgpLoadBalancerModel): KubernetesObject[] {
  if (model.profile === 'upstream' || model.speakers.replicas < 2) return [];
  return [disruptionBudget(partMetadata(model, 'speaker', BGP_NAMES.speaker), SPEAKER_SELECTOR)];
}

/** The metadata of one part: the user's labels and ours in profile hardened, the original's in upstream. */
function partMetadata(
  model: BgpLoadBalancerModel,
  component: BgpComponent,
  name: string,
  own: Readonly<Record<string, string>> = {},
): Metadata {
  const labels = model.profile === 'upstream' ? own : { ...model.labels, ...bgpLabels(model.name, component), ...own };
  return { name, namespace: model.namespace, ...(Object.keys(labels).length > 0 && { labels }) };
}

function clusterScoped({ namespace: _, ...metadata }: Metadata): Metadata {
  return metadata;
}

/** Labels of Pods. The user's own are not among them: a Service could select them. */
function podLabels(
  { profile, name }: BgpLoadBalancerModel,
  component: BgpComponent,
  selector: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return profile === 'upstream' ? selector : { ...bgpLabels(name, component), ...selector };
}
