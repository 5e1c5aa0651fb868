import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { ApiResource, ApiResourceSpec } from '../../spec/generated/api-resource';
import { validate } from '../../spec/validate';
import { DEFAULT_PROFILE } from '../default-profile';
import type { Neighbours } from '../neighbours';
import type { PhaseMachineModel } from '../phase-machine/phase-machine';
import { resolvePhaseMachine } from '../phase-machine/resolve-phase-machine';
import { type Problems, problemsOf } from '../problems';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import type { ApiResourceModel, ApiResourceVersionModel, FieldSchema } from './api-resource';
import { checkConversion } from './api-resource-conversion-checks';
import { API_RESOURCE_DEFAULTS, VERSION_DEFAULTS } from './api-resource-defaults';
import { checkFreeParts } from './api-resource-free-parts';
import { checkGroup, checkNames, resolveNames } from './api-resource-names';
import { checkPhaseFields } from './api-resource-phase-checks';
import { checkVersions } from './api-resource-version-checks';
import { isMap, schemaOf } from './field-schema';
import { checkFieldSchema } from './field-schema-checks';
import { checkValue } from './field-schema-values';

/** An ApiResource's document, its shape checked, as a model. Problems are reported, all of them; then there is no model. */
export function resolveApiResource(
  { metadata, spec }: ApiResource,
  document: SpecDocument,
  report: Report,
  neighbours: Neighbours,
): ApiResourceModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? DEFAULT_PROFILE;
  const kubernetesVersion = spec.kubernetesVersion ?? API_RESOURCE_DEFAULTS[profile].kubernetesVersion;
  checkKubernetesVersion(kubernetesVersion, problems);
  if (!checkFreeParts(spec, problems)) return undefined;
  const phaseMachine = findMachine(spec, neighbours, problems);
  const annotations = ownAnnotations(metadata.annotations ?? {});
  const model: ApiResourceModel = {
    profile,
    name: metadata.name,
    group: spec.group,
    ...resolveNames(spec, problems),
    scope: spec.scope ?? API_RESOURCE_DEFAULTS[profile].scope,
    description: spec.description ?? '',
    versions: spec.versions.map((version) => resolveVersion(version, spec)),
    ...(phaseMachine && { phaseMachine }),
    ...(spec.sample && { sample: spec.sample }),
    labels: metadata.labels ?? {},
    annotations,
  };
  checkGroup(spec.group, annotations, problems);
  checkNames(model, spec, problems);
  checkSchemas(spec, { problems, profile, minor: Number(kubernetesVersion.split('.')[1]) });
  checkVersions(model, spec, problems);
  checkConversion(model, problems);
  checkPhaseFields(model, spec.phaseMachine, problems);
  checkSample(model, problems);
  const isWaiting = spec.phaseMachine !== undefined && phaseMachine === undefined;
  return problems.anyError() || isWaiting ? undefined : model;
}

/** What kubectl keeps there is about the document, not about the definition. */
function ownAnnotations({
  'kubectl.kubernetes.io/last-applied-configuration': _,
  ...annotations
}: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return annotations;
}

function resolveVersion(
  { name, schema, ...version }: ApiResourceSpec['versions'][number],
  { versions, phaseMachine }: ApiResourceSpec,
): ApiResourceVersionModel {
  const hasStatus = schema.status !== undefined || phaseMachine !== undefined;
  const { deprecated = VERSION_DEFAULTS.deprecated, deprecationWarning } = version;
  return {
    name,
    served: version.served ?? VERSION_DEFAULTS.served,
    storage: version.storage ?? versions.length === 1,
    deprecated,
    ...(deprecationWarning !== undefined && { deprecationWarning }),
    spec: schema.spec as FieldSchema,
    ...(schema.status !== undefined && { status: schema.status as FieldSchema }),
    subresources: { ...(version.subresources ?? (hasStatus ? { status: {} } : {})) },
    printerColumns: (version.printerColumns ?? []).map((column) => ({ ...column })),
  };
}

function checkSchemas(
  { versions, phaseMachine }: ApiResourceSpec,
  scope: Parameters<typeof checkFieldSchema>[2],
): void {
  versions.forEach(({ schema: { spec, status } }, index) => {
    const pointer = `/spec/versions/${index}/schema`;
    checkFieldSchema(spec, `${pointer}/spec`, scope);
    if (status === undefined) return;
    checkFieldSchema(phaseMachine === undefined ? status : withBoundedPhase(status), `${pointer}/status`, scope);
  });
}

/** The names of a machine's phases are bounded by the machine. */
function withBoundedPhase(status: FieldSchema): FieldSchema {
  const { phase, ...fields } = schemaOf(status.properties);
  if (!isMap(phase)) return status;
  return { ...status, properties: { ...fields, phase: { maxLength: 63, ...phase } } };
}

function checkSample({ sample, versions }: ApiResourceModel, problems: Problems): void {
  const storage = versions.find((version) => version.storage);
  if (sample !== undefined && storage !== undefined) checkValue(sample, storage.spec, '/spec/sample', problems);
}

/** The machine by its name. What is wrong with it is told where it is compiled itself. */
function findMachine(
  { phaseMachine: name }: ApiResourceSpec,
  neighbours: Neighbours,
  problems: Problems,
): PhaseMachineModel | undefined {
  if (name === undefined) return undefined;
  const document = neighbours.find('PhaseMachine', name);
  if (document === undefined) {
    problems.add('BAL3221', '/spec/phaseMachine', `PhaseMachine "${name}" is not in the fleet`);
    return undefined;
  }
  const silent = (): void => undefined;
  const checked = validate(document, silent);
  return checked?.kind === 'PhaseMachine' ? resolvePhaseMachine(checked.content, document, silent) : undefined;
}
