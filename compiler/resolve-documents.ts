import type { Report } from './diagnostics';
import type { PlacedDocument } from './known-documents';
import { artefactsOf, type Rendered } from './manifest/artefact';
import type { AlibabaServiceModel } from './model/alibaba-service/alibaba-service';
import { linkAlibabaServices } from './model/alibaba-service/link-alibaba-services';
import type { DeclaredAlibabaService } from './model/alibaba-service/resolve-alibaba-service';
import type { BalancerModel } from './model/balancer/balancer';
import { balancerFacts, balancerIndex } from './model/balancer/balancer-facts';
import { defaultDelivery, type OperatorIndex } from './model/balancer/delivery';
import { resolveDeliveredBalancer } from './model/balancer/resolve-delivered-balancer';
import { type LinkedServices, linkServices, type Placed } from './model/bgp/link-services';
import { type DeclaredBgpLoadBalancer, resolveBgpLoadBalancer } from './model/bgp/resolve-bgp-load-balancer';
import { type DeclaredService, resolveLoadBalancerService } from './model/bgp/resolve-load-balancer-service';
import type { Directory } from './model/bgp/service-target';
import type { Neighbours } from './model/neighbours';
import type { SpecDocument } from './spec/document';
import { type ForeignDocument, validate } from './spec/validate';
import { renderStandalone } from './standalone-kinds';

/** What a document becomes before it is rendered; one that is not ours is its own model. */
export type Model = BalancerModel | ForeignDocument | StandaloneModel | LinkedModel | PlacedDocument;
type LinkedModel = LinkedServices['loadBalancers' | 'services'][number]['model'] | AlibabaServiceModel;

/** Stages that follow from what they are given alone: who compiles again and again may remember what they made. */
export interface Stages {
  readonly renderStandalone: typeof renderStandalone;
  readonly artefactsOf: typeof artefactsOf;
}

export const STAGES: Stages = { renderStandalone, artefactsOf };

/** What a document may have to know of others, wherever they stand; and how it is made. */
export interface Surroundings {
  readonly operators: OperatorIndex;
  readonly neighbours: Neighbours;
  readonly stages: Stages;
}

/** The models of a fleet: those that stand alone at once, those that name others after the last document. */
export function* resolveDocuments(
  surroundings: Surroundings,
  documents: Iterable<SpecDocument | PlacedDocument>,
  report: Report,
): Generator<Placed<Model>> {
  const balancers = balancerIndex();
  const broken = new Set<string>();
  const loadBalancers: Placed<DeclaredBgpLoadBalancer>[] = [];
  const services: Placed<DeclaredService>[] = [];
  const alibabaServices: Placed<DeclaredAlibabaService>[] = [];
  for (const document of documents) {
    if ('known' in document) {
      const { known } = document;
      balancers.add(known, known.facts);
      yield { model: document, document: document.document };
      continue;
    }
    const model = resolveDocument(surroundings, document, report);
    if (model === undefined) broken.add(nameOf(document));
    else if (model.kind === 'BgpLoadBalancer') loadBalancers.push({ model, document });
    else if (model.kind === 'LoadBalancerService') services.push({ model, document });
    else if (model.kind === 'AlibabaService') alibabaServices.push({ model, document });
    else {
      if (model.kind === 'Balancer') balancers.add(model, balancerFacts(model));
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

/** What a document says by itself; undefined where that is wrong. */
export function resolveDocument(
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
