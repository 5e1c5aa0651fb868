import type { Construct } from 'constructs';
import type {
  AlibabaLoadBalancerControllerMetadata,
  AlibabaLoadBalancerControllerSpec,
} from '../compiler/spec/generated/alibaba-load-balancer-controller';
import { StandaloneConstruct } from './standalone-construct';

/** Props of an `AlibabaLoadBalancerController`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface AlibabaLoadBalancerControllerProps extends AlibabaLoadBalancerControllerSpec {
  /**
   * Name, namespace, labels and annotations.
   * @default the name is the id of the construct, the namespace that of the chart, or else "kube-system"
   */
  readonly metadata?: Partial<AlibabaLoadBalancerControllerMetadata>;
}

/** The Alibaba Load Balancer Controller: accounts, credentials, configuration and Deployment. */
export class AlibabaLoadBalancerController extends StandaloneConstruct<'AlibabaLoadBalancerController'> {
  constructor(scope: Construct, id: string, props: AlibabaLoadBalancerControllerProps) {
    super(scope, id, 'AlibabaLoadBalancerController', props);
  }
}
