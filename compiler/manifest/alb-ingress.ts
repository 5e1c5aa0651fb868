import type { AlbIngressModel } from '../model/alb-ingress';
import type { Output } from './artefact';

/** An Application Load Balancer of Alibaba Cloud and what it forwards: AlbConfig, IngressClass and Ingress. */
export function renderAlbIngress(_: AlbIngressModel): Output {
  return { objects: [], files: {} };
}
