import { type AlibabaServiceModel, NLB_CLASS } from '../../model/alibaba-service/alibaba-service';
import { type Rendered, stemOf } from '../artefact';
import type { Metadata, Service } from '../k8s';
import { service } from '../service';
import { type AnnotatedService, alibabaAnnotations } from './alibaba-annotations';

/** What a LoadBalancerService becomes where a CLB or an NLB of Alibaba Cloud is its provider. */
export function renderAlibabaService(model: AlibabaServiceModel): Rendered {
  const { name, namespace } = model;
  const stem = stemOf('LoadBalancerService', 'cdk8s-balancer.dev', name, namespace);
  return { stem, objects: [alibabaServiceManifest(model)], files: {} };
}

/** The Service of type LoadBalancer that Alibaba Cloud's controllers look for. */
export function alibabaServiceManifest(model: AlibabaServiceModel): Service {
  const { product, selector, externalTrafficPolicy } = model;
  return service({
    metadata: alibabaServiceMetadata(model),
    type: 'LoadBalancer',
    selector,
    ports: model.ports.map(({ name, ...port }) => ({ name: name || undefined, ...port })),
    loadBalancerClass: product === 'nlb' ? NLB_CLASS : undefined,
    externalTrafficPolicy,
  });
}

/** Name, labels and annotations of the Service. */
export function alibabaServiceMetadata(
  model: AnnotatedService & Pick<AlibabaServiceModel, 'profile' | 'name' | 'namespace' | 'labels' | 'annotations'>,
): Metadata {
  const { profile, name, namespace } = model;
  const annotations = { ...model.annotations, ...alibabaAnnotations(model) };
  return {
    name,
    namespace,
    ...(profile === 'hardened' && { labels: { ...model.labels, ...standardLabels(name) } }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
function standardLabels(instance: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': 'alibaba-load-balancer',
    'app.kubernetes.io/instance': instance,
    'app.kubernetes.io/component': 'service',
    'app.kubernetes.io/managed-by': 'cdk8s-balancer',
  };
}
