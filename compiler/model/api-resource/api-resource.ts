import type { PhaseMachineModel } from '../phase-machine/phase-machine';
import type { ResourceNames } from './api-resource-names';

/** A JSON Schema of the restricted subset that schemas/ uses. */
export interface FieldSchema {
  readonly [keyword: string]: unknown;
}

/** A version of a resource. */
export interface ApiResourceVersionModel {
  /** Such as `v1alpha1`. */
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning?: string;
  /** Schemas of the objects below `spec` and `status`. */
  readonly spec: FieldSchema;
  readonly status?: FieldSchema;
  readonly subresources: Readonly<Record<string, unknown>>;
  readonly printerColumns: readonly Readonly<Record<string, unknown>>[];
}

/** A checked ApiResource. */
export interface ApiResourceModel extends ResourceNames {
  readonly profile: 'hardened' | 'upstream';
  readonly name: string;
  readonly group: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly description: string;
  readonly versions: readonly ApiResourceVersionModel[];
  /** The machine that drives status.phase. */
  readonly phaseMachine?: PhaseMachineModel;
  /** The spec of a sample object, which the storage version takes. */
  readonly sample?: Readonly<Record<string, unknown>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
