import type { AlibabaClb, AlibabaNlb } from '../../spec/generated/load-balancer-service';
import type { Problems } from '../problems';
import { addressProblem } from '../values/ip-address';
import { type AlibabaProduct, PROVIDER_FIELD, valueAt } from './alibaba-service';
import { EXCLUSIONS, type Exclusion, NEEDS, type Need } from './alibaba-service-rules';

/** What must hold between the fields of a provider, whatever the ports are. */
export function checkAlibabaSettings(
  product: AlibabaProduct,
  settings: AlibabaClb | AlibabaNlb,
  problems: Problems,
): void {
  const pointer = (path: string): string => pointerOf(product, path);
  for (const need of NEEDS[product]) checkNeed(settings, need, pointer, problems);
  for (const exclusion of EXCLUSIONS[product]) checkExclusion(settings, exclusion, pointer, problems);
  checkOverride(settings, pointer, problems);
  if (product === 'clb') checkClb(settings as AlibabaClb, pointer, problems);
  else checkNlb(settings as AlibabaNlb, pointer, problems);
}

/** The JSON pointer of a field of the provider. */
export function pointerOf(product: AlibabaProduct, path: string): string {
  return `/spec/provider/${PROVIDER_FIELD[product]}/${path.replaceAll('.', '/')}`;
}

type Pointer = (path: string) => string;

const quoted = (values: readonly unknown[]): string => values.map((value) => ` "${String(value)}"`).join(' or');

/** A field, or a value of it, as messages name it. */
function named(field: string, value: unknown): string {
  return value === undefined ? field : `${field} "${String(value)}"`;
}

/** The group that a field switches on: a group that is there is on, so that the spec may not have the field. */
export function groupOf(field: string): string | undefined {
  return field.endsWith('.enabled') ? field.slice(0, -'.enabled'.length) : undefined;
}

function applies(settings: object, { field, value }: Pick<Need, 'field' | 'value'>): boolean {
  const found = valueAt(settings, field);
  return found !== undefined && (value === undefined || found === value);
}

function checkNeed(settings: object, need: Need, pointer: Pointer, problems: Problems): void {
  if (!applies(settings, need)) return;
  const { field, value, needs, among } = need;
  const other = valueAt(settings, needs);
  if (other !== undefined && (among === undefined || among.includes(other as string | boolean))) return;
  const group = groupOf(field);
  const message = `${group ?? named(field, value)} needs ${needs}${quoted(among ?? [])}`;
  problems.add('BAL3134', pointer(group ?? field), message);
}

function checkExclusion(settings: object, exclusion: Exclusion, pointer: Pointer, problems: Problems): void {
  if (!applies(settings, exclusion)) return;
  const { field, value, excludes, among } = exclusion;
  const other = valueAt(settings, excludes);
  if (other === undefined || (among !== undefined && !among.includes(other as string | boolean))) return;
  const message = `${named(field, value)} does not go with ${named(excludes, among && other)}`;
  problems.add('BAL3135', pointer(field), message, [
    { message: 'the other one is here', location: problems.locate(pointer(excludes)) },
  ]);
}

/** Source: docs/usage.md, "force to overwrite its listener": "this might delete the existing listeners". */
function checkOverride(settings: AlibabaClb | AlibabaNlb, pointer: Pointer, problems: Problems): void {
  const { forceOverrideListeners = false, acknowledgeListenerLoss = false, id } = settings;
  if (forceOverrideListeners && !acknowledgeListenerLoss) {
    const message = `the listeners of "${id ?? ''}" on the ports of the service would be destroyed`;
    problems.add('BAL3136', pointer('forceOverrideListeners'), message);
  }
  if (acknowledgeListenerLoss && !forceOverrideListeners) {
    const message = 'acknowledgeListenerLoss is for forceOverrideListeners "true"';
    problems.add('BAL3026', pointer('acknowledgeListenerLoss'), message);
  }
}

function checkClb({ address, healthCheck = {} }: AlibabaClb, pointer: Pointer, problems: Problems): void {
  if (address !== undefined) checkIPv4(address, pointer('address'), problems);
  const { connectPort, intervalSeconds } = healthCheck;
  if (connectPort !== undefined && connectPort < 1 && connectPort !== -520) {
    const message = `"${connectPort}" is neither -520 nor between 1 and 65535`;
    problems.add('BAL2005', pointer('healthCheck.connectPort'), message);
  }
  for (const field of ['connectTimeoutSeconds', 'timeoutSeconds'] as const) {
    const seconds = healthCheck[field];
    if (seconds === undefined || intervalSeconds === undefined || seconds >= intervalSeconds) continue;
    const message = `"${seconds}" seconds are less than intervalSeconds "${intervalSeconds}"`;
    problems.add('BAL3137', pointer(`healthCheck.${field}`), message);
  }
}

function checkNlb({ id, zoneMaps = [] }: AlibabaNlb, pointer: Pointer, problems: Problems): void {
  if (id === undefined && zoneMaps.length === 0) {
    problems.add('BAL3134', pointer('zoneMaps'), 'a new instance needs zoneMaps');
  }
  zoneMaps.forEach(({ zone, privateAddress }, index) => {
    const first = zoneMaps.findIndex((other) => other.zone === zone);
    if (first !== index) {
      problems.add('BAL3138', pointer(`zoneMaps.${index}.zone`), `"${zone}" is named twice`, [
        { message: 'first named here', location: problems.locate(pointer(`zoneMaps.${first}.zone`)) },
      ]);
    }
    if (privateAddress !== undefined) checkIPv4(privateAddress, pointer(`zoneMaps.${index}.privateAddress`), problems);
  });
}

function checkIPv4(address: string, pointer: string, problems: Problems): void {
  const problem = addressProblem(address);
  if (problem !== undefined) problems.add('BAL3016', pointer, `"${address}" ${problem}`);
}
