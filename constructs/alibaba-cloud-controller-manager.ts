import type { Construct } from 'constructs';
import type {
  AlibabaCloudControllerManagerMetadata,
  AlibabaCloudControllerManagerSpec,
} from '../compiler/spec/generated/alibaba-cloud-controller-manager';
import { StandaloneConstruct } from './standalone-construct';

/** Props of an `AlibabaCloudControllerManager`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface AlibabaCloudControllerManagerProps extends AlibabaCloudControllerManagerSpec {
  /**
   * Name, namespace, labels and annotations.
   * @default the name is the id of the construct, the namespace that of the chart, or else "kube-system"
   */
  readonly metadata?: Partial<AlibabaCloudControllerManagerMetadata>;
}

/** The cloud controller manager of Alibaba Cloud: accounts, configuration, DaemonSet, and what the nodes need. */
export class AlibabaCloudControllerManager extends StandaloneConstruct<'AlibabaCloudControllerManager'> {
  constructor(scope: Construct, id: string, props: AlibabaCloudControllerManagerProps) {
    super(scope, id, 'AlibabaCloudControllerManager', props);
  }
}
