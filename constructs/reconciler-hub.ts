import type { Construct } from 'constructs';
import type { ReconcilerHubMetadata, ReconcilerHubSpec } from '../compiler/spec/generated/reconciler-hub';
import { StandaloneConstruct } from './standalone-construct';

/** Props of a `ReconcilerHub`: the fields of its spec, with the same names, defaults and errors as in YAML. */
export interface ReconcilerHubProps extends ReconcilerHubSpec {
  /**
   * Name, namespace, labels and annotations.
   * @default the name is the id of the construct, the namespace that of the chart, or else "default"
   */
  readonly metadata?: Partial<ReconcilerHubMetadata>;
}

/** Reconcilers and what they need: configuration, permissions, Services. */
export class ReconcilerHub extends StandaloneConstruct<'ReconcilerHub'> {
  constructor(scope: Construct, id: string, props: ReconcilerHubProps) {
    super(scope, id, 'ReconcilerHub', props);
  }
}
