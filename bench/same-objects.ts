import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';

/** A field that two sides print differently, on objects of one kind; list indices are `*`. */
interface Difference {
  readonly field: string;
  readonly theirs: unknown;
  readonly ours: unknown;
  readonly reason?: string;
}

const ADDRESS = 'Deployment /spec/template/metadata/labels/cdk8s.io~1metadata.addr';
const DEFAULT = 'cdk8s-plus prints it always; it is the default of Kubernetes';

/** Fields that only the idiomatic side prints: cdk8s-plus sets them and has no switch. */
const REASONS: Readonly<Record<string, string>> = {
  'ConfigMap /immutable': DEFAULT,
  'Deployment /spec/minReadySeconds': DEFAULT,
  'Deployment /spec/progressDeadlineSeconds': DEFAULT,
  [ADDRESS]: 'cdk8s-plus labels the Pods of every workload with a hash of their path',
  'Deployment /spec/template/spec/containers/*/imagePullPolicy': DEFAULT,
  'Deployment /spec/template/spec/containers/*/readinessProbe/failureThreshold': DEFAULT,
  'Deployment /spec/template/spec/containers/*/securityContext/privileged': DEFAULT,
  'Deployment /spec/template/spec/containers/*/securityContext/runAsNonRoot': 'cdk8s-plus repeats what the Pod says',
  'Deployment /spec/template/spec/dnsPolicy': DEFAULT,
  'Deployment /spec/template/spec/hostNetwork': DEFAULT,
  'Deployment /spec/template/spec/initContainers/*/imagePullPolicy': DEFAULT,
  'Deployment /spec/template/spec/initContainers/*/securityContext/privileged': DEFAULT,
  'Deployment /spec/template/spec/initContainers/*/securityContext/runAsNonRoot':
    'cdk8s-plus repeats what the Pod says',
  'Deployment /spec/template/spec/restartPolicy': DEFAULT,
  'Deployment /spec/template/spec/securityContext/fsGroupChangePolicy': DEFAULT,
  'Deployment /spec/template/spec/setHostnameAsFQDN': DEFAULT,
  'Service /spec/externalIPs': 'cdk8s-plus prints an empty list',
};

/** Compares two streams of manifests; answers lines for people: what is the same, and each field that is not, with why. */
export function compareManifests(ours: string, theirs: string): string[] {
  const [left, right] = [objectsOf(ours), objectsOf(theirs)];
  const names = new Set([...left.keys(), ...right.keys()]);
  const lonely = [...names].filter((name) => !left.has(name) || !right.has(name));
  const differences = new Map<string, Difference>();
  for (const name of names) {
    const kind = name.slice(0, name.indexOf(' '));
    for (const difference of differencesOf(left.get(name), right.get(name), '')) {
      const key = `${kind} ${difference.field}`;
      // A reason holds for what is added to our objects, not for other values in them.
      const reason = difference.ours === undefined || key === ADDRESS ? REASONS[key] : undefined;
      differences.set(key, { ...difference, field: key, reason });
    }
  }
  return [
    `${left.size} objects against ${right.size}, ${lonely.length} without a partner${lonely.map((name) => `\n  ${name}`).join('')}`,
    ...[...differences.values()].sort((a, b) => (a.field < b.field ? -1 : 1)).map(formatDifference),
  ];
}

function objectsOf(text: string): ReadonlyMap<string, unknown> {
  const objects = parseAllDocuments(text).map((document) => document.toJS());
  return new Map(
    objects.map((object) => [`${object.kind} ${object.metadata.namespace}/${object.metadata.name}`, object]),
  );
}

function differencesOf(ours: unknown, theirs: unknown, field: string): Difference[] {
  if (isDeepStrictEqual(ours, theirs)) return [];
  if (!isCollection(ours) || !isCollection(theirs)) return [{ field, ours, theirs }];
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...keys].flatMap((key) => {
    const step = Array.isArray(ours) ? '*' : key.replaceAll('~', '~0').replaceAll('/', '~1');
    return differencesOf(ours[key], theirs[key], `${field}/${step}`);
  });
}

function isCollection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function formatDifference({ field, ours, theirs, reason }: Difference): string {
  const values = `idiomatic ${shown(theirs, ours)}, ours ${shown(ours, theirs)}`;
  return reason === undefined ? `  NOT EXPECTED ${field}: ${values}` : `  ${field}: ${values}; ${reason}`;
}

/** Of a text of many lines only the first that the other side does not have in its place. */
function shown(value: unknown, other: unknown): string {
  if (value === undefined) return 'absent';
  if (typeof value !== 'string' || typeof other !== 'string') return JSON.stringify(value);
  const lines = other.split('\n');
  return JSON.stringify(value.split('\n').find((line, index) => line !== lines[index]) ?? '');
}
