import type { ApiResourceSpec } from '../../spec/generated/api-resource';
import { nearest } from '../../spec/nearest';
import { API_RESOURCES } from '../api-resources';
import type { Problems } from '../problems';

/** Names of a resource, with defaults. */
export interface ResourceNames {
  readonly kind: string;
  readonly listKind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
}

/** Endings whose plural is not made by one rule, or about which tools disagree. */
const UNCLEAR_ENDING =
  /(?:is|us|um|ex|ix|o|f|fe|man|data|media|series|species|news|sheep|fish|people|child|person|mouse|foot|tooth|quiz|sis)$/;

/** The names of a resource. Where the plural is not clear, that is reported. */
export function resolveNames({ names }: ApiResourceSpec, problems: Problems): ResourceNames {
  const { kind, shortNames = [], categories = [] } = names;
  const singular = names.singular ?? kind.toLowerCase();
  if (names.plural === undefined && UNCLEAR_ENDING.test(kind.toLowerCase())) {
    problems.add('BAL3225', '/spec/names/kind', `the plural of "${kind}" is not clear`);
  }
  return {
    kind,
    listKind: names.listKind ?? `${kind}List`,
    plural: names.plural ?? pluralOf(kind.toLowerCase()),
    singular,
    shortNames,
    categories,
  };
}

/** The plural as controller-gen makes it (github.com/gobuffalo/flect), in the simple cases. */
function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** Short names of Kubernetes' own resources: `kubectl api-resources`. */
const BUILTIN_SHORT_NAMES: ReadonlySet<string> = new Set(
  'cs cm ep ev limits ns no pvc pv po rc quota sa svc crd crds ds deploy rs sts hpa cj csr ing netpol pdb pc sc'.split(
    ' ',
  ),
);

const BUILTIN_PLURALS: ReadonlySet<string> = new Set([...API_RESOURCES.values()].flat());

/** Checks the names of a resource, and its group. */
export function checkNames(names: ResourceNames, spec: ApiResourceSpec, problems: Problems): void {
  checkLength(names, spec, problems);
  checkClashes(names, spec, problems);
  checkBuiltin(names, spec, problems);
}

/** A CustomResourceDefinition has the name of plural and group: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
function checkLength({ kind, listKind, plural }: ResourceNames, spec: ApiResourceSpec, problems: Problems): void {
  const name = `${plural}.${spec.group}`;
  if (name.length > 253) problems.add('BAL3224', '/spec/group', `"${name}" has ${name.length} characters`);
  if (plural.length > 63 && spec.names.plural === undefined) {
    problems.add('BAL3224', '/spec/names/kind', `the plural "${plural}" has ${plural.length} characters`);
  }
  if (listKind.length > 63 && spec.names.listKind === undefined) {
    problems.add('BAL3224', '/spec/names/kind', `the kind of lists "${listKind}" has ${listKind.length} characters`);
  }
  if (kind === listKind) problems.add('BAL3217', '/spec/names/listKind', `"${listKind}" is the kind of one object too`);
}

function checkClashes({ plural, singular, ...lists }: ResourceNames, spec: ApiResourceSpec, problems: Problems): void {
  for (const field of ['shortNames', 'categories'] as const) {
    lists[field].forEach((name, index) => {
      const pointer = `/spec/names/${field}/${index}`;
      if (lists[field].indexOf(name) !== index) problems.add('BAL3001', pointer, `"${name}" is named twice`);
    });
  }
  if (spec.profile === 'upstream') return;
  lists.shortNames.forEach((name, index) => {
    if (name !== plural && name !== singular) return;
    const what = name === plural ? 'plural' : 'singular';
    problems.add('BAL3026', `/spec/names/shortNames/${index}`, `"${name}" is the ${what} already`);
  });
}

/** kubectl finds Kubernetes' own resources first. */
function checkBuiltin(
  { kind, plural, singular, shortNames }: ResourceNames,
  spec: ApiResourceSpec,
  problems: Problems,
): void {
  const isBuiltin = (name: string): boolean => BUILTIN_PLURALS.has(name) || BUILTIN_SHORT_NAMES.has(name);
  const add = (pointer: string, name: string): void =>
    problems.add('BAL3216', pointer, `"${name}" is a name of Kubernetes itself`);
  if (isBuiltin(plural)) add(spec.names.plural === undefined ? '/spec/names/kind' : '/spec/names/plural', plural);
  else if (BUILTIN_PLURALS.has(pluralOf(kind.toLowerCase()))) add('/spec/names/kind', kind);
  if (spec.names.singular !== undefined && BUILTIN_PLURALS.has(pluralOf(singular)))
    add('/spec/names/singular', singular);
  shortNames.forEach((name, index) => {
    if (isBuiltin(name)) add(`/spec/names/shortNames/${index}`, name);
  });
}

/** Groups of the Kubernetes project: https://github.com/kubernetes/enhancements/tree/master/keps/sig-architecture/2337-k8s.io-group-protection */
const PROTECTED_GROUP = /(^|\.)(k8s|kubernetes)\.io$/;

/** Groups whose documents are our own kinds. */
const OUR_GROUPS: readonly string[] = ['cdk8s-balancer.dev', 'exposer.hliangzhao.io'];

const APPROVED = 'api-approved.kubernetes.io';

/** Refuses groups in which the API server, or this compiler, takes nothing from others. */
export function checkGroup(group: string, annotations: Readonly<Record<string, string>>, problems: Problems): void {
  if (OUR_GROUPS.includes(group)) {
    problems.add('BAL3215', '/spec/group', `"${group}" is the group of kinds that this compiler reads`);
  }
  if (!PROTECTED_GROUP.test(group)) return;
  const approval = Object.hasOwn(annotations, APPROVED) ? annotations[APPROVED] : undefined;
  if (approval === undefined) {
    const guess = nearest(APPROVED, Object.keys(annotations));
    const question = guess === undefined ? '' : `; "${guess}" is not that annotation`;
    problems.add('BAL3215', '/spec/group', `"${group}" belongs to the Kubernetes project${question}`);
  } else if (!/^(https?:\/\/[^/\s]+|unapproved)/.test(approval)) {
    const pointer = '/metadata/annotations/api-approved.kubernetes.io';
    problems.add('BAL3215', pointer, `"${approval}" is neither the address of a review nor "unapproved" with a reason`);
  }
}
