import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Diagnostic } from '../compiler/diagnostics';
import {
  type BalancerIdentity,
  backendService,
  balancerDeployment,
  balancerDisruptionBudget,
  balancerNetworkPolicy,
  checkedFiles,
  frontendService,
  hasDisruptionBudget,
  partMetadata,
} from '../compiler/manifest/balancer/balancer';
import { balancerResourceHead } from '../compiler/manifest/balancer/balancer-resource';
import type { Files } from '../compiler/manifest/config-map';
import type { BackendModel, BalancerModel } from '../compiler/model/balancer/balancer';
import { BALANCER_DEFAULTS } from '../compiler/model/balancer/balancer-defaults';
import type { OperatorIndex } from '../compiler/model/balancer/delivery';
import { resolveDeliveredBalancer } from '../compiler/model/balancer/resolve-delivered-balancer';
import { backendServiceName, configMapName, deploymentName } from '../compiler/model/values/names';
import type {
  BalancerBackend,
  Balancer as BalancerDocument,
  BalancerMetadata,
  BalancerSpec,
} from '../compiler/spec/generated/balancer';
import { validate } from '../compiler/spec/validate';
import { addObject } from './add-object';
import { BalancerService } from './balancer-service';
import { DiagnosticsError } from './diagnostics-error';
import { selectionOf, type Workload } from './k8s';
import { NginxProxy } from './nginx-proxy';
import { plainDocument, plainProblems } from './plain-document';
import { RenderedConfigMap } from './rendered-config-map';
import { membersAround } from './service-links';
import { OPERATORS } from './tree-documents';
import { warn } from './warnings';

/** Props of a `Balancer`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface BalancerProps extends Omit<BalancerSpec, 'backends'> {
  /**
   * Name, namespace, labels and annotations.
   * @default the name is the id of the construct, the namespace that of the chart, or else "default"
   */
  readonly metadata?: Partial<BalancerMetadata>;
  /** More can be added with `addBackend()`; at synth there must be one. */
  readonly backends?: readonly BackendProps[];
}

/** A backend: as in YAML, or the Pods of a cdk8s-plus workload. */
export type BackendProps = BalancerBackend | WorkloadBackend;

/** A backend whose Pods are those of a cdk8s-plus workload. */
export interface WorkloadBackend extends Omit<BalancerBackend, 'selector' | 'service' | 'address'> {
  readonly workload: Workload;
}

/** The objects of a Balancer that are always there. */
interface Parts {
  readonly service: BalancerService;
  readonly config: RenderedConfigMap;
  readonly proxy: NginxProxy;
}

/** What a Balancer was made of, and among which operators. */
interface Compiled {
  readonly model: BalancerModel;
  readonly files: Files;
  readonly operators: OperatorIndex;
}

/**
 * A layer 4 load balancer: nginx between a front-end Service and weighted backends.
 *
 * Problems in the props end the synth with all of their messages; `model` throws them as one `DiagnosticsError`. A workload
 * that a Service cannot select is thrown by `addBackend` at once. Warnings go to `process.emitWarning`. Values must be plain:
 * `Lazy` ones are refused.
 */
export class Balancer extends Construct {
  private readonly props: BalancerProps;
  private readonly identity: BalancerIdentity;
  private readonly backends: BalancerBackend[] = [];
  private readonly backendScope: Construct;
  private readonly parts: Parts | undefined;
  private resolved: Compiled | undefined;

  constructor(scope: Construct, id: string, props: BalancerProps) {
    super(scope, id);
    this.props = props;
    this.identity = identityOf(this, id, props);
    // The scope of the backends comes first: the order of the tree is the order in which objects are applied.
    this.backendScope = new Construct(this, 'backends');
    const { name } = this.identity;
    if (props.delivery === 'resource') this.addResource();
    else this.parts = this.addParts();
    if (Array.isArray(props.backends)) for (const backend of props.backends) this.addBackend(backend);
    this.node.addValidation({ validate: () => plainProblems(() => this.model) });
    membersAround(this).balancers.push({ name, model: () => this.model });
  }

  /** The Service that clients talk to. */
  get service(): BalancerService {
    return this.part('service');
  }

  /** The ConfigMap with nginx.conf, and its hash. */
  get config(): RenderedConfigMap {
    return this.part('config');
  }

  /** The Deployment of nginx. */
  get proxy(): NginxProxy {
    return this.part('proxy');
  }

  /** Adds a backend: Pods by label, an existing Service, a fixed address, or the Pods of a cdk8s-plus workload. */
  addBackend(props: BackendProps): this {
    const backend = this.plainBackend(props);
    this.resolved = undefined;
    membersAround(this);
    const index = this.backends.push(backend) - 1;
    if (this.parts === undefined || backend?.service !== undefined || backend?.address !== undefined) return this;
    const serviceName = backendServiceName(this.identity.name, String(backend?.name));
    new BalancerService(this.backendScope, String(index), {
      metadata: partMetadata(this.identity, 'backend', serviceName),
      compiled: () => backendService(this.model, this.model.backends[index] as BackendModel) ?? fail(serviceName),
    });
    return this;
  }

  /** The checked model. Throws a `DiagnosticsError` that holds every problem. */
  get model(): BalancerModel {
    return this.compiled.model;
  }

  /** Resolved and rendered once, until a backend is added here, or an operator anywhere in the tree. */
  private get compiled(): Compiled {
    const operators = OPERATORS.around(this);
    if (this.resolved?.operators !== operators) this.resolved = this.compile(operators);
    return this.resolved;
  }

  /** The Balancer as a document of a fleet: what YAML would say. */
  toDocument(): BalancerDocument {
    const { metadata, backends, ...spec } = this.props;
    // What is no list is shown to the validator as it is.
    const malformed = backends !== undefined && !Array.isArray(backends);
    return {
      apiVersion: 'exposer.hliangzhao.io/v1alpha1',
      kind: 'Balancer',
      metadata: { ...metadata, name: this.identity.name, namespace: this.identity.namespace },
      spec: { ...spec, backends: malformed ? backends : this.backends },
    };
  }

  private part<Name extends keyof Parts>(name: Name): Parts[Name] {
    if (this.parts !== undefined) return this.parts[name];
    throw new Error(`"${this.node.path}" is delivered as a resource: an operator makes its ${name}`);
  }

  /** The custom resource, from which an operator makes the objects. */
  private addResource(): void {
    const head = balancerResourceHead(this.identity, this.props.metadata?.annotations);
    const spec = (): BalancerSpec => this.model.resource?.spec ?? fail(this.identity.name);
    addObject(this, 'resource', head, ['spec'], () => ({ ...head, spec: spec() }));
  }

  /** The objects themselves. */
  private addParts(): Parts {
    const { name } = this.identity;
    const service = new BalancerService(this, 'service', {
      metadata: {
        ...partMetadata(this.identity, 'frontend', name),
        annotations: this.props.service?.annotations,
      },
      compiled: () => frontendService(this.model),
    });
    const config = new RenderedConfigMap(this, 'config', {
      metadata: partMetadata(this.identity, 'config', configMapName(name)),
      files: () => this.compiled.files,
    });
    const proxy = new NginxProxy(this, 'proxy', {
      metadata: partMetadata(this.identity, 'proxy', deploymentName(name)),
      compiled: () => balancerDeployment(this.model, config.files),
    });
    this.addPolicies();
    return { service, config, proxy };
  }

  private addPolicies(): void {
    const { profile, name } = this.identity;
    const metadata = partMetadata(this.identity, 'policy', deploymentName(name));
    const replicas = this.props.replicas ?? BALANCER_DEFAULTS[profile].replicas!;
    if (hasDisruptionBudget(profile, replicas)) {
      const head = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata };
      addObject(this, 'disruption-budget', head, ['spec'], () => balancerDisruptionBudget(this.model) ?? fail(name));
    }
    if (this.props.networkPolicy !== undefined) {
      const head = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata };
      addObject(this, 'network-policy', head, ['spec'], () => balancerNetworkPolicy(this.model) ?? fail(name));
    }
  }

  private plainBackend(props: BackendProps): BalancerBackend {
    if (typeof props !== 'object' || props === null || !('workload' in props)) return props;
    const { workload, ...backend } = props;
    const { matchLabels, namespace = this.identity.namespace } = selectionOf(workload);
    if (matchLabels !== undefined && namespace === this.identity.namespace)
      return { ...backend, selector: matchLabels };
    const reason =
      matchLabels === undefined ? 'is not selected by labels in one namespace' : `is in namespace "${namespace}"`;
    const message = `the workload "${workload.node.path}" of backend "${backend.name}" ${reason}`;
    const location = { file: this.node.path, pointer: `/spec/backends/${this.backends.length}/workload` };
    throw new DiagnosticsError([{ code: 'BAL3027', message, location }]);
  }

  private compile(operators: OperatorIndex): Compiled {
    const diagnostics: Diagnostic[] = [];
    const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
    const document = plainDocument(this, this.toDocument());
    const checked = validate(document, report);
    // What is in the tree was decided when it was made: an operator that came later makes it an error.
    const delivery = this.parts === undefined ? 'resource' : 'objects';
    const model =
      checked?.kind === 'Balancer'
        ? resolveDeliveredBalancer(checked.content, delivery, document, operators, report)
        : undefined;
    const files = model && (model.resource === undefined ? checkedFiles(model, document, report) : {});
    if (model === undefined || files === undefined) throw new DiagnosticsError(diagnostics);
    warn(this, diagnostics);
    return { model, files, operators };
  }
}

function identityOf(scope: Construct, id: string, { metadata, profile }: BalancerProps): BalancerIdentity {
  return {
    // Anything else is refused at synth; until then the tree needs one of the two.
    profile: profile === 'upstream' ? 'upstream' : 'hardened',
    name: metadata?.name ?? id,
    namespace: metadata?.namespace ?? Chart.of(scope).namespace ?? 'default',
    labels: metadata?.labels ?? {},
  };
}

/** The tree and the model disagree about which parts there are: our fault. */
function fail(name: string): never {
  throw new Error(`the model has no part "${name}"`);
}
