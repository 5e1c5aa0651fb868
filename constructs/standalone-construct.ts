import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Diagnostic } from '../compiler/diagnostics';
import type { Rendered } from '../compiler/manifest/artefact';
import type { Files } from '../compiler/manifest/config-map';
import type { KubernetesObject, Metadata } from '../compiler/manifest/k8s';
import type { SpecDocument } from '../compiler/spec/document';
import { validate } from '../compiler/spec/validate';
import { renderStandalone, STANDALONE_KINDS, type StandaloneKindName } from '../compiler/standalone-kinds';
import { addObject, withoutNamespace } from './add-object';
import { DiagnosticsError } from './diagnostics-error';
import { plainDocument, plainProblems } from './plain-document';
import { NEIGHBOURS, OPERATORS } from './tree-documents';
import { warn } from './warnings';

/** Props of every kind that stands alone: its spec, and its metadata. */
export interface StandaloneProps {
  readonly metadata?: Partial<Metadata>;
}

/** A kind that is compiled by itself. Its objects are there at once, or as soon as what it names is; its problems are told at synth. */
export class StandaloneConstruct<K extends StandaloneKindName> extends Construct {
  private readonly kind: K;
  private readonly props: StandaloneProps;
  private readonly metadata: Metadata;
  private rendered: Rendered | undefined;

  constructor(scope: Construct, id: string, kind: K, props: StandaloneProps) {
    super(scope, id);
    this.kind = kind;
    this.props = props;
    const namespace = props.metadata?.namespace ?? Chart.of(this).namespace ?? STANDALONE_KINDS[kind].defaultNamespace;
    this.metadata = { ...props.metadata, name: props.metadata?.name ?? id, ...(namespace && { namespace }) };
    if (kind === 'BalancerOperator') OPERATORS.add(this, () => this.toDocument());
    NEIGHBOURS.add(this, () => this.toDocument());
    this.node.addValidation({ validate: () => plainProblems(() => this.model) });
    plainProblems(() => this.model);
  }

  /** What it becomes. Throws a `DiagnosticsError` that holds every problem. */
  get model(): Rendered {
    if (this.rendered === undefined) {
      this.rendered = this.render();
      for (const object of this.rendered.objects) this.addObject(object);
    }
    return this.rendered;
  }

  /** Its plain configurations, by name. Throws like `model`. */
  get files(): Files {
    return this.model.files;
  }

  private addObject(object: KubernetesObject): void {
    const { kind, metadata } = object;
    const fields = Object.keys(object).filter((field) => !['apiVersion', 'kind', 'metadata'].includes(field));
    const id = [kind, metadata.namespace, metadata.name].filter(Boolean).join('-');
    const added = addObject(
      this,
      id,
      object,
      fields,
      () => object as KubernetesObject & Readonly<Record<string, unknown>>,
    );
    if (metadata.namespace === undefined) withoutNamespace(added);
  }

  private toDocument(): SpecDocument {
    const { metadata: _, ...spec } = this.props;
    const head = { apiVersion: 'cdk8s-balancer.dev/v1alpha1', kind: this.kind };
    return plainDocument(this, { ...head, metadata: this.metadata, spec });
  }

  private render(): Rendered {
    const diagnostics: Diagnostic[] = [];
    const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
    const document = this.toDocument();
    const checked = validate(document, report);
    const rendered =
      checked?.kind === this.kind
        ? renderStandalone(this.kind, checked.content as never, document, report, NEIGHBOURS.around(this))
        : undefined;
    if (rendered === undefined) throw new DiagnosticsError(diagnostics);
    warn(this, diagnostics);
    return rendered;
  }
}
