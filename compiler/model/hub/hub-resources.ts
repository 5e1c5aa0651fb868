import type { HubResource } from '../../spec/generated/reconciler-hub';
import { nearest } from '../../spec/nearest';
import { validate } from '../../spec/validate';
import type { ApiResourceModel } from '../api-resource/api-resource';
import { resolveApiResource } from '../api-resource/resolve-api-resource';
import { API_RESOURCES } from '../api-resources';
import type { Neighbours } from '../neighbours';
import type { Problems } from '../problems';
import type { NamedResource } from './reconciler-hub';

/** Looks up what a hub names: its fleet, and what is wrong with the names. */
export interface ResourceFinder {
  readonly neighbours: Neighbours;
  readonly problems: Problems;
}

/** An ApiResource of the fleet by its name. Where it is found but broken, its own document tells. */
export function findApiResource(
  name: string,
  pointer: string,
  { neighbours, problems }: ResourceFinder,
): ApiResourceModel | 'broken' | undefined {
  const document = neighbours.find('ApiResource', name);
  if (document === undefined) {
    const guess = nearest(name, neighbours.names('ApiResource'));
    const question = guess === undefined ? '' : `; did you mean "${guess}"?`;
    problems.add('BAL3260', pointer, `ApiResource "${name}" is not in the fleet${question}`);
    return undefined;
  }
  const silent = (): void => undefined;
  const checked = validate(document, silent);
  const model =
    checked?.kind === 'ApiResource' ? resolveApiResource(checked.content, document, silent, neighbours) : undefined;
  return model ?? 'broken';
}

/** What one entry of owns, watches or reads names. */
export function resolveResource(
  entry: HubResource,
  pointer: string,
  finder: ResourceFinder,
): NamedResource | 'broken' | undefined {
  const { apiResource, group, resource, scope } = entry;
  const add = (message: string): undefined => void finder.problems.add('BAL3261', pointer, message);
  if (apiResource === undefined) {
    if (group === undefined || resource === undefined) return add('the entry names no resource');
    return outsideResource({ group, resource, scope }, pointer, finder.problems);
  }
  const other = Object.entries({ group, resource, scope }).find(([, value]) => value !== undefined)?.[0];
  if (other !== undefined) return add(`"${other}" stands beside apiResource "${apiResource}"`);
  const found = findApiResource(apiResource, `${pointer}/apiResource`, finder);
  return typeof found === 'object' ? namedResource(found, pointer) : found;
}

/** The resource of an ApiResource. */
export function namedResource({ group, plural, scope }: ApiResourceModel, pointer: string): NamedResource {
  return { group, plural, scope, pointer };
}

/** Resources of Kubernetes itself that have no namespace: `kubectl api-resources --namespaced=false`, Kubernetes 1.33. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  '/componentstatuses',
  '/namespaces',
  '/nodes',
  '/persistentvolumes',
  ...(API_RESOURCES.get('admissionregistration.k8s.io') ?? []).map((name) => `admissionregistration.k8s.io/${name}`),
  'apiextensions.k8s.io/customresourcedefinitions',
  'apiregistration.k8s.io/apiservices',
  'certificates.k8s.io/certificatesigningrequests',
  'certificates.k8s.io/clustertrustbundles',
  'flowcontrol.apiserver.k8s.io/flowschemas',
  'flowcontrol.apiserver.k8s.io/prioritylevelconfigurations',
  'networking.k8s.io/ingressclasses',
  'networking.k8s.io/ipaddresses',
  'networking.k8s.io/servicecidrs',
  'node.k8s.io/runtimeclasses',
  'rbac.authorization.k8s.io/clusterrolebindings',
  'rbac.authorization.k8s.io/clusterroles',
  'resource.k8s.io/deviceclasses',
  'resource.k8s.io/resourceslices',
  'scheduling.k8s.io/priorityclasses',
  'storage.k8s.io/csidrivers',
  'storage.k8s.io/csinodes',
  'storage.k8s.io/storageclasses',
  'storage.k8s.io/volumeattachments',
  'storage.k8s.io/volumeattributesclasses',
]);

interface Outside {
  readonly group: string;
  readonly resource: string;
  readonly scope?: NamedResource['scope'];
}

/** A resource of Kubernetes itself, which is known, or of somebody else, who is believed. */
function outsideResource(
  { group, resource, scope }: Outside,
  pointer: string,
  problems: Problems,
): NamedResource | undefined {
  const known = API_RESOURCES.get(group);
  if (known === undefined) {
    const message = `nothing says where "${resource}.${group}" is: "scope" is missing`;
    if (scope === undefined) return void problems.add('BAL3261', `${pointer}/resource`, message);
    return { group, plural: resource, scope, pointer };
  }
  const where = group === '' ? 'the core group' : `"${group}"`;
  if (!known.includes(resource)) {
    const other = [...API_RESOURCES].find(([, names]) => names.includes(resource))?.[0];
    const guess = nearest(resource, known);
    const advice = other !== undefined ? `; it is in "${other}"` : guess ? `; did you mean "${guess}"?` : '';
    problems.add('BAL3262', `${pointer}/resource`, `"${resource}" is no resource of ${where}${advice}`);
    return undefined;
  }
  const own = CLUSTER_SCOPED.has(`${group}/${resource}`) ? 'Cluster' : 'Namespaced';
  if (scope !== undefined && scope !== own) {
    problems.add('BAL3262', `${pointer}/scope`, `"${resource}" of ${where} has scope "${own}", not "${scope}"`);
  }
  return { group, plural: resource, scope: own, pointer };
}
