import type { AlbIngressSpec } from '../../spec/generated/alb-ingress';
import type { Problems } from '../problems';
import { checkCanaries } from './alb-canary-checks';
import { checkForwarding } from './alb-forwarding-checks';
import type { AlbIngressModel } from './alb-ingress';
import { checkListeners } from './alb-listener-checks';
import { checkLoadBalancer } from './alb-load-balancer-checks';
import { checkPaths } from './alb-path-checks';
import { checkRoutes } from './alb-route-checks';
import { checkRouteListeners } from './alb-route-listener-checks';

/** A check over the whole of an AlbIngress; pointers are those of the spec, whose lists the model has in the same order. */
type AlbCheck = (model: AlbIngressModel, spec: AlbIngressSpec, problems: Problems) => void;

const CHECKS: readonly AlbCheck[] = [
  checkReference,
  checkLoadBalancer,
  checkListeners,
  checkRoutes,
  checkRouteListeners,
  checkPaths,
  checkForwarding,
  checkCanaries,
];

/** Runs every check of an AlbIngress and reports what fails. */
export function checkAlbIngress(model: AlbIngressModel, spec: AlbIngressSpec, problems: Problems): void {
  for (const check of CHECKS) check(model, spec, problems);
}

/** One way from the Ingresses to a load balancer. */
function checkReference(_: AlbIngressModel, spec: AlbIngressSpec, problems: Problems): void {
  const { loadBalancer, listeners, albConfig, ingressClass, ingressClassName } = spec;
  const refuse = (field: string, message: string): void => problems.add('BAL3100', `/spec/${field}`, message);
  if (loadBalancer === undefined && albConfig === undefined && ingressClassName === undefined) {
    problems.add(
      'BAL3100',
      '/spec',
      'nothing says which load balancer: no loadBalancer, albConfig or ingressClassName',
    );
  }
  if (loadBalancer === undefined && listeners !== undefined) {
    refuse('listeners', 'there are listeners, but no loadBalancer');
  }
  if (ingressClassName === undefined) return;
  if (ingressClass !== undefined)
    refuse('ingressClass', `the existing IngressClass "${ingressClassName}" is named too`);
  if (loadBalancer === undefined && albConfig !== undefined) {
    refuse('albConfig', `the IngressClass "${ingressClassName}" already leads to an AlbConfig`);
  }
}
