import type { Report } from './diagnostics';
import { renderAlbIngress } from './manifest/alb/alb-ingress';
import { renderAlibabaCloudControllerManager } from './manifest/alibaba-controllers/alibaba-cloud-controller-manager';
import { renderAlibabaLoadBalancerController } from './manifest/alibaba-controllers/alibaba-load-balancer-controller';
import { renderApiResource } from './manifest/api-resource/api-resource';
import { renderCustomApiServer } from './manifest/api-server/custom-api-server';
import { type Output, type Rendered, stemOf } from './manifest/artefact';
import { renderReconcilerHub } from './manifest/hub/reconciler-hub';
import type { Metadata } from './manifest/k8s';
import { renderBalancerOperator } from './manifest/operator/balancer-operator';
import { renderPhaseMachine } from './manifest/phase-machine/phase-machine';
import type { ControllerAccess } from './model/access';
import { resolveAlbIngress } from './model/alb/resolve-alb-ingress';
import { ALIBABA_CLOUD_CONTROLLER_MANAGER_ACCESS } from './model/alibaba-controllers/access-alibaba-cloud-controller-manager';
import { ALIBABA_LOAD_BALANCER_CONTROLLER_ACCESS } from './model/alibaba-controllers/access-alibaba-load-balancer-controller';
import { resolveAlibabaCloudControllerManager } from './model/alibaba-controllers/resolve-alibaba-cloud-controller-manager';
import { resolveAlibabaLoadBalancerController } from './model/alibaba-controllers/resolve-alibaba-load-balancer-controller';
import { resolveApiResource } from './model/api-resource/resolve-api-resource';
import { resolveCustomApiServer } from './model/api-server/resolve-custom-api-server';
import { hubAccess } from './model/hub/access-reconciler-hub';
import { resolveReconcilerHub } from './model/hub/resolve-reconciler-hub';
import type { Neighbours } from './model/neighbours';
import { BALANCER_OPERATOR_ACCESS } from './model/operator/access-balancer-operator';
import { operatorFeatures } from './model/operator/balancer-operator';
import { resolveBalancerOperator } from './model/operator/resolve-balancer-operator';
import { resolvePhaseMachine } from './model/phase-machine/resolve-phase-machine';
import type { SpecDocument } from './spec/document';
import type { Contents } from './spec/generated/kinds';

/** A kind whose documents are compiled one by one; what one names is read beside it, and compiled by itself. */
export interface StandaloneKind<Content> {
  /** The namespace of its objects where the document has none; absent for a kind that is cluster-scoped. */
  readonly defaultNamespace?: string;
  /** Checks a document and makes its output. Problems are reported, all of them; then there is no output. */
  readonly compile: (
    content: Content,
    document: SpecDocument,
    report: Report,
    neighbours: Neighbours,
  ) => Output | undefined;
  /** What it may do in the cluster, for kinds that are controllers. Reports like `compile`. */
  readonly access?: (
    content: Content,
    document: SpecDocument,
    report: Report,
    neighbours: Neighbours,
  ) => ControllerAccess | undefined;
}

/** A kind as its two stages. */
function stages<Content, Model>(
  defaultNamespace: string | undefined,
  resolve: (content: Content, document: SpecDocument, report: Report, neighbours: Neighbours) => Model | undefined,
  render: (model: Model) => Output,
  accessOf?: (model: Model) => ControllerAccess,
): StandaloneKind<Content> {
  return {
    ...(defaultNamespace !== undefined && { defaultNamespace }),
    compile(content, document, report, neighbours) {
      const model = resolve(content, document, report, neighbours);
      return model && render(model);
    },
    ...(accessOf && {
      access(content, document, report, neighbours) {
        const model = resolve(content, document, report, neighbours);
        return model && accessOf(model);
      },
    }),
  };
}

type LinkedKind = 'Balancer' | 'BgpLoadBalancer' | 'LoadBalancerService';

/** Name of a kind that stands alone. */
export type StandaloneKindName = Exclude<keyof Contents, LinkedKind>;

/** Our kinds that stand alone: a new one is a row here and one in scripts/generated-files.ts. */
export const STANDALONE_KINDS: { readonly [K in StandaloneKindName]: StandaloneKind<Contents[K]> } = {
  AlbIngress: stages('default', resolveAlbIngress, renderAlbIngress),
  AlibabaCloudControllerManager: stages(
    'kube-system',
    resolveAlibabaCloudControllerManager,
    renderAlibabaCloudControllerManager,
    ({ features }) => ({ table: ALIBABA_CLOUD_CONTROLLER_MANAGER_ACCESS, features }),
  ),
  AlibabaLoadBalancerController: stages(
    'kube-system',
    resolveAlibabaLoadBalancerController,
    renderAlibabaLoadBalancerController,
    ({ features }) => ({ table: ALIBABA_LOAD_BALANCER_CONTROLLER_ACCESS, features }),
  ),
  ApiResource: stages(undefined, resolveApiResource, renderApiResource),
  BalancerOperator: stages('balancer-system', resolveBalancerOperator, renderBalancerOperator, (model) => ({
    table: BALANCER_OPERATOR_ACCESS,
    features: operatorFeatures(model),
  })),
  CustomApiServer: stages('default', resolveCustomApiServer, renderCustomApiServer),
  PhaseMachine: stages(undefined, resolvePhaseMachine, renderPhaseMachine),
  ReconcilerHub: stages('default', resolveReconcilerHub, renderReconcilerHub, hubAccess),
};

/** Whether a kind stands alone. */
export function isStandalone(kind: string): kind is StandaloneKindName {
  return Object.hasOwn(STANDALONE_KINDS, kind);
}

/** A document of a kind that stands alone, compiled. */
export function renderStandalone<K extends StandaloneKindName>(
  kind: K,
  content: Contents[K],
  document: SpecDocument,
  report: Report,
  neighbours: Neighbours,
): Rendered | undefined {
  const { defaultNamespace, compile } = STANDALONE_KINDS[kind];
  const output = compile(content, document, report, neighbours);
  return output && { stem: standaloneStem(kind, content.metadata, defaultNamespace), ...output };
}

/** The stem of the artefacts of a kind that stands alone. */
function standaloneStem(kind: string, metadata: Metadata, defaultNamespace: string | undefined): string {
  return stemOf(
    kind,
    'cdk8s-balancer.dev',
    metadata.name,
    defaultNamespace && (metadata.namespace ?? defaultNamespace),
  );
}
