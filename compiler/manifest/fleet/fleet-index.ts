import type { Code, Note, Report } from '../../diagnostics';
import type { BalancerModel } from '../../model/balancer/balancer';
import { dialledPort } from '../../model/balancer/balancer';
import type { SpecDocument } from '../../spec/document';
import { groupOf } from '../../spec/validate';
import { definitionNames } from '../api-resource/definition-names';
import { manifestsOf, type Rendered } from '../artefact';
import { namesakes } from '../balancer/balancer-resource';
import { reconcilerClaims } from '../hub/reconciler-claims';
import type { HeadlessService, KubernetesObject, Service } from '../k8s';
import { externalIPClaims } from './external-ip-claims';
import { ingressReferences, type PortReference } from './ingress-references';

/** What is remembered of a fleet while its documents come and go: names and numbers, not objects. */
export interface FleetIndex {
  /** Adds the objects that a document becomes; two sources of one object are reported at once. */
  readonly addObjects: (
    rendered: Pick<Rendered, 'objects' | 'stem' | 'verbatim' | 'reconciles'>,
    document: Pick<SpecDocument, 'value' | 'locate'>,
  ) => void;
  /** Remembers which existing Services a Balancer dials. */
  readonly addReferences: (references: readonly ServiceReference[], locate: Locate) => void;
  /** Compares the references with the Services of the fleet; after the last document. */
  readonly checkReferences: () => void;
}

/** Where a document is named: of a document nothing else is kept. */
type Locate = SpecDocument['locate'];

/** That a Balancer dials an existing Service. */
export interface ServiceReference {
  /** Namespace and name of the Service. */
  readonly service: string;
  /** Where it is named, in the document. */
  readonly pointer: string;
  /** The ports that are dialled, such as `80/TCP`: one for each port of the Balancer. */
  readonly ports: readonly string[];
}

/** An empty index; cost grows with the number of objects, since every check is a look-up in a map. */
export function fleetIndex(report: Report): FleetIndex {
  const sources = new Map<string, Locate>();
  const stems = new Map<string, Locate>();
  const services = new Map<string, string>();
  const texts = new Map<string, string>();
  // Most Services of a fleet have the same few ports: one text for all of them.
  const shared = (text: string): string => {
    if (!texts.has(text)) texts.set(text, text);
    return texts.get(text) ?? text;
  };
  const references: (ServiceReference & { readonly locate: Locate })[] = [];
  const ports: (PortReference & { readonly locate: Locate })[] = [];
  const claims = externalIPClaims(report);
  const checkNamesake = namesakes(report);
  const addClaims = reconcilerClaims(report);
  const checkNames = definitionNames(report);
  return {
    addObjects({ objects, stem, verbatim, reconciles = [] }, document) {
      const { locate, value } = document;
      addClaims(reconciles, locate);
      for (const reference of ingressReferences(value)) ports.push({ ...reference, locate });
      let duplicate = false;
      for (const object of objects) {
        const identity = identityOf(object);
        const earlier = sources.get(identity);
        if (earlier === undefined) sources.set(identity, locate);
        else reportDuplicate(object, locate, earlier, report);
        duplicate ||= earlier !== undefined;
        checkNamesake(object, locate);
        checkNames(object, locate);
        if (object.kind !== 'Service' || object.apiVersion !== 'v1') continue;
        const offered = shared(portsOf(object));
        services.set(identity, offered);
        if (earlier === undefined) claims.add(object, offered.split(' '), locate);
      }
      const isPlain = verbatim !== undefined || objects.length === 0;
      const manifests = isPlain ? [{ stem }] : manifestsOf({ stem, objects });
      for (const manifest of manifests) {
        const twin = stems.get(manifest.stem);
        if (twin === undefined) stems.set(manifest.stem, locate);
        else if (objects.length === 0 && verbatim === undefined) reportTwin(document, twin, report);
        else if (!duplicate) reportSameFile(manifest.stem, locate, twin, report);
      }
    },
    addReferences(own, locate) {
      for (const reference of own) references.push({ ...reference, locate });
    },
    checkReferences() {
      for (const reference of references) {
        const service = services.get(`/Service/${reference.service}`);
        // A Service that is not in the fleet may well be in the cluster.
        if (service !== undefined) checkReference(reference, service, report);
      }
      for (const port of ports) checkPort(port, services.get(`/Service/${port.service}`), report);
    },
  };
}

function identityOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return `${groupOf(apiVersion)}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

/** A document that becomes files alone, all of them in a folder of its name: there is no object to compare. */
function reportTwin({ value, locate }: Pick<SpecDocument, 'value' | 'locate'>, twin: Locate, report: Report): void {
  reportDuplicate(value as KubernetesObject, locate, twin, report);
}

function reportDuplicate(object: KubernetesObject, locate: Locate, earlier: Locate, report: Report): void {
  const { name, namespace } = object.metadata;
  const place = namespace === undefined ? '' : ` in namespace "${namespace}"`;
  report({
    code: 'BAL3007',
    message: `${object.kind} "${name}"${place} comes from two documents`,
    location: locate('/metadata/name'),
    notes: [{ message: 'the other one is here', location: earlier('/metadata/name') }],
  });
}

function reportSameFile(stem: string, locate: Locate, twin: Locate, report: Report): void {
  report({
    code: 'BAL3028',
    message: `"${stem}.k8s.yaml" would hold two objects`,
    location: locate('/metadata/name'),
    notes: [{ message: 'the other one is here', location: twin('/metadata/name') }],
  });
}

/**
 * What an index reads of an object, with nothing else: the index of a fleet is the same with heads as with whole objects.
 * Not for definitions of resources, of which the index reads the names.
 */
export function objectHead(object: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  const head = { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
  if (kind !== 'Service') return head;
  const { clusterIP, externalIPs, ports } = ((object as Service).spec ?? {}) as HeadlessService['spec'];
  const offered = ports?.map(({ port, protocol }) => ({ port, ...(protocol && { protocol }) }));
  return {
    ...head,
    spec: { ...(clusterIP && { clusterIP }), ...(externalIPs && { externalIPs }), ports: offered },
  } as KubernetesObject;
}

/** Marks a Service without a cluster IP among its ports. */
const HEADLESS = 'headless';

/** The ports of a Service as one text. A Service of a stranger was checked by nobody: what is not as expected is left out. */
function portsOf(object: KubernetesObject): string {
  const spec = (object as Service).spec as
    | { readonly clusterIP?: unknown; readonly ports?: unknown }
    | null
    | undefined;
  const ports: readonly unknown[] = Array.isArray(spec?.ports) ? spec.ports : [];
  const words = ports.flatMap((entry) => {
    const { port, protocol = 'TCP' } = (entry ?? {}) as { readonly port?: unknown; readonly protocol?: unknown };
    return typeof port === 'number' && PROTOCOLS.has(protocol) ? [`${port}/${String(protocol)}`] : [];
  });
  return [...words, ...(spec?.clusterIP === 'None' ? [HEADLESS] : [])].join(' ');
}

const PROTOCOLS: ReadonlySet<unknown> = new Set(['TCP', 'UDP', 'SCTP']);

/** The existing Services that a Balancer dials. */
export function serviceReferences({ backends, ports }: BalancerModel): ServiceReference[] {
  return backends.flatMap(({ target }, index) => {
    if (target.kind !== 'service') return [];
    return [
      {
        service: `${target.namespace}/${target.name}`,
        pointer: `/spec/backends/${index}/service`,
        ports: ports.map((port) => `${dialledPort(port, target)}/${port.protocol}`),
      },
    ];
  });
}

function checkReference(
  reference: ServiceReference & { readonly locate: Locate },
  service: string,
  report: Report,
): void {
  const { locate, pointer } = reference;
  const known = service.split(' ');
  const add = (code: Code, message: string, notes?: readonly Note[]): void => {
    report({ code, message, location: locate(pointer), ...(notes && { notes }) });
  };
  reference.ports.forEach((wanted, index) => {
    if (known.includes(wanted)) return;
    add('BAL3022', `Service "${reference.service}" has no port "${wanted}"`, [
      { message: 'the port is named here', location: locate(`/spec/ports/${index}`) },
    ]);
  });
  if (known.includes(HEADLESS)) add('BAL3023', `Service "${reference.service}" has no cluster IP`);
}

function checkPort(
  { service, port, pointer, locate }: PortReference & { readonly locate: Locate },
  known: string | undefined,
  report: Report,
): void {
  const wanted = `${port}/TCP`;
  if (known === undefined || known.split(' ').includes(wanted)) return;
  report({ code: 'BAL3022', message: `Service "${service}" has no port "${wanted}"`, location: locate(pointer) });
}
