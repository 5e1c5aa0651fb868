import {
  type BalancerOperatorModel,
  MANAGER_SELECTOR,
  type MetricsModel,
  OPERATOR_NAMES as NAMES,
} from '../../model/operator/balancer-operator';
import type { KubernetesObject } from '../k8s';
import { service } from '../service';
import { operatorMetadata } from './operator-metadata';

/** Name of the port of the metrics, in the Pod and in the Service. */
export const METRICS_PORT_NAME = 'https';

/** https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor */
interface ServiceMonitor extends KubernetesObject {
  readonly spec: {
    readonly endpoints: readonly {
      readonly path: string;
      readonly port: string;
      readonly scheme: 'https';
      readonly interval?: string;
      readonly bearerTokenFile: string;
      readonly tlsConfig: { readonly insecureSkipVerify: boolean };
    }[];
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  };
}

/** The Service of the metrics, and what a Prometheus looks for. */
export function metricsObjects(model: BalancerOperatorModel): KubernetesObject[] {
  if (model.metrics === undefined) return [];
  const { port, serviceMonitor } = model.metrics;
  const metadata = operatorMetadata(model, NAMES.metricsService, MANAGER_SELECTOR);
  const ports = [{ name: METRICS_PORT_NAME, port, protocol: 'TCP', targetPort: METRICS_PORT_NAME }];
  return [
    service({ metadata, selector: MANAGER_SELECTOR, ports }),
    ...(serviceMonitor ? [monitor(model, serviceMonitor)] : []),
  ];
}

/** As config/prometheus/monitor.yaml has it. The certificate is one that the server signs itself at its start. */
function monitor(
  model: BalancerOperatorModel,
  { labels, intervalSeconds }: NonNullable<MetricsModel['serviceMonitor']>,
): ServiceMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: operatorMetadata(model, NAMES.metricsMonitor, { ...labels, ...MANAGER_SELECTOR }),
    spec: {
      endpoints: [
        {
          path: '/metrics',
          port: METRICS_PORT_NAME,
          scheme: 'https',
          ...(intervalSeconds !== undefined && { interval: `${intervalSeconds}s` }),
          bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
          tlsConfig: { insecureSkipVerify: true },
        },
      ],
      selector: { matchLabels: MANAGER_SELECTOR },
    },
  };
}
