import type { Construct } from 'constructs';
import type { BalancerOperatorMetadata, BalancerOperatorSpec } from '../compiler/spec/generated/balancer-operator';
import { StandaloneConstruct } from './standalone-construct';

/** Props of an `BalancerOperator`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface BalancerOperatorProps extends BalancerOperatorSpec {
  /**
   * Name, namespace, labels and annotations.
   * @default the name is the id of the construct, the namespace that of the chart, or else "balancer-system"
   */
  readonly metadata?: Partial<BalancerOperatorMetadata>;
}

/** The operator of the Balancer resource: CRD, accounts and Deployment of its manager. */
export class BalancerOperator extends StandaloneConstruct<'BalancerOperator'> {
  constructor(scope: Construct, id: string, props: BalancerOperatorProps) {
    super(scope, id, 'BalancerOperator', props);
  }
}
