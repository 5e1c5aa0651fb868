import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Metadata } from '../compiler/manifest/k8s';
import { type ProxyDeploymentProps, proxyDeployment } from '../compiler/manifest/proxy-deployment';
import { addObject, type Deferred, settle } from './add-object';
import { inChart } from './rendered-config-map';

/** Props of an `NginxProxy`. */
export interface NginxProxyProps {
  readonly metadata: Metadata;
  /** What runs, and how; a function is asked at synth. */
  readonly proxy: Deferred<Omit<ProxyDeploymentProps, 'metadata'>>;
}

/** A Deployment of nginx over a ConfigMap that holds nginx.conf. */
export class NginxProxy extends Construct {
  readonly apiObject: ApiObject;
  readonly name: string;

  constructor(scope: Construct, id: string, { metadata, proxy }: NginxProxyProps) {
    super(scope, id);
    this.name = metadata.name;
    const head = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: inChart(this, metadata) };
    this.apiObject = addObject(this, 'Default', head, ['spec'], () => proxyDeployment({ ...settle(proxy), metadata }));
  }
}
