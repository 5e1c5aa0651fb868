import type { BalancerOperatorModel } from '../model/balancer-operator';
import type { Output } from './artefact';

/** The operator of the Balancer resource: CRD, accounts and Deployment of its manager. */
export function renderBalancerOperator(_: BalancerOperatorModel): Output {
  return { objects: [], files: {} };
}
