import type { ApiServerInitialization, CustomApiServerSpec } from '../../spec/generated/custom-api-server';
import type { Problems } from '../problems';
import { INITIALIZATION_ORDER } from './custom-api-server';
import { API_SERVER_FIELD_DEFAULTS } from './custom-api-server-defaults';

type ListName = (typeof INITIALIZATION_ORDER)[number];

/** What the lists of initial objects have in common for the checks. */
interface InitialObject {
  readonly name: string;
  readonly namespace?: string;
  readonly catalog?: string;
  readonly team?: string;
}

/** The lists whose objects are in a namespace. `kubectl -n default get users`; of teams it is our own reading. */
const NAMESPACED: ReadonlySet<ListName> = new Set(['teams', 'users']);

/** Names are unique, and what an initial object names is there. */
export function checkInitialization(_: unknown, { initialization }: CustomApiServerSpec, problems: Problems): void {
  if (initialization === undefined) return;
  const lists = INITIALIZATION_ORDER.filter((list) => (initialization[list] ?? []).length > 0);
  if (lists.length === 0) problems.add('BAL3026', '/spec/initialization', 'initialization has no objects');
  for (const list of lists) {
    const first = new Map<string, number>();
    const objects: readonly InitialObject[] = initialization[list] ?? [];
    objects.forEach((object, index) => {
      const pointer = `/spec/initialization/${list}/${index}`;
      checkDuplicate(identityOf(list, object), index, list, first, problems);
      checkReferences(initialization, list, object, pointer, problems);
    });
  }
}

function namespaceOf({ namespace }: InitialObject): string {
  return namespace ?? API_SERVER_FIELD_DEFAULTS.namespace;
}

function identityOf(list: ListName, object: InitialObject): string {
  return NAMESPACED.has(list) ? `${namespaceOf(object)}/${object.name}` : object.name;
}

function checkDuplicate(
  identity: string,
  index: number,
  list: ListName,
  first: Map<string, number>,
  problems: Problems,
): void {
  const earlier = first.get(identity);
  if (earlier === undefined) {
    first.set(identity, index);
    return;
  }
  const pointer = `/spec/initialization/${list}`;
  problems.add('BAL3001', `${pointer}/${index}/name`, `"${identity}" is defined twice in ${list}`, [
    { message: 'first defined here', location: problems.locate(`${pointer}/${earlier}/name`) },
  ]);
}

function checkReferences(
  { namespaces = [], catalogs = [], teams = [] }: ApiServerInitialization,
  list: ListName,
  object: InitialObject,
  pointer: string,
  problems: Problems,
): void {
  const named = (objects: readonly InitialObject[], name: string): boolean => objects.some((one) => one.name === name);
  const { catalog, team } = object;
  if (catalog !== undefined && !named(catalogs, catalog)) {
    problems.add('BAL3300', `${pointer}/catalog`, `there is no catalog "${catalog}"`);
  }
  if (!NAMESPACED.has(list)) return;
  const namespace = namespaceOf(object);
  if (!named(namespaces, namespace)) {
    const place = object.namespace === undefined ? pointer : `${pointer}/namespace`;
    problems.add('BAL3300', place, `there is no namespace "${namespace}"`);
  }
  const inNamespace = teams.filter((one) => namespaceOf(one) === namespace);
  if (team !== undefined && !named(inNamespace, team)) {
    problems.add('BAL3300', `${pointer}/team`, `there is no team "${team}" in namespace "${namespace}"`);
  }
}
