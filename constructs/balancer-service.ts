import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ServiceProps, service } from '../compiler/manifest/service';
import { addObject, type Deferred, settle } from './add-object';
import { inChart } from './rendered-config-map';

/** Props of a `BalancerService`; what is deferred is asked for at synth. */
export interface BalancerServiceProps extends Pick<ServiceProps, 'metadata'> {
  readonly spec: Deferred<Omit<ServiceProps, 'metadata'>>;
}

/** A Service with explicit type, selector and ports: the front end of a Balancer, or one of its backends. */
export class BalancerService extends Construct {
  readonly apiObject: ApiObject;
  readonly name: string;

  constructor(scope: Construct, id: string, { metadata, spec }: BalancerServiceProps) {
    super(scope, id);
    this.name = metadata.name;
    const head = { apiVersion: 'v1', kind: 'Service', metadata: inChart(this, metadata) };
    this.apiObject = addObject(this, 'Default', head, ['spec'], () => service({ ...settle(spec), metadata }));
  }
}
