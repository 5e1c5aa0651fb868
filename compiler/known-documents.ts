import type { Report } from './diagnostics';
import type { Artefact, Rendered } from './manifest/artefact';
import { objectHead, type ServiceReference, serviceReferences } from './manifest/fleet/fleet-index';
import type { KubernetesObject } from './manifest/k8s';
import type { BalancerModel } from './model/balancer/balancer';
import { balancerFacts } from './model/balancer/balancer-facts';
import type { BalancerFacts } from './model/bgp/service-target';
import type { Source, SpecDocument } from './spec/document';
import { documentSlices, readSlice } from './spec/load';
import { locateInSlice } from './spec/locate';
import type { Slice } from './spec/slice';
import { acceptanceIn } from './spec/suppressions';

/** A Balancer that compiled without a problem before: what the checks of the fleet need of it, and the sums of its files. */
export interface KnownDocument {
  readonly namespace: string;
  readonly name: string;
  readonly facts: BalancerFacts;
  readonly references: readonly ServiceReference[];
  readonly stem: string;
  /** Of each object what the index of a fleet reads. */
  readonly objects: readonly KubernetesObject[];
  readonly artefacts: readonly KnownArtefact[];
}

/** An artefact without its text. */
interface KnownArtefact extends Required<Pick<Artefact, 'path' | 'sum'>>, Pick<Artefact, 'rank'> {
  readonly characters: number;
}

/** What earlier runs found out of documents. A Balancer depends on its own text, and on the operators of its fleet. */
export interface CompileCache {
  /** What is known of the document with this text; undefined where it must be compiled. */
  readonly find: (text: string) => KnownDocument | undefined;
  readonly keep: (text: string, document: KnownDocument) => void;
  /** The SHA-256 of a text, as `sha256sum` prints it. */
  readonly sumOf: (text: string) => string;
}

/** Opens the cache of a fleet whose operators are declared in these texts. */
export type OpenCache = (operators: readonly string[]) => CompileCache;

/** A known document in its place: it is read only if somebody asks where a field stands, or for a text. */
export interface PlacedDocument {
  readonly kind: 'known';
  readonly known: KnownDocument;
  /** Of its value only the head is there. */
  readonly document: SpecDocument;
  /** The document as it stands in the source. */
  readonly read: () => SpecDocument | undefined;
}

/** A cache at work on one fleet. */
export interface Recorder {
  /** The documents of the sources: known ones as such, the others as they are read. */
  readonly documents: (sources: Iterable<Source>) => Generator<SpecDocument | PlacedDocument>;
  /** Passes on what is reported, and notes that something was. */
  readonly report: Report;
  /** To be told of every Balancer before the next document is asked for: it is kept if nothing was reported meanwhile. */
  readonly add: (model: BalancerModel, rendered: Rendered, artefacts: readonly Artefact[]) => void;
}

/** Records what becomes of documents; without a cache it only passes on. */
export function recorder(cache: CompileCache | undefined, report: Report): Recorder {
  let isClean = true;
  let recorded: KnownDocument | undefined;
  const noted: Report = (diagnostic) => {
    isClean = false;
    report(diagnostic);
  };
  return {
    *documents(sources) {
      for (const source of sources) {
        for (const slice of documentSlices(source)) {
          const text = cache === undefined ? '' : source.text.slice(slice.start, slice.end);
          const known = cache?.find(text);
          if (known !== undefined) {
            yield placedDocument(known, slice);
            continue;
          }
          isClean = true;
          recorded = undefined;
          const document = readSlice(slice, noted);
          if (document === undefined) continue;
          // Whether what it accepts is still needed is told by those that are compiled.
          isClean &&= acceptanceIn(document) === undefined;
          yield document;
          if (isClean && recorded !== undefined) cache?.keep(text, recorded);
        }
      }
      isClean = false;
    },
    report: noted,
    add(model, rendered, artefacts) {
      if (isClean && cache !== undefined) recorded = knownDocument(model, rendered, artefacts, cache.sumOf);
    },
  };
}

/** What to remember of a Balancer. */
function knownDocument(
  model: BalancerModel,
  { stem, objects }: Rendered,
  artefacts: readonly Artefact[],
  sumOf: CompileCache['sumOf'],
): KnownDocument {
  return {
    namespace: model.namespace,
    name: model.name,
    facts: balancerFacts(model),
    references: serviceReferences(model),
    stem,
    objects: objects.map(objectHead),
    artefacts: artefacts.map(({ path, text, rank }) => {
      return { path, sum: sumOf(text), characters: text.length, ...(rank !== undefined && { rank }) };
    }),
  };
}

function placedDocument(known: KnownDocument, slice: Slice): PlacedDocument {
  const { name, namespace } = known;
  return {
    kind: 'known',
    known,
    document: {
      value: { apiVersion: 'exposer.hliangzhao.io/v1alpha1', kind: 'Balancer', metadata: { name, namespace } },
      locate: (pointer, part = 'value') => locateInSlice(slice, pointer, part),
    },
    read: () => readSlice(slice, () => {}),
  };
}

/** The artefacts of a known document; their texts are made by `compiled` when the first one is asked for. */
export function knownArtefacts({ artefacts }: KnownDocument, compiled: () => readonly Artefact[]): readonly Artefact[] {
  let made: ReadonlyMap<string, string> | undefined;
  return artefacts.map(({ path, sum, rank }) => {
    return {
      path,
      sum,
      ...(rank !== undefined && { rank }),
      get text() {
        made ??= new Map(compiled().map((artefact) => [artefact.path, artefact.text]));
        const own = made.get(path);
        if (own === undefined) throw new Error(`the cache speaks of "${path}", which is not made: use --no-cache`);
        return own;
      },
    };
  });
}
