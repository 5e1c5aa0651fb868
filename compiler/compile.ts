import { manifestChecks } from './analysis/check-manifests';
import { type Diagnostic, type Report, type Suppressed, severityOf } from './diagnostics';
import { neighboursIn, operatorsIn, operatorTexts } from './documents-in-texts';
import { knownArtefacts, type OpenCache, type PlacedDocument, type Recorder, recorder } from './known-documents';
import { renderAlibabaService } from './manifest/alibaba-service/alibaba-service';
import { type Artefact, artefactsOf, type Rendered } from './manifest/artefact';
import { renderBalancer } from './manifest/balancer/balancer';
import { renderBgpLoadBalancer } from './manifest/bgp/bgp-load-balancer';
import { renderLoadBalancerService } from './manifest/bgp/load-balancer-service';
import { fleetIndex, serviceReferences } from './manifest/fleet/fleet-index';
import { renderForeign } from './manifest/foreign';
import type { BalancerModel } from './model/balancer/balancer';
import { operatorsAmong } from './model/balancer/delivery';
import type { BgpLoadBalancerModel } from './model/bgp/bgp-load-balancer';
import { neighboursAmong } from './model/neighbours';
import {
  type Model,
  resolveDocument,
  resolveDocuments,
  STAGES,
  type Stages,
  type Surroundings,
} from './resolve-documents';
import type { Source, SpecDocument } from './spec/document';
import { load } from './spec/load';
import { type Suppressions, suppressions } from './spec/suppressions';

/** What a caller may want of `compile`. */
export interface CompileOptions {
  /** Where warnings go that the specs accept by `balancer-ignore`. */
  readonly suppressed?: (entry: Suppressed) => void;
  /** @default 1 GiB */
  readonly mostCharacters?: number;
  /** @default none: every document is compiled */
  readonly cache?: OpenCache;
}

/**
 * Compiles a fleet as a stream: each document is read, checked, printed and dropped. Problems go to `report`; the
 * artefacts are good only if none of them was an error by the end of the stream, so that a caller keeps them aside till then.
 */
export function* compile(
  sources: Iterable<Source>,
  report: Report,
  { suppressed, mostCharacters, cache }: CompileOptions = {},
): Generator<Artefact> {
  const accepted = suppressions(report, suppressed);
  const fleet = [...accepted.watch(sources)];
  const record = recorder(cache?.(operatorTexts(fleet)), accepted.report);
  yield* compileWith(surroundingsIn(fleet), adopted(record.documents(fleet), accepted), record, mostCharacters);
  accepted.finish();
}

/** As much output as a fleet may have: 200,000 usual Balancers. A spec of ten kilobytes can make almost three megabytes. */
const MOST_CHARACTERS = 2 ** 30;

/** The same for documents that were never a text. */
export function* compileDocuments(
  documents: Iterable<SpecDocument>,
  report: Report,
  suppressed?: (entry: Suppressed) => void,
  stages: Stages = STAGES,
): Generator<Artefact> {
  const accepted = suppressions(report, suppressed);
  const fleet = [...adopted(documents, accepted)];
  const surroundings = { operators: operatorsAmong(fleet), neighbours: neighboursAmong(() => fleet), stages };
  yield* compileWith(surroundings, fleet, recorder(undefined, accepted.report));
  accepted.finish();
}

function* adopted<T extends SpecDocument | PlacedDocument>(
  documents: Iterable<T>,
  { adopt }: Suppressions,
): Generator<T | SpecDocument> {
  // What is known accepts nothing.
  for (const document of documents) yield 'known' in document ? document : adopt(document);
}

function surroundingsIn(fleet: readonly Source[]): Surroundings {
  return { operators: operatorsIn(fleet), neighbours: neighboursIn(fleet), stages: STAGES };
}

function* compileWith(
  surroundings: Surroundings,
  documents: Iterable<SpecDocument | PlacedDocument>,
  { report, add }: Pick<Recorder, 'report' | 'add'>,
  mostCharacters: number = MOST_CHARACTERS,
): Generator<Artefact> {
  let characters = 0;
  const fleet = fleetIndex(report);
  const strangers = manifestChecks(report);
  for (const { model, document } of resolveDocuments(surroundings, documents, report)) {
    if (model.kind === 'known') {
      const { known, read } = model;
      fleet.addObjects(known, document);
      fleet.addReferences(known.references, document.locate);
      characters += known.artefacts.reduce((sum, artefact) => sum + artefact.characters, 0);
      yield* knownArtefacts(known, () => compileDocument(surroundings, read()));
    } else {
      const rendered = render(model, document, report);
      if (rendered === undefined) continue;
      fleet.addObjects(rendered, document);
      if (model.kind === 'foreign') strangers.add(document);
      if (model.kind === 'Balancer') fleet.addReferences(serviceReferences(model), document.locate);
      const artefacts = surroundings.stages.artefactsOf(rendered);
      if (model.kind === 'Balancer') add(model, rendered, artefacts);
      characters += artefacts.reduce((sum, { text }) => sum + text.length, 0);
      yield* artefacts;
    }
    if (characters <= mostCharacters) continue;
    const message = `the output has more than "${mostCharacters}" characters, with this document`;
    report({ code: 'BAL4002', message, location: document.locate('') });
    return;
  }
  fleet.checkReferences();
  strangers.finish();
}

/** The artefacts of one document that is known to be good. */
function compileDocument(surroundings: Surroundings, document: SpecDocument | undefined): readonly Artefact[] {
  if (document === undefined) return [];
  const model = resolveDocument(surroundings, document, () => {});
  const rendered = model?.kind === 'Balancer' ? renderBalancer(model, document, () => {}) : undefined;
  return rendered === undefined ? [] : artefactsOf(rendered);
}

/** All artefacts and all diagnostics of a fleet; no artefacts where a diagnostic is an error. `watch` sees them as they are made. */
export function compileAll(
  sources: Iterable<Source>,
  options: CompileOptions = {},
  watch: (artefacts: Iterable<Artefact>) => Iterable<Artefact> = (artefacts) => artefacts,
): {
  readonly artefacts: readonly Artefact[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const artefacts = [...watch(compile(sources, (diagnostic) => diagnostics.push(diagnostic), options))];
  const failed = diagnostics.some(({ code }) => severityOf(code) === 'error');
  return { artefacts: failed ? [] : artefacts, diagnostics };
}

/** The models of a fleet that describe paths into the cluster, for those who ask about them. */
export function resolveFleet(
  sources: Iterable<Source>,
  report: Report,
): { readonly bgpLoadBalancers: readonly BgpLoadBalancerModel[]; readonly balancers: readonly BalancerModel[] } {
  const accepted = suppressions(report);
  const fleet = [...accepted.watch(sources)];
  const documents = adopted(load(fleet, accepted.report), accepted);
  const models = [...resolveDocuments(surroundingsIn(fleet), documents, accepted.report)].map(({ model }) => model);
  return {
    bgpLoadBalancers: models.filter((model) => model.kind === 'BgpLoadBalancer'),
    balancers: models.filter((model) => model.kind === 'Balancer'),
  };
}

function render(model: Exclude<Model, PlacedDocument>, document: SpecDocument, report: Report): Rendered | undefined {
  switch (model.kind) {
    case 'foreign':
      return renderForeign(model.content, document);
    case 'Balancer':
      return renderBalancer(model, document, report);
    case 'BgpLoadBalancer':
      return renderBgpLoadBalancer(model, document, report);
    case 'LoadBalancerService':
      return renderLoadBalancerService(model);
    case 'AlibabaService':
      return renderAlibabaService(model);
    case 'standalone':
      return model.rendered;
  }
}
