import { GOOD_INGRESS } from './good-ingress';
import { GOOD_WORKLOADS } from './good-workloads';

/** Objects without a fault, by short names; bad examples change one thing in them. */
export const GOOD = {
  service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' }, annotations: { 'example.com/a': 'b' } },
    spec: {
      type: 'NodePort',
      selector: { app: 'web' },
      ports: [
        { name: 'http', port: 80, targetPort: 'http', nodePort: 30080 },
        { name: 'health', port: 9180, targetPort: 9180 },
      ],
      externalIPs: ['192.0.2.10'],
    },
  },
  internal: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'internal', namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  },
  config: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web-config', namespace: 'shop' },
    data: { 'nginx.conf': 'pid /run/nginx/nginx.pid;\n' },
  },
  account: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'shop' } },
  role: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'web', namespace: 'shop' },
    rules: [{ apiGroups: [''], resources: ['services'], verbs: ['get'] }],
  },
  binding: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'web', namespace: 'shop' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'web' },
    subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
  },
  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: { app: 'web' }, annotations: { 'example.com/a': 'b' } },
        spec: {
          serviceAccountName: 'web',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 101,
            seccompProfile: { type: 'RuntimeDefault' },
            sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
          },
          terminationGracePeriodSeconds: 40,
          topologySpreadConstraints: [
            {
              topologyKey: 'kubernetes.io/hostname',
              maxSkew: 1,
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: { app: 'web' } },
            },
          ],
          containers: [
            {
              name: 'nginx',
              image: 'nginx:1.30.1',
              env: [{ name: 'MODE', value: 'on' }],
              ports: [{ name: 'http', containerPort: 80 }, { containerPort: 9180 }],
              readinessProbe: { tcpSocket: { port: 9180 } },
              lifecycle: { preStop: { exec: { command: ['/bin/sh', '-ec', 'sleep 5; kill -QUIT 1'] } } },
              resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: 1, memory: '256Mi' } },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                readOnlyRootFilesystem: true,
              },
              volumeMounts: [
                { name: 'config', mountPath: '/etc/nginx', readOnly: true },
                { name: 'run', mountPath: '/run/nginx' },
              ],
            },
          ],
          volumes: [
            { name: 'config', configMap: { name: 'web-config', items: [{ key: 'nginx.conf', path: 'nginx.conf' }] } },
            { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
          ],
        },
      },
    },
  },
  budget: {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
  },
  policy: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      podSelector: { matchLabels: { app: 'web' } },
      ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 8080, protocol: 'TCP' }] }],
    },
  },
  definition: {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Thing', plural: 'things' },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              description: 'A thing.',
              properties: { spec: { type: 'object', default: { free: { form: 1 } } } },
            },
          },
        },
      ],
    },
  },
  externalSecret: {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'key', namespace: 'shop' },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'SecretStore', name: 'vault' },
      target: { name: 'key', creationPolicy: 'Owner' },
      data: [{ secretKey: 'key', remoteRef: { key: 'shop/key' } }],
    },
  },
  serviceMonitor: {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      endpoints: [{ path: '/metrics', port: 'https', scheme: 'https' }],
      selector: { matchLabels: { app: 'web' } },
    },
  },
  balancer: {
    apiVersion: 'exposer.hliangzhao.io/v1alpha1',
    kind: 'Balancer',
    metadata: { name: 'left', namespace: 'shop' },
    spec: { ports: [{ port: 80 }], backends: [{ name: 'v1', weight: 1, selector: { app: 'web' } }] },
  },
  ...GOOD_WORKLOADS,
  ...GOOD_INGRESS,
};
