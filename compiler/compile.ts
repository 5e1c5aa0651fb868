import { manifestChecks } from './analysis/check-manifests';
import { type Diagnostic, type Report, type Suppressed, severityOf } from './diagnostics';
import { renderAlibabaService } from './manifest/alibaba-service/alibaba-service';
import { type Artefact, artefactsOf, type Rendered } from './manifest/artefact';
import { renderBalancer } from './manifest/balancer/balancer';
import { renderBgpLoadBalancer } from './manifest/bgp/bgp-load-balancer';
import { renderLoadBalancerService } from './manifest/bgp/load-balancer-service';
import { fleetIndex } from './manifest/fleet/fleet-index';
import { renderForeign } from './manifest/foreign';
import type { AlibabaServiceModel } from './model/alibaba-service/alibaba-service';
import { linkAlibabaServices } from './model/alibaba-service/link-alibaba-services';
import type { DeclaredAlibabaService } from './model/alibaba-service/resolve-alibaba-service';
import type { BalancerModel } from './model/balancer/balancer';
import { balancerIndex } from './model/balancer/balancer-facts';
import { defaultDelivery, type OperatorIndex, operatorsAmong } from './model/balancer/delivery';
import { resolveDeliveredBalancer } from './model/balancer/resolve-delivered-balancer';
import type { BgpLoadBalancerModel } from './model/bgp/bgp-load-balancer';
import { type LinkedServices, linkServices, type Placed } from './model/bgp/link-services';
import { type DeclaredBgpLoadBalancer, resolveBgpLoadBalancer } from './model/bgp/resolve-bgp-load-balancer';
import { type DeclaredService, resolveLoadBalancerService } from './model/bgp/resolve-load-balancer-service';
import type { Directory } from './model/bgp/service-target';
import { type Neighbours, neighboursAmong } from './model/neighbours';
import type { Source, SpecDocument } from './spec/document';
import { load, loadContaining } from './spec/load';
import { type Suppressions, suppressions } from './spec/suppressions';
import { type ForeignDocument, validate } from './spec/validate';
import { renderStandalone } from './standalone-kinds';

/**
 * Compiles a fleet as a stream: each document is read, checked, printed and dropped. Problems go to `report`; the
 * artefacts are good only if none of them was an error by the end of the stream, so that a caller keeps them aside till then.
 * Warnings that the specs accept by `balancer-ignore` go to `suppressed`.
 */
export function* compile(
  sources: Iterable<Source>,
  report: Report,
  suppressed?: (entry: Suppressed) => void,
  mostCharacters: number = MOST_CHARACTERS,
): Generator<Artefact> {
  const accepted = suppressions(report, suppressed);
  const fleet = [...accepted.watch(sources)];
  const documents = adopted(load(fleet, accepted.report), accepted);
  yield* compileWith(surroundingsIn(fleet), documents, accepted.report, mostCharacters);
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
  yield* compileWith(surroundings, fleet, accepted.report);
  accepted.finish();
}

function* adopted(documents: Iterable<SpecDocument>, { adopt }: Suppressions): Generator<SpecDocument> {
  for (const document of documents) yield adopt(document);
}

/** Stages that follow from what they are given alone: who compiles again and again may remember what they made. */
export interface Stages {
  readonly renderStandalone: typeof renderStandalone;
  readonly artefactsOf: typeof artefactsOf;
}

const STAGES: Stages = { renderStandalone, artefactsOf };

/** What a document may have to know of others, wherever they stand. */
interface Surroundings {
  readonly operators: OperatorIndex;
  readonly neighbours: Neighbours;
  readonly stages: Stages;
}

function surroundingsIn(fleet: readonly Source[]): Surroundings {
  return { operators: operatorsIn(fleet), neighbours: neighboursIn(fleet), stages: STAGES };
}

/** The documents of a fleet that others name: found in the texts when the first one is asked for. */
export function neighboursIn(fleet: readonly Source[]): Neighbours {
  return neighboursAmong((kind) => loadContaining(fleet, kind));
}

/** The operators of a fleet. They may come after what they take care of: their texts are found before anything else is read. */
export function operatorsIn(sources: Iterable<Source>): OperatorIndex {
  return operatorsAmong(loadContaining(sources, 'BalancerOperator'));
}

function* compileWith(
  surroundings: Surroundings,
  documents: Iterable<SpecDocument>,
  report: Report,
  mostCharacters: number = MOST_CHARACTERS,
): Generator<Artefact> {
  let characters = 0;
  const fleet = fleetIndex(report);
  const strangers = manifestChecks(report);
  for (const { model, document } of resolve(surroundings, documents, report)) {
    const rendered = render(model, document, report);
    if (rendered === undefined) continue;
    fleet.addObjects(rendered, document);
    if (model.kind === 'foreign') strangers.add(document);
    if (model.kind === 'Balancer') fleet.addReferences(model, document);
    for (const artefact of surroundings.stages.artefactsOf(rendered)) {
      characters += artefact.text.length;
      yield artefact;
    }
    if (characters <= mostCharacters) continue;
    const message = `the output has more than "${mostCharacters}" characters, with this document`;
    report({ code: 'BAL4002', message, location: document.locate('') });
    return;
  }
  fleet.checkReferences();
  strangers.finish();
}

/** All artefacts and all diagnostics of a fleet; no artefacts where a diagnostic is an error. */
export function compileAll(sources: Iterable<Source>): {
  readonly artefacts: readonly Artefact[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const artefacts = [...compile(sources, (diagnostic) => diagnostics.push(diagnostic))];
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
  const models = [...resolve(surroundingsIn(fleet), documents, accepted.report)].map(({ model }) => model);
  return {
    bgpLoadBalancers: models.filter((model) => model.kind === 'BgpLoadBalancer'),
    balancers: models.filter((model) => model.kind === 'Balancer'),
  };
}

/** What a document becomes before it is rendered; one that is not ours is its own model. */
type Model = BalancerModel | ForeignDocument | StandaloneModel | LinkedModel;
type LinkedModel = LinkedServices['loadBalancers' | 'services'][number]['model'] | AlibabaServiceModel;

/** The models of a fleet: those that stand alone at once, those that name others after the last document. */
function* resolve(
  surroundings: Surroundings,
  documents: Iterable<SpecDocument>,
  report: Report,
): Generator<Placed<Model>> {
  const balancers = balancerIndex();
  const broken = new Set<string>();
  const loadBalancers: Placed<DeclaredBgpLoadBalancer>[] = [];
  const services: Placed<DeclaredService>[] = [];
  const alibabaServices: Placed<DeclaredAlibabaService>[] = [];
  for (const document of documents) {
    const model = resolveDocument(surroundings, document, report);
    if (model === undefined) broken.add(nameOf(document));
    else if (model.kind === 'BgpLoadBalancer') loadBalancers.push({ model, document });
    else if (model.kind === 'LoadBalancerService') services.push({ model, document });
    else if (model.kind === 'AlibabaService') alibabaServices.push({ model, document });
    else {
      if (model.kind === 'Balancer') balancers.add(model);
      yield { model, document };
    }
  }
  const isBroken: Directory['isBroken'] = (kind, name) => broken.has(`${kind}/${name}`);
  const directory: Directory = { balancer: balancers.find, isBroken };
  const linked = linkServices(loadBalancers, services, directory, report);
  yield* linked.loadBalancers;
  yield* linked.services;
  yield* linkAlibabaServices(alibabaServices, directory, report);
}

/** A document whose output needs nothing but itself. */
interface StandaloneModel {
  readonly kind: 'standalone';
  readonly rendered: Rendered;
}

/** What a document says by itself. */
type DeclaredModel =
  | BalancerModel
  | ForeignDocument
  | StandaloneModel
  | DeclaredBgpLoadBalancer
  | DeclaredService
  | DeclaredAlibabaService;

function resolveDocument(
  { operators, neighbours, stages }: Surroundings,
  document: SpecDocument,
  report: Report,
): DeclaredModel | undefined {
  const checked = validate(document, report);
  if (checked === undefined) return undefined;
  switch (checked.kind) {
    case 'foreign':
      return checked;
    case 'Balancer': {
      const { content } = checked;
      const delivery = content.spec.delivery ?? defaultDelivery(content, operators);
      return resolveDeliveredBalancer(content, delivery, document, operators, report);
    }
    case 'BgpLoadBalancer':
      return resolveBgpLoadBalancer(checked.content, document, report);
    case 'LoadBalancerService':
      return resolveLoadBalancerService(checked.content, document, report);
    default: {
      const rendered = stages.renderStandalone(checked.kind, checked.content, document, report, neighbours);
      return rendered && { kind: 'standalone', rendered };
    }
  }
}

/** Kind and name of a document that may be anything. */
function nameOf({ value }: SpecDocument): string {
  const { kind, metadata } = value as { readonly kind?: unknown; readonly metadata?: { readonly name?: unknown } };
  return [kind, metadata?.name].map((part) => (typeof part === 'string' ? part : '')).join('/');
}

function render(model: Model, document: SpecDocument, report: Report): Rendered | undefined {
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
