/** What our rules must refuse: one change in GOOD each. */
import { BAD_FOR_INGRESS_RULES } from './bad-for-ingress-rules';
import type { Example } from './bad-for-schema';
import { BAD_FOR_WORKLOAD_RULES } from './bad-for-workload-rules';

const POD = 'deployment/spec/template/spec';
const NGINX = `${POD}/containers/0`;
const LONG = 'a'.repeat(64);

/** For the rules, by rule: each needs one at least. The texts are the whole problem. */
export const BAD_FOR_RULES: Readonly<Record<string, readonly Example[]>> = {
  null: [['service/spec/type', null, '/spec/type is null']],
  name: [
    ['service/metadata/name', 'Web_1', 'name "Web_1" is no DNS-1035 label'],
    ['service/metadata/name', LONG, `name "${LONG}" is no DNS-1035 label`],
    ['service/metadata/name', '1web', 'name "1web" is no DNS-1035 label'],
    ['config/metadata/name', 'a_b', 'name "a_b" is no DNS subdomain'],
    ['deployment/metadata/name', `${LONG}-`, `name "${LONG}-" is no DNS subdomain`],
    ['role/metadata/name', 'a/b', 'name "a/b" is no path segment'],
  ],
  namespace: [
    ['service/metadata/namespace', undefined, 'has no namespace'],
    ['service/metadata/namespace', 'a.b', 'namespace "a.b" is no DNS label'],
    ['definition/metadata/namespace', 'shop', 'is cluster-scoped, but has a namespace'],
  ],
  unique: [['internal/metadata/name', 'web', 'is there twice']],
  labels: [
    ['service/metadata/labels/app', 'a b', 'label app has the malformed value "a b"'],
    ['service/metadata/labels/-a', 'b', 'label key "-a" is malformed'],
    [`deployment/spec/template/metadata/labels/x`, LONG, `label x has the malformed value "${LONG}"`],
    ['policy/spec/podSelector/matchLabels/A_.b', '-', 'label A_.b has the malformed value "-"'],
    [`${POD}/nodeSelector/kubernetes.io os`, 'linux', 'label key "kubernetes.io os" is malformed'],
  ],
  annotations: [
    ['service/metadata/annotations/a b', 'c', 'annotation key "a b" is malformed'],
    ['deployment/spec/template/metadata/annotations/a', 1, 'annotation a is no string'],
    ['service/metadata/annotations/a', 'a'.repeat(262_144), 'annotations have 262159 bytes'],
  ],
  'config-map-data': [
    ['config/data/a b', '', 'key "a b" is no file name'],
    ['config/data/a', 'a'.repeat(1024 * 1024), 'data has 1048602 bytes'],
  ],
  'definition-name': [['definition/metadata/name', 'thing.example.com', 'is not named "things.example.com"']],
  'service-ports-present': [['internal/spec/ports', [], 'has no ports']],
  'service-port-range': [
    ['service/spec/ports/0/port', 70_000, 'port 70000 is out of range'],
    ['service/spec/ports/0/nodePort', 0, 'nodePort 0 is out of range'],
    ['service/spec/ports/1/targetPort', 65_536, 'targetPort 65536 is out of range'],
    ['service/spec/ports/1/targetPort', 'far--away', 'targetPort "far--away" is no port name'],
  ],
  'service-port-names': [
    ['service/spec/ports/0/name', undefined, 'has several ports, and one without a name'],
    ['service/spec/ports/0/name', 'health', 'port name "health" is there twice'],
    ['service/spec/ports/0/name', 'HTTP', 'port name "HTTP" is no DNS label'],
  ],
  'service-ports-unique': [
    ['service/spec/ports/1/port', 80, 'port 80/TCP is there twice'],
    ['service/spec/ports/1/nodePort', 30_080, 'nodePort 30080/TCP is there twice'],
  ],
  'service-node-ports': [
    [
      'internal/spec',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30_080 }] },
      'nodePort 30080 belongs to another Service too',
    ],
  ],
  'service-selector': [
    ['service/spec/selector', {}, 'has an empty selector'],
    ['service/spec/selector/app', '', 'selector app has the malformed value ""'],
    ['service/spec/selector/a b', 'c', 'selector key "a b" is malformed'],
  ],
  'service-addresses': [
    ['service/spec/externalIPs/0', '127.0.0.1', 'externalIP "127.0.0.1" is unusable'],
    ['service/spec/externalIPs/0', '::1', 'externalIP "::1" is unusable'],
    ['service/spec/externalIPs/0', '010.1.2.3', 'externalIP "010.1.2.3" is unusable'],
    [
      'service/spec',
      { type: 'LoadBalancer', ports: [{ port: 80 }], loadBalancerSourceRanges: ['10.0.0.0/33'] },
      'source range "10.0.0.0/33" is no network',
    ],
  ],
  'service-type': [
    ['internal/spec/externalTrafficPolicy', 'Local', 'type ClusterIP takes no externalTrafficPolicy'],
    ['internal/spec/loadBalancerClass', 'a', 'type ClusterIP takes no loadBalancerClass'],
    ['internal/spec/loadBalancerIP', '192.0.2.1', 'type ClusterIP takes no loadBalancerIP'],
    ['internal/spec/loadBalancerSourceRanges', [], 'type ClusterIP takes no loadBalancerSourceRanges'],
    ['internal/spec/ports/0/nodePort', 30_000, 'type ClusterIP takes no nodePort'],
    ['internal/spec/allocateLoadBalancerNodePorts', false, 'type ClusterIP takes no allocateLoadBalancerNodePorts'],
    ['internal/spec', { type: 'ExternalName' }, 'type ExternalName needs an externalName'],
  ],
  'service-named-targets': [['service/spec/ports/0/targetPort', 'web', 'targetPort "web" is no port of its Pods']],
  loop: [
    [
      'config/data/nginx.conf',
      'server internal.shop.svc.cluster.local:80;',
      'leads back to the Pods that dial it, by ConfigMap "web-config"',
    ],
  ],
  selector: [
    ['deployment/spec/selector/matchLabels/app', 'shop', 'its selector does not match the labels of its template'],
    ['deployment/spec/selector', {}, 'has an empty selector'],
  ],
  'spread-selector': [
    [
      `${POD}/topologySpreadConstraints/0/labelSelector/matchLabels/app`,
      'x',
      'the selector for kubernetes.io/hostname does not match the labels of its Pods',
    ],
  ],
  strategy: [
    ['deployment/spec/strategy/rollingUpdate/maxSurge', 0, 'can neither add nor remove a Pod'],
    ['deployment/spec/strategy/type', 'Recreate', 'recreates and rolls'],
    [`${POD}/restartPolicy`, 'Never', 'restarts its containers Never'],
  ],
  'container-names': [
    [`${NGINX}/name`, 'nginx.1', 'container name "nginx.1" is no DNS label'],
    [`${POD}/initContainers`, [{ name: 'nginx', image: 'a' }], 'container name "nginx" is there twice'],
    [`${POD}/containers`, [], 'has no containers'],
  ],
  'volume-names': [
    [`${POD}/volumes/0/name`, LONG, `volume name "${LONG}" is no DNS label`],
    [`${POD}/volumes/0/name`, 'run', 'volume name "run" is there twice'],
    [`${POD}/volumes/0/emptyDir`, {}, 'volume "config" has several sources'],
    [`${POD}/volumes/1/emptyDir/sizeLimit`, '1 MiB', 'volume "run" has no size'],
  ],
  'volumes-used': [[`${POD}/volumes/2`, { name: 'idle', emptyDir: {} }, 'volume "idle" is not mounted']],
  'config-map-exists': [
    ['config/metadata/name', 'web-conf', 'ConfigMap "web-config" does not exist'],
    ['config/metadata/namespace', 'other', 'ConfigMap "web-config" does not exist'],
    ['config/data', { a: 'b' }, 'ConfigMap "web-config" has no key "nginx.conf"'],
    [`${NGINX}/envFrom`, [{ configMapRef: { name: 'x' } }], 'ConfigMap "x" does not exist'],
    [
      `${NGINX}/env/0`,
      { name: 'A', valueFrom: { configMapKeyRef: { name: 'web-config', key: 'x' } } },
      'ConfigMap "web-config" has no key "x"',
    ],
  ],
  'service-account-exists': [[`${POD}/serviceAccountName`, 'shop', 'ServiceAccount "shop" does not exist']],
  'pod-ports': [
    [`${NGINX}/ports/0/name`, 'longer-than-fifteen', 'port name "longer-than-fifteen" is no name of a container port'],
    [`${NGINX}/ports/1/name`, 'http', 'port name "http" is there twice'],
    [`${NGINX}/ports/1/containerPort`, 80, 'container port 80/TCP is there twice'],
  ],
  'grace-period': [
    [`${POD}/terminationGracePeriodSeconds`, 5, 'container "nginx" sleeps 5 s of a grace period of 5 s'],
    [
      `${NGINX}/lifecycle/preStop`,
      { sleep: { seconds: 60 } },
      'container "nginx" sleeps 60 s of a grace period of 40 s',
    ],
  ],
  'host-network': [
    [`${POD}/hostNetwork`, true, 'on the host network finds no Services by name'],
    [`${POD}/hostNetwork`, true, 'on the host network may not set net.ipv4.ip_unprivileged_port_start'],
  ],
  tolerations: [
    [`${POD}/tolerations`, [{ value: 'a' }], 'tolerates every key, but one value'],
    [
      `${POD}/tolerations`,
      [{ key: 'a', operator: 'Exists', value: 'b' }],
      'tolerates any value of "a", but has the value "b"',
    ],
    [
      `${POD}/tolerations`,
      [{ key: 'a', effect: 'NoSchedule', tolerationSeconds: 1 }],
      'tolerates for a time what does not evict',
    ],
  ],
  'low-ports': [
    [`${POD}/securityContext/sysctls`, undefined, 'container port 80 is for root only'],
    [`${POD}/hostNetwork`, true, 'container port 80 is for root only'],
  ],
  restricted: [
    [`${NGINX}/securityContext/allowPrivilegeEscalation`, undefined, 'container "nginx" may escalate its privileges'],
    [`${NGINX}/securityContext/privileged`, true, 'container "nginx" is privileged'],
    [`${NGINX}/securityContext/capabilities/drop`, ['NET_RAW'], 'container "nginx" keeps capabilities'],
    [`${NGINX}/securityContext/capabilities/add`, ['NET_ADMIN'], 'container "nginx" adds capabilities'],
    [`${POD}/securityContext/seccompProfile`, undefined, 'container "nginx" has no seccomp profile'],
    [`${POD}/securityContext/sysctls/0/name`, 'net.core.somaxconn', 'sets the unsafe sysctl net.core.somaxconn'],
    [`${POD}/securityContext/runAsUser`, 0, 'runs as root, but claims not to'],
    [`${POD}/hostPID`, true, 'shares processes or memory with its node'],
    [`${POD}/volumes/1`, { name: 'run', hostPath: { path: '/run' } }, 'mounts a hostPath'],
  ],
  image: [[`${NGINX}/image`, 'nginx 1', 'container "nginx": image "nginx 1" is none']],
  environment: [
    [`${NGINX}/env/0/name`, '1=2', 'container "nginx": variable "1=2" is malformed'],
    [`${NGINX}/env/1`, { name: 'MODE' }, 'container "nginx": variable "MODE" is there twice'],
  ],
  'container-port-range': [[`${NGINX}/ports/0/containerPort`, 0, 'container "nginx": port 0 is out of range']],
  mounts: [
    [`${NGINX}/volumeMounts/1/name`, 'ran', 'container "nginx": mounts "ran", which is no volume'],
    [`${NGINX}/volumeMounts/1/mountPath`, 'run', 'container "nginx": mounts at "run", which is no absolute path'],
    [`${NGINX}/volumeMounts/1/mountPath`, '/etc/nginx', 'container "nginx": mounts twice at "/etc/nginx"'],
  ],
  'probe-ports': [
    [
      `${NGINX}/readinessProbe/tcpSocket/port`,
      9181,
      'container "nginx": readinessProbe asks port 9181, which is not declared',
    ],
  ],
  'probe-form': [
    [`${NGINX}/readinessProbe/exec`, { command: ['a'] }, 'container "nginx": readinessProbe asks in 2 ways'],
    [
      `${NGINX}/livenessProbe`,
      { tcpSocket: { port: 9180 }, successThreshold: 2 },
      'container "nginx": livenessProbe needs several successes',
    ],
  ],
  resources: [
    [`${NGINX}/resources/requests/cpu`, 'one', 'container "nginx": cpu "one" is no quantity'],
    [`${NGINX}/resources/requests/memory`, '128m', 'container "nginx": memory "128m" is a fraction of bytes'],
    [`${NGINX}/resources/requests/cpu`, '1001m', 'container "nginx": requests more cpu than its limit'],
    [`${NGINX}/resources/limits/memory`, '64M', 'container "nginx": requests more memory than its limit'],
  ],
  'writable-paths': [
    [
      `${NGINX}/volumeMounts/0/readOnly`,
      undefined,
      'container "nginx": /etc/nginx cannot be written and does not say so',
    ],
  ],
  'pid-file': [[`${NGINX}/volumeMounts/1/readOnly`, true, 'container "nginx" cannot write /run/nginx/nginx.pid']],
  scripts: [[`${NGINX}/command`, ['sh', '-c', 'a; b'], 'container "nginx": runs a script that goes on after an error']],
  budget: [
    ['budget/spec/selector/matchLabels/app', 'x', 'selects no Pods'],
    ['budget/spec/minAvailable', 1, 'has 2 bounds'],
  ],
  'policy-target': [['policy/spec/podSelector/matchLabels/app', 'x', 'selects no Pods']],
  'policy-peers': [
    ['policy/spec/ingress/0/from/0/ipBlock/cidr', '10.0.0.0', 'peer "10.0.0.0" is no network'],
    ['policy/spec/ingress/0/from/0', {}, 'has an empty peer'],
    ['policy/spec/ingress/0/from/0/podSelector', {}, 'has a peer with both 10.0.0.0/8 and a selector'],
  ],
  'policy-ports': [
    ['policy/spec/ingress/0/ports/0/port', 0, 'port 0 is out of range'],
    ['policy/spec/ingress/0/ports/0/endPort', 80, 'port 8080 is out of range'],
  ],
  permissions: [
    ['role/rules/0/verbs', [], 'has a rule without verbs or without resources'],
    ['role/rules/0/apiGroups', undefined, 'has a rule without apiGroups'],
    ['role/rules/0/verbs/0', '*', 'has a rule with a wildcard'],
  ],
  bindings: [
    ['binding/roleRef/name', 'x', 'Role "x" does not exist'],
    ['binding/subjects/0/namespace', undefined, 'account "web" has no namespace'],
    ['binding/subjects/0/name', 'x', 'ServiceAccount "shop/x" does not exist'],
  ],
  ...BAD_FOR_WORKLOAD_RULES,
  ...BAD_FOR_INGRESS_RULES,
};
