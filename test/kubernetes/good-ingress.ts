/** An Ingress behind an Application Load Balancer without a fault; bad examples change one thing in it. */
export const GOOD_INGRESS = {
  albConfig: {
    apiVersion: 'alibabacloud.com/v1',
    kind: 'AlbConfig',
    metadata: { name: 'alb' },
    spec: {
      config: { addressType: 'Intranet', zoneMappings: [{ vSwitchId: 'vsw-1' }, { vSwitchId: 'vsw-2' }] },
      listeners: [
        { port: 80, protocol: 'HTTP' },
        { port: 443, protocol: 'HTTPS', certificates: [{ CertificateId: '7561234-cn-hangzhou', IsDefault: true }] },
      ],
    },
  },
  ingressClass: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'alb' },
    spec: {
      controller: 'ingress.k8s.alibabacloud/alb',
      parameters: { apiGroup: 'alibabacloud.com', kind: 'AlbConfig', name: 'alb' },
    },
  },
  ingress: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: 'web',
      namespace: 'shop',
      annotations: {
        'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP": 80}]',
        'alb.ingress.kubernetes.io/actions.closed': '[{"Type": "FixedResponse"}]',
      },
    },
    spec: {
      ingressClassName: 'alb',
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'internal', port: { number: 80 } } } },
              {
                path: '/closed',
                pathType: 'Prefix',
                backend: { service: { name: 'closed', port: { name: 'use-annotation' } } },
              },
            ],
          },
        },
      ],
    },
  },
};
