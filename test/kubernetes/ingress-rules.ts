/** Rules for Ingresses, their classes, and the AlbConfig of an Application Load Balancer. */
import type { Ingress, IngressClass, KubernetesObject } from '../../compiler/manifest/k8s';
import { ofKind, type Rule, repeated, when } from './rule';
import { isDnsSubdomain } from './syntax';

const PREFIX = 'alb.ingress.kubernetes.io/';
const CONTROLLER = 'ingress.k8s.alibabacloud/alb';

type Paths = NonNullable<NonNullable<NonNullable<Ingress['spec']>['rules']>[number]['http']>['paths'];

function pathsOf({ spec }: Ingress): Paths {
  return (spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
}

/** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/ */
export const ingressPaths = ofKind<Ingress>('Ingress', (ingress) =>
  pathsOf(ingress).flatMap(({ path = '', pathType, backend }) => {
    const { port } = backend.service ?? {};
    const strict = pathType !== 'ImplementationSpecific';
    return [
      ...when(!path.startsWith('/'), `path "${path}" does not start with "/"`),
      ...when(strict && /\/\/|\/\.{1,2}(\/|$)|%2f/i.test(path), `path "${path}" has an invalid sequence`),
      ...when((port?.name === undefined) === (port?.number === undefined), `path "${path}" has no single port`),
    ];
  }),
);

/** Hosts are DNS names, the first label may be a wildcard. */
export const ingressHosts = ofKind<Ingress>('Ingress', ({ spec }) => {
  const hosts = [
    ...(spec?.rules ?? []).map(({ host }) => host),
    ...(spec?.tls ?? []).flatMap((tls) => tls.hosts ?? []),
  ];
  return hosts.flatMap((host) =>
    when(host !== undefined && !isDnsSubdomain(host.replace(/^\*\./, '')), `host "${host}" is no DNS name`),
  );
});

/** Values of annotations that the controller parses as JSON. */
const JSON_ANNOTATION = /^(listen-ports$|actions\.|conditions\.)/;

/** Annotations that name a service. */
const SERVICE_ANNOTATION = /^(actions|conditions|rule-direction)\.(.*)$/;

/** The controller reads JSON where it expects it, and looks services up by the paths. */
export const albAnnotations = ofKind<Ingress>('Ingress', (ingress) => {
  const services = pathsOf(ingress).map(({ backend }) => backend.service?.name);
  return albAnnotationsOf(ingress).flatMap(([name, value]) => {
    const service = SERVICE_ANNOTATION.exec(name)?.[2];
    return [
      ...when(JSON_ANNOTATION.test(name) && !isList(value), `annotation ${name} is no JSON list`),
      ...when(service !== undefined && !services.includes(service), `annotation ${name} names no service of a path`),
    ];
  });
});

function albAnnotationsOf({ metadata }: Ingress): [string, string][] {
  const entries = Object.entries(metadata.annotations ?? {}).filter(([key]) => key.startsWith(PREFIX));
  return entries.map(([key, value]) => [key.slice(PREFIX.length), value]);
}

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

/** A port named "use-annotation" is none: the actions of the service, or a rule on answers, take the request. */
export const albFinalAction = ofKind<Ingress>('Ingress', (ingress) => {
  const annotations = new Map(albAnnotationsOf(ingress));
  return pathsOf(ingress).flatMap(({ path, backend }) => {
    const { name = '', port } = backend.service ?? {};
    const actions = annotations.get(`actions.${name}`) ?? '[]';
    const final = /"Type": "(FixedResponse|Redirect|ForwardGroup)"/.test(actions);
    const taken = final || annotations.get(`rule-direction.${name}`) === 'Response';
    return when(
      taken !== (port?.name === 'use-annotation'),
      `path "${path}" has ${taken ? 'two final actions' : 'none'}`,
    );
  });
});

/** An AlbConfig has each listener once, and its class leads to it if it is there. */
export const albConfigListeners: Rule = (object) => {
  if (object.kind !== 'AlbConfig') return [];
  const { listeners } = (object as AlbConfig).spec;
  const sockets = listeners.map(({ port, protocol }) => `${port}/${protocol === 'QUIC' ? 'UDP' : 'TCP'}`);
  return repeated(sockets).map((socket) => `listener ${socket} is there twice`);
};

interface AlbConfig extends KubernetesObject {
  readonly spec: { readonly listeners: readonly { readonly port: number; readonly protocol: string }[] };
}

/** A class of the controller names an AlbConfig: the controller refuses Ingresses of any other. */
export const albClass = ofKind<IngressClass>('IngressClass', ({ spec }) => {
  const { controller, parameters } = spec ?? {};
  if (controller !== CONTROLLER) return [];
  const leads = parameters?.apiGroup === 'alibabacloud.com' && parameters.kind === 'AlbConfig';
  return when(!leads, 'leads to no AlbConfig');
});
