/** Objects without a fault around workloads that belong to certain nodes; a part of GOOD. */
export const GOOD_WORKLOADS = {
  idle: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'idle', namespace: 'shop' },
    automountServiceAccountToken: false,
  },
  tools: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'tools', namespace: 'shop' },
    data: { 'run.sh': '#!/bin/sh\nset -eu\nexec sleep 1\n' },
  },
  headless: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'peers', namespace: 'shop' },
    spec: { clusterIP: 'None', selector: { app: 'peer' }, ports: [{ port: 179 }] },
  },
  stateful: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'peers', namespace: 'shop' },
    spec: {
      serviceName: 'peers',
      replicas: 2,
      selector: { matchLabels: { app: 'peer' } },
      template: {
        metadata: { labels: { app: 'peer' } },
        spec: {
          serviceAccountName: 'idle',
          hostNetwork: true,
          dnsPolicy: 'Default',
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['master-1'] }] }],
              },
            },
            podAntiAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'peer' } } },
              ],
            },
          },
          securityContext: { runAsUser: 0, fsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'peer',
              image: 'peer:1',
              command: ['/bin/sh', '/etc/tools/run.sh'],
              ports: [{ name: 'bgp', containerPort: 179 }],
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
              },
              volumeMounts: [
                { name: 'tools', mountPath: '/etc/tools', readOnly: true },
                { name: 'password', mountPath: '/etc/password', readOnly: true },
                { name: 'state', mountPath: '/var/lib/peer' },
              ],
            },
          ],
          volumes: [
            { name: 'tools', configMap: { name: 'tools' } },
            { name: 'password', secret: { secretName: 'password', defaultMode: 0o400 } },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'state' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
  daemon: {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'daemon', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'daemon' } },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      template: {
        metadata: { labels: { app: 'daemon' } },
        spec: { hostNetwork: true, dnsPolicy: 'Default', containers: [{ name: 'daemon', image: 'daemon:1' }] },
      },
    },
  },
  admission: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'addresses' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['services'] }],
      },
      variables: [
        { name: 'known', expression: "['192.0.2.10']" },
        { name: 'bad', expression: 'object.spec.externalIPs.filter(ip, !(ip in variables.known))' },
      ],
      validations: [
        { expression: 'size(variables.bad) == 0', message: 'no', messageExpression: "variables.bad.join(', ')" },
      ],
    },
  },
  admissionBinding: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'addresses' },
    spec: { policyName: 'addresses', validationActions: ['Deny'] },
  },
};
