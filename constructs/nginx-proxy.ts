import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ProxyDeploymentProps, proxyDeployment } from '../compiler/manifest/balancer/proxy-deployment';
import type { Metadata } from '../compiler/manifest/k8s';
import { BALANCER_DEFAULTS } from '../compiler/model/balancer/balancer-defaults';
import { parseVersion, versionOfImage } from '../compiler/model/balancer/nginx-version';
import { CONFIG_HASH_ANNOTATION } from '../compiler/model/values/names';
import type { BalancerSpec } from '../compiler/spec/generated/balancer';
import { addObject } from './add-object';
import { inChart, type RenderedConfigMap } from './rendered-config-map';

/** Fields of a Balancer's spec that a proxy has too, with the same defaults. */
type SharedFields = Pick<
  BalancerSpec,
  | 'profile'
  | 'replicas'
  | 'image'
  | 'imagePullSecrets'
  | 'nginxVersion'
  | 'resources'
  | 'hostNetwork'
  | 'nodeSelector'
  | 'tolerations'
  | 'priorityClassName'
  | 'drainSeconds'
>;

/** Props of an `NginxProxy`. */
export interface NginxProxyProps extends SharedFields {
  readonly metadata: Metadata;
  /** Holds nginx.conf; the Pods roll when its files change. */
  readonly config: RenderedConfigMap;
  /** Labels by which the Deployment finds its Pods: they cannot be changed later. */
  readonly selector: Readonly<Record<string, string>>;
  /** The ports on which nginx.conf listens. */
  readonly ports: readonly { readonly port: number; readonly protocol?: 'TCP' | 'UDP' }[];
  /**
   * A TCP port on which nginx.conf answers the kubelet's probes.
   * @default none, and then no probes
   */
  readonly healthPort?: number;
  /** A shell script for an init container. @default none */
  readonly preparation?: { readonly name: string; readonly script: string };
}

/** What a Balancer knows of its proxy before all of its backends have been added. */
interface CompiledProxyProps {
  readonly metadata: Metadata;
  readonly compiled: () => ProxyDeploymentProps;
}

/** A Deployment of nginx over a ConfigMap that holds nginx.conf; labels and a PodDisruptionBudget are yours to add. */
export class NginxProxy extends Construct {
  readonly apiObject: ApiObject;
  readonly name: string;

  constructor(scope: Construct, id: string, props: NginxProxyProps | CompiledProxyProps) {
    super(scope, id);
    this.name = props.metadata.name;
    const head = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: inChart(this, props.metadata) };
    const body = () => proxyDeployment('compiled' in props ? props.compiled() : deploymentProps(props));
    this.apiObject = addObject(this, 'Default', head, ['spec'], body);
  }
}

/** The props with the defaults of a Balancer. The version of an image that does not tell it is taken to be the default. */
function deploymentProps(props: NginxProxyProps): ProxyDeploymentProps {
  const { metadata, profile = 'hardened', config, selector, ports, image, healthPort, preparation } = props;
  const defaults = BALANCER_DEFAULTS[profile];
  const version = props.nginxVersion ?? versionOfImage(image ?? '') ?? defaults.nginxVersion!;
  return {
    metadata,
    profile,
    selector,
    podLabels: { ...metadata.labels, ...selector },
    podAnnotations: { [CONFIG_HASH_ANNOTATION]: config.hash },
    configMapName: config.name,
    pod: {
      ...props,
      image: image ?? `nginx:${version}`,
      replicas: props.replicas ?? defaults.replicas!,
      hostNetwork: props.hostNetwork ?? false,
      resources: props.resources ?? defaults.resources,
    },
    nginxVersion: parseVersion(version),
    ports: ports.map(({ port, protocol = 'TCP' }) => ({ port, protocol })),
    healthPort,
    drainSeconds: props.drainSeconds ?? defaults.drainSeconds,
    preparation,
  };
}
