import { type ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { Diagnostic } from '../compiler/diagnostics';
import { alibabaServiceManifest, alibabaServiceMetadata } from '../compiler/manifest/alibaba-service/alibaba-service';
import {
  loadBalancerServiceManifest,
  loadBalancerServiceMetadata,
  PROXY_NAME_LABEL,
} from '../compiler/manifest/bgp/load-balancer-service';
import type { Metadata, Service } from '../compiler/manifest/k8s';
import type { AlibabaServiceModel } from '../compiler/model/alibaba-service/alibaba-service';
import type { DeclaredAlibabaService } from '../compiler/model/alibaba-service/resolve-alibaba-service';
import type { LoadBalancerServiceModel } from '../compiler/model/bgp/bgp-load-balancer';
import type { Placed } from '../compiler/model/bgp/link-services';
import { type DeclaredService, resolveLoadBalancerService } from '../compiler/model/bgp/resolve-load-balancer-service';
import type {
  LoadBalancerServiceMetadata,
  LoadBalancerServiceSpec,
} from '../compiler/spec/generated/load-balancer-service';
import { validate } from '../compiler/spec/validate';
import { addObject } from './add-object';
import { DiagnosticsError } from './diagnostics-error';
import { plainDocument, plainProblems } from './plain-document';
import { checkClaims, linkOf, membersAround } from './service-links';
import { warn } from './warnings';

/** Props of a `LoadBalancerService`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface LoadBalancerServiceProps extends LoadBalancerServiceSpec {
  /**
   * Name, namespace, labels and annotations.
   * @default the name is the id of the construct, the namespace that of the chart, or else "default"
   */
  readonly metadata?: Partial<LoadBalancerServiceMetadata>;
}

/** What a service says by itself, for any provider. */
type Declared = DeclaredService | DeclaredAlibabaService;

/**
 * A service behind addresses outside of the cluster. The BgpLoadBalancer and the Balancer that it names are found in the
 * same tree at synth; problems end the synth with all of their messages.
 */
export class LoadBalancerService extends Construct {
  readonly apiObject: ApiObject;
  private readonly props: LoadBalancerServiceProps;
  private readonly metadata: LoadBalancerServiceMetadata;
  private resolved: Placed<Declared> | undefined;

  constructor(scope: Construct, id: string, props: LoadBalancerServiceProps) {
    super(scope, id);
    this.props = props;
    const namespace = props.metadata?.namespace ?? Chart.of(this).namespace ?? 'default';
    this.metadata = { ...props.metadata, name: props.metadata?.name ?? id, namespace };
    const head = { apiVersion: 'v1', kind: 'Service', metadata: this.headMetadata() };
    this.apiObject = addObject(this, 'Default', head, ['spec'], () => this.manifest());
    this.node.addValidation({
      validate: () =>
        plainProblems(() => {
          void this.model;
          checkClaims(this);
        }),
    });
    membersAround(this).services.push(() => this.declared);
  }

  /** The checked model, linked. Throws a `DiagnosticsError` that holds every problem. */
  get model(): LoadBalancerServiceModel | AlibabaServiceModel {
    const { kind } = this.declared.model;
    return kind === 'AlibabaService' ? linkOf(this, 'alibabaServices') : linkOf(this, 'services');
  }

  private manifest(): Service {
    const { model } = this;
    return model.kind === 'AlibabaService' ? alibabaServiceManifest(model) : loadBalancerServiceManifest(model);
  }

  /** The metadata, as far as it is known before synth. */
  private headMetadata(): Metadata {
    const { name, namespace, labels = {}, annotations = {} } = this.metadata;
    const profile = this.props.profile === 'upstream' ? 'upstream' : 'hardened';
    const { bgpLoadBalancer } = this.props.provider;
    if (bgpLoadBalancer === undefined) {
      // The annotations follow from the fields; what is wrong with these is told at synth.
      if (plainProblems(() => this.declared).length > 0) return { name, namespace: namespace! };
      const { model } = this.declared;
      if (model.kind === 'AlibabaService') return alibabaServiceMetadata(model);
    }
    const metadata = loadBalancerServiceMetadata({ profile, name, namespace: namespace!, labels, annotations });
    // Whether kube-proxy is told to leave it alone depends on the Balancer that it names, which is found at synth.
    const late = Lazy.any({ produce: () => this.manifest().metadata.labels?.[PROXY_NAME_LABEL] });
    return { ...metadata, labels: { ...metadata.labels, [PROXY_NAME_LABEL]: late as string } };
  }

  private get declared(): Placed<Declared> {
    this.resolved ??= this.resolve();
    return this.resolved;
  }

  private resolve(): Placed<Declared> {
    const diagnostics: Diagnostic[] = [];
    const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
    const { metadata: _, ...spec } = this.props;
    const head = { apiVersion: 'cdk8s-balancer.dev/v1alpha1', kind: 'LoadBalancerService' };
    const document = plainDocument(this, { ...head, metadata: this.metadata, spec });
    const checked = validate(document, report);
    const model =
      checked?.kind === 'LoadBalancerService'
        ? resolveLoadBalancerService(checked.content, document, report)
        : undefined;
    if (model === undefined) throw new DiagnosticsError(diagnostics);
    warn(this, diagnostics);
    return { model, document };
  }
}
