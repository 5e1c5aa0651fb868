import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Metadata } from '../compiler/manifest/k8s';
import { type ServiceProps, service } from '../compiler/manifest/service';
import { addObject } from './add-object';
import { inChart } from './rendered-config-map';

/** Props of a `BalancerService`. */
export type BalancerServiceProps = ServiceProps;

/** What a Balancer knows of its Services before all of its backends have been added. */
interface CompiledServiceProps {
  readonly metadata: Metadata;
  readonly compiled: () => ServiceProps;
}

/** A Service with explicit type, selector and ports: the front end of a Balancer, or one of its backends. */
export class BalancerService extends Construct {
  readonly apiObject: ApiObject;
  readonly name: string;

  constructor(scope: Construct, id: string, props: BalancerServiceProps | CompiledServiceProps) {
    super(scope, id);
    this.name = props.metadata.name;
    const head = { apiVersion: 'v1', kind: 'Service', metadata: inChart(this, props.metadata) };
    const body = () => service('compiled' in props ? props.compiled() : props);
    this.apiObject = addObject(this, 'Default', head, ['spec'], body);
  }
}
