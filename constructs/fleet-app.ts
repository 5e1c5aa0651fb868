import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { manifestChecks } from '../compiler/analysis/check-manifests';
import { compareDiagnostics, type Diagnostic, type Location, type Report, severityOf } from '../compiler/diagnostics';
import { operatorsIn } from '../compiler/documents-in-texts';
import { type Artefact, artefactsOf, type Rendered, stemOf } from '../compiler/manifest/artefact';
import type { Files } from '../compiler/manifest/config-map';
import { fleetIndex, serviceReferences } from '../compiler/manifest/fleet/fleet-index';
import { renderForeign } from '../compiler/manifest/foreign';
import type { KubernetesObject } from '../compiler/manifest/k8s';
import { defaultDelivery, type OperatorIndex } from '../compiler/model/balancer/delivery';
import type { Source, SpecDocument } from '../compiler/spec/document';
import { load } from '../compiler/spec/load';
import { type Suppressions, suppressions } from '../compiler/spec/suppressions';
import { groupOf, validate } from '../compiler/spec/validate';
import { STANDALONE_KINDS } from '../compiler/standalone-kinds';
import { Balancer } from './balancer';
import { BgpLoadBalancer } from './bgp-load-balancer';
import { DiagnosticsError } from './diagnostics-error';
import { LoadBalancerService } from './load-balancer-service';
import { StandaloneConstruct } from './standalone-construct';
import { emitWarning, hearWarnings } from './warnings';

/** Props of a `FleetApp`. */
export interface FleetAppProps {
  /** The texts of the fleet. */
  readonly sources: Iterable<Source>;
  /** What to do with the artefacts at synth. */
  readonly save: (artefacts: readonly Artefact[]) => void;
}

/** One document of the fleet in the tree. */
interface Member {
  readonly document: SpecDocument;
  /** Its place in the output, as `compile` has it: what names others comes after them. */
  readonly turn: string;
  /** Path of its construct; absent for a document that is not ours. */
  readonly path?: string;
  readonly rendered: () => Rendered;
  readonly balancer?: Balancer;
}

/**
 * A fleet of YAML specs as a cdk8s app: a chart per spec, so that patches of cdk8s reach every object. It prints with the compiler's own writer, to the same bytes as `balancer synth`.
 */
export class FleetApp extends App {
  private readonly members: readonly Member[];
  private readonly operators: OperatorIndex;
  private readonly save: FleetAppProps['save'];
  private readonly diagnostics: Diagnostic[] = [];
  /** Warnings that the specs accept. */
  private readonly accepted: Suppressions;
  /** What constructs have warned of, at their paths. */
  private readonly warnings = new Map<string, Diagnostic>();

  constructor({ sources, save }: FleetAppProps) {
    super();
    this.save = save;
    this.accepted = suppressions((diagnostic) => this.diagnostics.push(diagnostic));
    const { adopt, report, watch } = this.accepted;
    hearWarnings(this, (warning) => this.warnings.set(JSON.stringify(warning), warning));
    const fleet = [...watch(sources)];
    this.operators = operatorsIn(fleet);
    const members = [...load(fleet, report)].flatMap((document) => this.addDocument(adopt(document), report) ?? []);
    this.members = members.sort((one, other) => (one.turn < other.turn ? -1 : Number(one.turn > other.turn)));
  }

  /** Checks the whole fleet and saves its artefacts. Throws one `DiagnosticsError` that holds every problem. */
  override synth(): void {
    const found = this.diagnostics;
    const { report } = this.accepted;
    const fleet = fleetIndex(report);
    const paths = new Map(this.members.flatMap(({ path, document }) => (path === undefined ? [] : [[path, document]])));
    const strangers = manifestChecks(report);
    const artefacts = this.members.flatMap((member) => {
      const { document, balancer } = member;
      const output = attempt(member, paths, report);
      if (output === undefined) return [];
      fleet.addObjects(output, document);
      if (member.path === undefined) strangers.add(document);
      if (balancer) fleet.addReferences(serviceReferences(balancer.model), document.locate);
      return artefactsOf(output);
    });
    fleet.checkReferences();
    strangers.finish();
    for (const warning of this.warnings.values()) report(placedIn(paths, warning));
    this.accepted.finish();
    found.sort(compareDiagnostics);
    if (found.some(({ code }) => severityOf(code) === 'error')) throw new DiagnosticsError(found);
    for (const warning of found) emitWarning(warning);
    this.save(artefacts);
  }

  private addDocument(document: SpecDocument, report: (diagnostic: Diagnostic) => void): Member | undefined {
    const checked = validate(document, report);
    if (checked === undefined) return undefined;
    switch (checked.kind) {
      case 'foreign':
        return { document, turn: '', rendered: () => renderForeign(checked.content, document) };
      case 'Balancer': {
        const { metadata, spec } = checked.content;
        const [chart, stem] = this.addChart(document, 'default');
        const delivery = spec.delivery ?? defaultDelivery(checked.content, this.operators);
        const balancer = new Balancer(chart, 'balancer', { ...spec, delivery, metadata });
        const files = (): Files => (delivery === 'resource' ? {} : balancer.config.files);
        return {
          document,
          turn: '',
          path: balancer.node.path,
          balancer,
          rendered: () => renderedIn(chart, balancer, stem, files),
        };
      }
      case 'BgpLoadBalancer': {
        const { metadata, spec } = checked.content;
        const [chart, stem] = this.addChart(document, 'kube-system');
        const loadBalancer = new BgpLoadBalancer(chart, 'load-balancer', { ...spec, metadata });
        return {
          document,
          turn: '1',
          path: loadBalancer.node.path,
          rendered: () => renderedIn(chart, loadBalancer, stem, () => loadBalancer.files),
        };
      }
      case 'LoadBalancerService': {
        const { metadata, spec } = checked.content;
        const [chart, stem] = this.addChart(document, 'default');
        const service = new LoadBalancerService(chart, 'service', { ...spec, metadata });
        return {
          document,
          turn: `${spec.provider.bgpLoadBalancer === undefined ? 3 : 2} ${metadata.namespace ?? 'default'}/${metadata.name}`,
          path: service.node.path,
          rendered: () => renderedIn(chart, service, stem, () => ({})),
        };
      }
      default: {
        const { metadata, spec } = checked.content;
        const [chart, stem] = this.addChart(document, STANDALONE_KINDS[checked.kind].defaultNamespace);
        const compiled = new StandaloneConstruct(chart, 'Default', checked.kind, { ...spec, metadata });
        return {
          document,
          turn: '',
          path: compiled.node.path,
          rendered: () => {
            const rendered = renderedIn(chart, compiled, stem, () => compiled.files);
            return { ...rendered, reconciles: compiled.model.reconciles };
          },
        };
      }
    }
  }

  /** A chart of its own for a document, and the stem of its artefacts. */
  private addChart(
    { value }: SpecDocument,
    defaultNamespace: string | undefined,
  ): readonly [chart: Chart, stem: string] {
    const { apiVersion, kind, metadata } = value as KubernetesObject;
    const stem = stemOf(kind, groupOf(apiVersion), metadata.name, metadata.namespace ?? defaultNamespace);
    return [new Chart(this, uniqueId(this, stem)), stem];
  }
}

/** A second spec of the same name is a diagnostic of ours, at its line, and no exception of the tree. */
function uniqueId(scope: Construct, stem: string): string {
  let id = stem;
  for (let copy = 2; scope.node.tryFindChild(id) !== undefined; copy += 1) id = `${stem} (${copy})`;
  return id;
}

/** The model comes first: cdk8s wraps what an object throws, and our diagnostics would be lost in it. */
function renderedIn(chart: Chart, own: { readonly model: unknown }, stem: string, files: () => Files): Rendered {
  void own.model;
  return { stem, objects: objectsOf(chart), files: files() };
}

function objectsOf(chart: Chart): KubernetesObject[] {
  return chart.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => (object as ApiObject).toJson() as KubernetesObject);
}

/** What a construct throws speaks of fields; the documents know their lines. */
function attempt(member: Member, members: ReadonlyMap<string, SpecDocument>, report: Report): Rendered | undefined {
  try {
    return member.rendered();
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    for (const diagnostic of error.diagnostics) report(placedIn(members, diagnostic, member.document));
    return undefined;
  }
}

/** A diagnostic of constructs at the lines of their documents, by path; of what is no member, at another document. */
function placedIn(
  members: ReadonlyMap<string, SpecDocument>,
  { location, notes, ...diagnostic }: Diagnostic,
  other?: SpecDocument,
): Diagnostic {
  const placed = (place: Location): Location => (members.get(place.file) ?? other)?.locate(place.pointer) ?? place;
  const located = notes?.map((note) => ({ ...note, ...(note.location && { location: placed(note.location) }) }));
  return { ...diagnostic, location: placed(location), ...(located && { notes: located }) };
}
