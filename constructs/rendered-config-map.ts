import { type ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { configMap, type Files, filesHash } from '../compiler/manifest/config-map';
import type { Metadata } from '../compiler/manifest/k8s';
import { addObject, type Deferred, settle } from './add-object';

/** Props of a `RenderedConfigMap`. */
export interface RenderedConfigMapProps {
  readonly metadata: Metadata;
  /** Text files by name; a function is asked at synth. */
  readonly files: Deferred<Files>;
}

/** A ConfigMap of rendered files, with a hash that changes exactly when they do. */
export class RenderedConfigMap extends Construct {
  readonly apiObject: ApiObject;
  readonly name: string;
  private readonly source: Deferred<Files>;

  constructor(scope: Construct, id: string, { metadata, files }: RenderedConfigMapProps) {
    super(scope, id);
    this.name = metadata.name;
    this.source = files;
    const head = { apiVersion: 'v1', kind: 'ConfigMap', metadata: inChart(this, metadata) };
    this.apiObject = addObject(this, 'Default', head, ['data'], () => configMap(metadata, this.files));
  }

  /** The files, by name. */
  get files(): Files {
    return settle(this.source);
  }

  /** A hash of the files: put it into an annotation of the Pods that mount them, so that they roll. */
  get hash(): string {
    return filesHash(this.files);
  }
}

/** Metadata with the namespace of the chart where it has none of its own. */
export function inChart(scope: Construct, metadata: Metadata): Metadata {
  return { ...metadata, namespace: metadata.namespace ?? Chart.of(scope).namespace };
}
