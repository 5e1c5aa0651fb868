import type { Construct } from 'constructs';
import type { PhaseMachineMetadata, PhaseMachineSpec } from '../compiler/spec/generated/phase-machine';
import { StandaloneConstruct } from './standalone-construct';

/** Props of a `PhaseMachine`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface PhaseMachineProps extends PhaseMachineSpec {
  /**
   * Name, labels and annotations.
   * @default the name is the id of the construct
   */
  readonly metadata?: Partial<PhaseMachineMetadata>;
}

/** The phases of a resource, proven, with the rules that hold a controller to them. */
export class PhaseMachine extends StandaloneConstruct<'PhaseMachine'> {
  constructor(scope: Construct, id: string, props: PhaseMachineProps) {
    super(scope, id, 'PhaseMachine', props);
  }
}
