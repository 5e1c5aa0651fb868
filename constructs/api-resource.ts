import type { Construct } from 'constructs';
import type { ApiResourceMetadata, ApiResourceSpec } from '../compiler/spec/generated/api-resource';
import { StandaloneConstruct } from './standalone-construct';

/** Props of an `ApiResource`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface ApiResourceProps extends ApiResourceSpec {
  /**
   * Name, labels and annotations.
   * @default the name is the id of the construct
   */
  readonly metadata?: Partial<ApiResourceMetadata>;
}

/** A custom resource: its CustomResourceDefinition, types, editor schema and sample. */
export class ApiResource extends StandaloneConstruct<'ApiResource'> {
  constructor(scope: Construct, id: string, props: ApiResourceProps) {
    super(scope, id, 'ApiResource', props);
  }
}
