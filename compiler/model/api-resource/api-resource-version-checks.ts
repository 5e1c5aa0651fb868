import type { ApiResourceSpec, ApiResourceVersion } from '../../spec/generated/api-resource';
import type { Problems } from '../problems';
import type { ApiResourceModel, ApiResourceVersionModel, FieldSchema } from './api-resource';
import { followPath } from './field-path';
import { schemaOf } from './field-schema';

/** Checks what must hold between the versions of a resource, and what points into their schemas. */
export function checkVersions(model: ApiResourceModel, spec: ApiResourceSpec, problems: Problems): void {
  checkStorage(model, spec, problems);
  spec.versions.forEach((version, index) => {
    const pointer = `/spec/versions/${index}`;
    const same = spec.versions.findIndex(({ name }) => name === version.name);
    if (same !== index) problems.add('BAL3001', `${pointer}/name`, `"${version.name}" is named twice`);
    if (version.deprecationWarning !== undefined && version.deprecated !== true) {
      problems.add('BAL3223', `${pointer}/deprecationWarning`, `"${version.name}" is not deprecated`);
    }
    const { status, subresources } = model.versions[index]!;
    if (status !== undefined && subresources.status === undefined) {
      problems.add('BAL3220', `${pointer}/subresources`, `"${version.name}" has a status without the subresource`);
    }
    const root = rootOf(model.versions[index]!, spec.phaseMachine);
    checkColumns(version, root, pointer, problems);
    checkScale(version, root, `${pointer}/subresources/scale`, problems);
  });
}

/** The schema of a whole object; with a machine there is always a phase. */
function rootOf({ spec, status }: ApiResourceVersionModel, machine: string | undefined): FieldSchema {
  const phase = { phase: { type: 'string' } };
  const own = machine === undefined ? status : { ...status, properties: { ...schemaOf(status?.properties), ...phase } };
  const properties = { apiVersion: { type: 'string' }, kind: { type: 'string' }, spec, ...(own && { status: own }) };
  return { type: 'object', properties };
}

function checkStorage({ versions }: ApiResourceModel, spec: ApiResourceSpec, problems: Problems): void {
  const kept = versions.flatMap(({ storage }, index) => (storage ? [index] : []));
  if (kept.length === 0) {
    problems.add('BAL3212', '/spec/versions', 'no version is the storage version');
  }
  for (const index of kept.slice(1)) {
    const message = `"${versions[index]!.name}" and "${versions[kept[0]!]!.name}" are both the storage version`;
    problems.add('BAL3212', `/spec/versions/${index}/storage`, message);
  }
  if (versions.some(({ served }) => served)) return;
  const pointer = spec.versions.length === 1 ? '/spec/versions/0/served' : '/spec/versions';
  problems.add('BAL3212', pointer, 'no version is served');
}

/** Types of values that a column of a type can show. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  integer: ['integer'],
  number: ['integer', 'number'],
  boolean: ['boolean'],
  date: ['date'],
};

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#additional-printer-columns */
function checkColumns(version: ApiResourceVersion, root: FieldSchema, pointer: string, problems: Problems): void {
  const names = (version.printerColumns ?? []).map(({ name }) => name.toLowerCase());
  version.printerColumns?.forEach(({ name, type, jsonPath }, index) => {
    const at = `${pointer}/printerColumns/${index}`;
    if (names.indexOf(name.toLowerCase()) !== index) problems.add('BAL3001', `${at}/name`, `"${name}" is named twice`);
    const end = followPath(jsonPath, root);
    const shown = SHOWN[type];
    if ('fault' in end) problems.add('BAL3218', `${at}/jsonPath`, end.fault);
    else if (shown !== undefined && end.types !== undefined && !end.types.some((one) => shown.includes(one))) {
      problems.add('BAL3218', `${at}/type`, `"${type}" cannot show "${jsonPath}", which is of type "${end.types[0]}"`);
    }
  });
}

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#scale-subresource */
function checkScale(
  { subresources }: ApiResourceVersion,
  root: FieldSchema,
  pointer: string,
  problems: Problems,
): void {
  const scale = subresources?.scale;
  if (scale === undefined) return;
  const wanted = [
    ['specReplicasPath', '.spec.', 'integer'],
    ['statusReplicasPath', '.status.', 'integer'],
    ['labelSelectorPath', '.', 'string'],
  ] as const;
  for (const [field, start, type] of wanted) {
    const path = scale[field];
    if (path === undefined) continue;
    const at = `${pointer}/${field}`;
    const end = followPath(path, root);
    const isPlaced = path.startsWith(start) && /^\.(spec|status)\./.test(path);
    if (!isPlaced) problems.add('BAL3219', at, `"${path}" does not begin with "${start === '.' ? '.status.' : start}"`);
    else if ('fault' in end) problems.add('BAL3219', at, end.fault);
    else if (end.types !== undefined && !end.types.includes(type)) {
      problems.add('BAL3219', at, `"${path}" is of type "${end.types.join(' or ')}", not "${type}"`);
    }
  }
}
