import type { AlbIngressClassModel, AlbIngressModel, AlbPathModel, AlbRouteModel } from '../../model/alb/alb-ingress';
import type { Output } from '../artefact';
import type { Ingress, IngressClass, IngressPath, Metadata } from '../k8s';
import { albAnnotations } from './alb-annotations';
import { albConfig } from './alb-config';

/** An Application Load Balancer of Alibaba Cloud and what it forwards: AlbConfig, IngressClass and Ingress. */
export function renderAlbIngress(model: AlbIngressModel): Output {
  const { albConfig: config, ingressClass: declaredClass, ingresses, namespace } = model;
  const labels = labelsOf(model);
  return {
    objects: [
      ...(config ? [albConfig(withLabels({ name: config.name }, labels), config)] : []),
      ...(declaredClass ? [ingressClass(declaredClass, labels)] : []),
      ...ingresses.map((route) => ingress(route, namespace, labels)),
    ],
    files: {},
  };
}

type Labels = Readonly<Record<string, string>>;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
function labelsOf({ profile, name, labels }: AlbIngressModel): Labels {
  if (profile === 'upstream') return {};
  return {
    ...labels,
    'app.kubernetes.io/name': 'alb-ingress',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/managed-by': 'cdk8s-balancer',
  };
}

function withLabels(metadata: Metadata, labels: Labels): Metadata {
  return Object.keys(labels).length === 0 ? metadata : { ...metadata, labels };
}

/** The controller takes Ingresses of the classes that name it: store/store.go of alibaba/alibaba-load-balancer-controller. */
const CONTROLLER = 'ingress.k8s.alibabacloud/alb';

function ingressClass({ name, isDefault, albConfig: config }: AlbIngressClassModel, labels: Labels): IngressClass {
  const annotations = { 'ingressclass.kubernetes.io/is-default-class': 'true' };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { ...withLabels({ name }, labels), ...(isDefault && { annotations }) },
    spec: { controller: CONTROLLER, parameters: { apiGroup: 'alibabacloud.com', kind: 'AlbConfig', name: config } },
  };
}

function ingress(route: AlbRouteModel, namespace: string, common: Labels): Ingress {
  const { name, className, tls, rules, labels, annotations } = route;
  const all = { ...annotations, ...albAnnotations(route) };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      ...withLabels({ name, namespace }, { ...labels, ...common }),
      ...(Object.keys(all).length > 0 && { annotations: all }),
    },
    spec: {
      ingressClassName: className,
      ...(tls && { tls }),
      rules: rules.map(({ host, paths }) => ({
        ...(host !== undefined && { host }),
        http: { paths: paths.map(ingressPath) },
      })),
    },
  };
}

/** The controller knows ports by number only; this name says that the annotations take the request. */
const USE_ANNOTATION = 'use-annotation';

function ingressPath({ path, pathType, service, port }: AlbPathModel): IngressPath {
  return {
    path,
    pathType,
    backend: { service: { name: service, port: port === undefined ? { name: USE_ANNOTATION } : { number: port } } },
  };
}
