import type { Construct } from 'constructs';
import type { CustomApiServerMetadata, CustomApiServerSpec } from '../compiler/spec/generated/custom-api-server';
import { StandaloneConstruct } from './standalone-construct';

/** Props of a `CustomApiServer`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface CustomApiServerProps extends CustomApiServerSpec {
  /**
   * Name, namespace, labels and annotations.
   * @default the name is the id of the construct, the namespace that of the chart, or else "default"
   */
  readonly metadata?: Partial<CustomApiServerMetadata>;
}

/** An API server without a cluster: storage, tokens and first objects. */
export class CustomApiServer extends StandaloneConstruct<'CustomApiServer'> {
  constructor(scope: Construct, id: string, props: CustomApiServerProps) {
    super(scope, id, 'CustomApiServer', props);
  }
}
