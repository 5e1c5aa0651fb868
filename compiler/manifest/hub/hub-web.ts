import { HUB_FOLDERS, type ReconcilerHubModel, unitNames, type WebModel } from '../../model/hub/reconciler-hub';
import { disruptionBudget } from '../balancer/disruption-budget';
import type { Container, Deployment, KubernetesObject } from '../k8s';
import { serviceAccount } from '../rbac';
import { service } from '../service';
import { hubMetadata, hubSelector, WEB_COMPONENT } from './hub-metadata';
import { webPolicies } from './hub-network';
import { hubContainerSecurity, hubPod, hubSecret, ROLLING } from './hub-pod';

/** The web back end: an account without permissions, its Service and its Deployment. */
export function webObjects(model: ReconcilerHubModel): KubernetesObject[] {
  const { web, name, profile } = model;
  if (web === undefined) return [];
  const metadata = hubMetadata(model, WEB_COMPONENT, unitNames(name).web);
  const selector = hubSelector(model, WEB_COMPONENT);
  const ports = [{ name: 'http', port: web.port, protocol: 'TCP', targetPort: 'http' }];
  return [
    serviceAccount(metadata),
    service({ metadata, selector, ports }),
    ...webPolicies(model),
    webDeployment(model, web),
    ...(profile === 'hardened' && web.replicas > 1 ? [disruptionBudget(metadata, selector)] : []),
  ];
}

function webDeployment(model: ReconcilerHubModel, web: WebModel): Deployment {
  const labels = hubSelector(model, WEB_COMPONENT);
  const { name, key } = web.userConfigSecret;
  const scratch = model.profile === 'hardened' ? [{ name: 'scratch', emptyDir: { sizeLimit: '16Mi' } }] : [];
  const secret = hubSecret(name, [key]);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: hubMetadata(model, WEB_COMPONENT, unitNames(model.name).web),
    spec: {
      replicas: web.replicas,
      selector: { matchLabels: labels },
      ...(model.profile === 'hardened' && { strategy: ROLLING }),
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: unitNames(model.name).web,
          automountServiceAccountToken: false,
          ...hubPod(model, labels),
          containers: [webContainer(model, web)],
          volumes: [{ name: 'user-config', secret }, ...scratch],
        },
      },
    },
  };
}

function webContainer(model: ReconcilerHubModel, web: WebModel): Container {
  const scratch = model.profile === 'hardened' ? [{ name: 'scratch', mountPath: '/tmp' }] : [];
  return {
    name: 'web',
    image: web.image,
    command: web.command,
    args: ['--user-config', `${HUB_FOLDERS.userConfig}/${web.userConfigSecret.key}`, ...web.args],
    ports: [{ name: 'http', containerPort: web.port, protocol: 'TCP' }],
    readinessProbe: { tcpSocket: { port: 'http' }, periodSeconds: 10 },
    livenessProbe: { tcpSocket: { port: 'http' }, initialDelaySeconds: 15, periodSeconds: 20 },
    resources: web.resources,
    securityContext: hubContainerSecurity(model),
    volumeMounts: [{ name: 'user-config', mountPath: HUB_FOLDERS.userConfig, readOnly: true }, ...scratch],
  };
}
