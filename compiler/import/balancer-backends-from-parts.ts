import type { PlainObject } from '../spec/leaf-differences';
import type { BalancedPort, ConfBackend } from './backends-in-nginx-conf';
import type { BalancerParts, Fill, Missing } from './balancer-ports-from-parts';
import { defined, fieldOf } from './field';

/** Heavier than anybody's: it is told from a weight that was read. */
export const STAND_IN_WEIGHT = 1_000_000;

type Selector = Readonly<Record<string, unknown>>;

/** The backends of a Balancer and the labels that all of them have in common: from nginx.conf and the backends' Services. */
export function backendsFrom(
  { backends: services }: Pick<BalancerParts, 'backends'>,
  [port]: readonly BalancedPort[],
  fill: Fill,
  missing: Missing,
): { readonly selector?: Selector; readonly backends: readonly object[] } {
  const said = port?.backends ?? [];
  if (said.length === 0) return withoutConf(services, fill, missing);
  const selectors = said.map(({ target }) =>
    target.kind === 'pods' ? selectorIn(services.get(target.backend)) : undefined,
  );
  const shared = sharedLabels(
    said.every(({ target }, index) => target.kind !== 'pods' || selectors[index]) ? selectors : [],
  );
  const backends = said.map((backend, index) => {
    const path = `/spec/backends/${index}`;
    const place = (field: string, reason: string): void => void missing.push({ path: `${path}/${field}`, reason });
    const target = targetFields(backend, without(selectors[index], shared), index, fill, place);
    return { ...target, weight: backend.weight, ...backend.fields };
  });
  return defined({ selector: shared, backends }) as { readonly backends: readonly object[] };
}

function targetFields(
  { target, host }: ConfBackend,
  selector: Selector | undefined,
  index: number,
  fill: Fill,
  place: (field: string, reason: string) => void,
): object {
  if (target.kind === 'pods') {
    if (selector === undefined) place('selector', `the labels of the Pods behind backend "${target.backend}"`);
    return { name: target.backend, ...selectorField(selector ?? blankSelector(index, fill)) };
  }
  place('name', `"${host}" has no name as a backend`);
  const name = fill(`BACKEND_${index + 1}`, `backend-${index + 1}`);
  if (target.kind === 'address') return { name, address: target.address };
  const { kind: _, ...service } = target;
  return { name, service };
}

function selectorField(selector: Selector): object {
  return Object.keys(selector).length === 0 ? {} : { selector };
}

/** The key is an example, too. */
function blankSelector(index: number, fill: Fill): Selector {
  return { app: fill(`APP_${index + 1}`, `placeholder-${index + 1}`) };
}

/** Services alone: nobody says the weights. */
function withoutConf(
  services: ReadonlyMap<string, PlainObject>,
  fill: Fill,
  missing: Missing,
): { readonly backends: readonly object[] } {
  const names = services.size === 0 ? [undefined] : [...services.keys()];
  const backends = names.map((name, index) => {
    const path = `/spec/backends/${index}`;
    const selector = name === undefined ? undefined : selectorIn(services.get(name));
    if (name === undefined) missing.push({ path: `${path}/name`, reason: 'no file says which backends there are' });
    if (selector === undefined) missing.push({ path: `${path}/selector`, reason: 'the labels of the Pods behind it' });
    missing.push({ path: `${path}/weight`, reason: 'nginx.conf has it' });
    return {
      name: name ?? fill('BACKEND_1', 'placeholder'),
      ...selectorField(selector ?? blankSelector(index, fill)),
      weight: fill(`WEIGHT_${index + 1}`, STAND_IN_WEIGHT),
    };
  });
  return { backends };
}

/** The selector of a Service; nothing where it selects no Pods. */
function selectorIn(service: PlainObject | undefined): Selector | undefined {
  const selector = fieldOf(service, 'spec', 'selector');
  const isThere = typeof selector === 'object' && selector !== null && Object.keys(selector).length > 0;
  return isThere ? (selector as Selector) : undefined;
}

/** Labels that all selectors have; nothing where there are none, or only one selector. */
function sharedLabels(selectors: readonly (Selector | undefined)[]): Selector | undefined {
  const [first = {}, ...others] = selectors.filter((selector) => selector !== undefined);
  const shared =
    others.length === 0
      ? []
      : Object.entries(first).filter(([key, value]) => others.every((one) => one[key] === value));
  return shared.length === 0 ? undefined : Object.fromEntries(shared);
}

function without(selector: Selector | undefined, shared: Selector = {}): Selector | undefined {
  return selector && Object.fromEntries(Object.entries(selector).filter(([key]) => !Object.hasOwn(shared, key)));
}
