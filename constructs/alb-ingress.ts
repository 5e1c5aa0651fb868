import type { Construct } from 'constructs';
import type { AlbIngressMetadata, AlbIngressSpec } from '../compiler/spec/generated/alb-ingress';
import { StandaloneConstruct } from './standalone-construct';

/** Props of an `AlbIngress`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface AlbIngressProps extends AlbIngressSpec {
  /**
   * Name, namespace, labels and annotations.
   * @default the name is the id of the construct, the namespace that of the chart, or else "default"
   */
  readonly metadata?: Partial<AlbIngressMetadata>;
}

/** An Application Load Balancer of Alibaba Cloud and what it forwards: AlbConfig, IngressClass and Ingress. */
export class AlbIngress extends StandaloneConstruct<'AlbIngress'> {
  constructor(scope: Construct, id: string, props: AlbIngressProps) {
    super(scope, id, 'AlbIngress', props);
  }
}
