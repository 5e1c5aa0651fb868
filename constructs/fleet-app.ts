import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { compareDiagnostics, type Diagnostic, severityOf } from '../compiler/diagnostics';
import { type Artefact, artefactsOf, type Rendered } from '../compiler/manifest/artefact';
import { balancerStem } from '../compiler/manifest/balancer';
import { fleetIndex } from '../compiler/manifest/fleet-index';
import { renderForeign } from '../compiler/manifest/foreign';
import type { KubernetesObject } from '../compiler/manifest/k8s';
import type { Source, SpecDocument } from '../compiler/spec/document';
import { load } from '../compiler/spec/load';
import { validate } from '../compiler/spec/validate';
import { Balancer } from './balancer';
import { DiagnosticsError } from './diagnostics-error';

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
  readonly rendered: () => Rendered;
  readonly balancer?: Balancer;
}

/**
 * A fleet of YAML specs as a cdk8s app: a chart per spec, so that patches of cdk8s reach every object. It prints with the compiler's own writer, to the same bytes as `balancer synth`.
 */
export class FleetApp extends App {
  private readonly members: readonly Member[];
  private readonly save: FleetAppProps['save'];
  private readonly diagnostics: Diagnostic[] = [];

  constructor({ sources, save }: FleetAppProps) {
    super();
    this.save = save;
    const report = (diagnostic: Diagnostic): void => void this.diagnostics.push(diagnostic);
    this.members = [...load(sources, report)].flatMap((document) => this.addDocument(document, report) ?? []);
  }

  /** Checks the whole fleet and saves its artefacts. Throws one `DiagnosticsError` that holds every problem. */
  override synth(): void {
    const found = [...this.diagnostics];
    const report = (diagnostic: Diagnostic): void => void found.push(diagnostic);
    const fleet = fleetIndex(report);
    const artefacts = this.members.flatMap(({ document, rendered, balancer }) => {
      const output = attempt(rendered, document, report);
      if (output === undefined) return [];
      fleet.addObjects(output, document);
      if (balancer) fleet.addReferences(balancer.model, document);
      return artefactsOf(output);
    });
    fleet.checkReferences();
    if (found.some(({ code }) => severityOf(code) === 'error'))
      throw new DiagnosticsError(found.sort(compareDiagnostics));
    this.save(artefacts);
  }

  private addDocument(document: SpecDocument, report: (diagnostic: Diagnostic) => void): Member | undefined {
    const checked = validate(document, report);
    if (checked === undefined) return undefined;
    if (checked.kind === 'foreign') return { document, rendered: () => renderForeign(checked.content, document) };
    const { metadata, spec } = checked.content;
    const { name, namespace = 'default' } = metadata;
    const stem = balancerStem({ name, namespace });
    const chart = new Chart(this, uniqueId(this, stem));
    const balancer = new Balancer(chart, 'balancer', { ...spec, metadata });
    return { document, balancer, rendered: () => renderedIn(chart, balancer, stem) };
  }
}

/** A second spec of the same name is a diagnostic of ours, at its line, and no exception of the tree. */
function uniqueId(scope: Construct, stem: string): string {
  let id = stem;
  for (let copy = 2; scope.node.tryFindChild(id) !== undefined; copy += 1) id = `${stem} (${copy})`;
  return id;
}

/** The model comes first: cdk8s wraps what an object throws, and our diagnostics would be lost in it. */
function renderedIn(chart: Chart, balancer: Balancer, stem: string): Rendered {
  void balancer.model;
  return { stem, objects: objectsOf(chart), files: balancer.config.files };
}

function objectsOf(chart: Chart): KubernetesObject[] {
  return chart.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => (object as ApiObject).toJson() as KubernetesObject);
}

/** What a construct throws speaks of fields; the document knows their lines. */
function attempt<T>(make: () => T, document: SpecDocument, report: (diagnostic: Diagnostic) => void): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    for (const { location, notes, ...diagnostic } of error.diagnostics) {
      const located = notes?.map((note) => ({
        ...note,
        location: note.location && document.locate(note.location.pointer),
      }));
      report({ ...diagnostic, location: document.locate(location.pointer), ...(located && { notes: located }) });
    }
    return undefined;
  }
}
