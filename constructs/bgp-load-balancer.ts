import { type ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Diagnostic } from '../compiler/diagnostics';
import { bgpFiles, bgpLoadBalancerManifests, checkedBgpFiles } from '../compiler/manifest/bgp/bgp-load-balancer';
import type { Files } from '../compiler/manifest/config-map';
import type { KubernetesObject } from '../compiler/manifest/k8s';
import type { BgpLoadBalancerModel } from '../compiler/model/bgp/bgp-load-balancer';
import type { Placed } from '../compiler/model/bgp/link-services';
import { type DeclaredBgpLoadBalancer, resolveBgpLoadBalancer } from '../compiler/model/bgp/resolve-bgp-load-balancer';
import type { BgpLoadBalancerMetadata, BgpLoadBalancerSpec } from '../compiler/spec/generated/bgp-load-balancer';
import { validate } from '../compiler/spec/validate';
import { addObject, withoutNamespace } from './add-object';
import { DiagnosticsError } from './diagnostics-error';
import { plainDocument, plainProblems } from './plain-document';
import { linkOf, membersAround } from './service-links';
import { warn } from './warnings';

/** Props of a `BgpLoadBalancer`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface BgpLoadBalancerProps extends BgpLoadBalancerSpec {
  /**
   * Name, namespace, labels and annotations.
   * @default the name is the id of the construct, the namespace that of the chart, or else "kube-system"
   */
  readonly metadata?: Partial<BgpLoadBalancerMetadata>;
}

/**
 * BGP speakers in the cluster, the switches they talk to, and the nodes in between. The services that name it are found in
 * the same tree at synth; problems end the synth with all of their messages.
 */
export class BgpLoadBalancer extends Construct {
  private readonly props: BgpLoadBalancerProps;
  private readonly metadata: BgpLoadBalancerMetadata;
  private resolved: Placed<DeclaredBgpLoadBalancer> | undefined;
  private rendered: { readonly model: BgpLoadBalancerModel; readonly objects: readonly KubernetesObject[] } | undefined;

  constructor(scope: Construct, id: string, props: BgpLoadBalancerProps) {
    super(scope, id);
    this.props = props;
    const namespace = props.metadata?.namespace ?? Chart.of(this).namespace ?? 'kube-system';
    this.metadata = { ...props.metadata, name: props.metadata?.name ?? id, namespace };
    this.node.addValidation({ validate: () => plainProblems(() => this.files) });
    membersAround(this).loadBalancers.push(() => this.declared);
    this.addObjects();
  }

  /** The checked model with the services that use it. Throws a `DiagnosticsError` that holds every problem. */
  get model(): BgpLoadBalancerModel {
    void this.declared;
    return linkOf(this, 'loadBalancers');
  }

  /** The configurations of speakers, switches and nodes, by name. Throws like `model`. */
  get files(): Files {
    const diagnostics: Diagnostic[] = [];
    const files = checkedBgpFiles(this.model, this.declared.document, (diagnostic) => diagnostics.push(diagnostic));
    if (files === undefined) throw new DiagnosticsError(diagnostics);
    return files;
  }

  /** Which objects there are does not depend on the services; what is in them does, and is asked for at synth. */
  private addObjects(): void {
    let objects: readonly KubernetesObject[] = [];
    try {
      const model = { ...this.declared.model, services: [] };
      objects = bgpLoadBalancerManifests(model, bgpFiles(model));
    } catch (error) {
      // The validation at synth tells what is wrong.
      if (!(error instanceof DiagnosticsError)) throw error;
    }
    objects.forEach((object, index) => {
      this.addObject(object, index);
    });
  }

  private addObject(object: KubernetesObject, index: number): ApiObject {
    const { apiVersion, kind, metadata } = object;
    const fields = Object.keys(object).filter((field) => !['apiVersion', 'kind', 'metadata'].includes(field));
    const id = `${kind}-${metadata.name}`;
    const body = () => this.objects[index] as Readonly<Record<string, unknown>> & KubernetesObject;
    const added = addObject(this, id, { apiVersion, kind, metadata }, fields, body);
    return metadata.namespace === undefined ? withoutNamespace(added) : added;
  }

  /** Rendered once for all the fields that ask, until something else joins the tree. */
  private get objects(): readonly KubernetesObject[] {
    const { model } = this;
    if (this.rendered?.model !== model)
      this.rendered = { model, objects: bgpLoadBalancerManifests(model, bgpFiles(model)) };
    return this.rendered.objects;
  }

  private get declared(): Placed<DeclaredBgpLoadBalancer> {
    this.resolved ??= this.resolve();
    return this.resolved;
  }

  private resolve(): Placed<DeclaredBgpLoadBalancer> {
    const diagnostics: Diagnostic[] = [];
    const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
    const { metadata: _, ...spec } = this.props;
    const head = { apiVersion: 'cdk8s-balancer.dev/v1alpha1', kind: 'BgpLoadBalancer' };
    const document = plainDocument(this, { ...head, metadata: this.metadata, spec });
    const checked = validate(document, report);
    const model =
      checked?.kind === 'BgpLoadBalancer' ? resolveBgpLoadBalancer(checked.content, document, report) : undefined;
    if (model === undefined) throw new DiagnosticsError(diagnostics);
    warn(this, diagnostics);
    return { model, document };
  }
}
