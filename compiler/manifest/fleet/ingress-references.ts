import type { AlbIngress, AlbIngressRoute } from '../../spec/generated/alb-ingress';

/** A port of a Service that an Ingress forwards to. */
export interface PortReference {
  /** Namespace and name of the Service. */
  readonly service: string;
  readonly port: number;
  /** Where it is named, in the document. */
  readonly pointer: string;
}

/** The ports that a document forwards to, if it is an AlbIngress that was found good. */
export function ingressReferences(value: unknown): PortReference[] {
  const { apiVersion, kind, metadata, spec } = value as AlbIngress;
  if (apiVersion !== 'cdk8s-balancer.dev/v1alpha1' || kind !== 'AlbIngress') return [];
  const namespace = metadata.namespace ?? 'default';
  return (spec.ingresses ?? []).flatMap((route, index) =>
    [...pathReferences(route), ...actionReferences(route)].map(({ service, port, pointer }) => {
      return { service: `${namespace}/${service}`, port, pointer: `/spec/ingresses/${index}${pointer}` };
    }),
  );
}

function pathReferences({ rules }: AlbIngressRoute): PortReference[] {
  return rules.flatMap(({ paths }, rule) =>
    paths.flatMap(({ service, port }, index) =>
      port === undefined ? [] : [{ service, port, pointer: `/rules/${rule}/paths/${index}/port` }],
    ),
  );
}

function actionReferences({ forwarding = [] }: AlbIngressRoute): PortReference[] {
  return forwarding.flatMap(({ actions = [] }, entry) =>
    actions.flatMap(({ forward }, index) =>
      (forward?.serverGroups ?? []).flatMap(({ service, port }, group) => {
        const pointer = `/forwarding/${entry}/actions/${index}/forward/serverGroups/${group}/port`;
        return service === undefined || port === undefined ? [] : [{ service, port, pointer }];
      }),
    ),
  );
}
