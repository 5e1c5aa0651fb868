/** What our rules about workloads on certain nodes and about admission policies must refuse: one change in GOOD each. */
import type { Example } from './bad-for-schema';

const STATEFUL = 'stateful/spec/template/spec';
const CLAIM = 'stateful/spec/volumeClaimTemplates/0/spec';
const PEER = `${STATEFUL}/containers/0`;
const TERMS = `${STATEFUL}/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms`;

/** A part of BAD_FOR_RULES. */
export const BAD_FOR_WORKLOAD_RULES = {
  'stateful-service': [
    ['stateful/spec/serviceName', 'x', 'Service "x" does not exist'],
    ['headless/spec/clusterIP', undefined, 'Service "peers" is not headless'],
    ['headless/spec/selector/app', 'web', 'Service "peers" does not select its Pods'],
  ],
  claims: [
    [`${CLAIM}/resources/requests/storage`, undefined, 'claim "state" has no size'],
    [`${CLAIM}/resources/requests/storage`, '1 GiB', 'claim "state" has no size'],
    [`${CLAIM}/accessModes`, [], 'claim "state" cannot be written'],
    [`${CLAIM}/accessModes/0`, 'ReadOnlyMany', 'claim "state" cannot be written'],
    [`${CLAIM}/accessModes/1`, 'ReadWriteOncePod', 'claim "state" is for one Pod, and more'],
  ],
  'daemon-update': [
    ['daemon/spec/updateStrategy/rollingUpdate/maxUnavailable', 0, 'can neither add nor remove a Pod'],
    ['daemon/spec/updateStrategy/rollingUpdate/maxSurge', 1, 'surges on the network of its node'],
  ],
  'node-affinity': [
    [TERMS, [], 'has a term that no node fulfils'],
    [`${TERMS}/0`, {}, 'has a term that no node fulfils'],
    [`${TERMS}/0/matchFields/0/key`, 'spec.podCIDR', 'asks for the unknown field "spec.podCIDR"'],
    [`${TERMS}/0/matchFields/0/values/1`, 'master-2', 'asks for a field In 2 values'],
    [`${TERMS}/0/matchFields/0/operator`, 'Exists', 'asks for a field Exists 1 values'],
  ],
  apart: [
    [
      `${STATEFUL}/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution`,
      [],
      'may put two Pods on the network of one node',
    ],
  ],
  capabilities: [
    [
      `${PEER}/securityContext/capabilities/add/0`,
      'CAP_NET_BIND_SERVICE',
      'container "peer": capability "CAP_NET_BIND_SERVICE" is none',
    ],
    [
      `${STATEFUL}/securityContext/runAsUser`,
      65532,
      'container "peer": NET_BIND_SERVICE does not reach a user that is not root',
    ],
  ],
  'secret-files': [
    [`${STATEFUL}/volumes/1/secret/defaultMode`, undefined, 'volume "password" can be read by everybody'],
    [`${STATEFUL}/securityContext`, { runAsNonRoot: true }, 'volume "password" can be read by root only'],
  ],
  'mounted-scripts': [
    [`${PEER}/command/1`, '/etc/tools/go.sh', 'container "peer" runs "/etc/tools/go.sh", which no ConfigMap holds'],
    [`${PEER}/command/1`, '/bin/go.sh', 'container "peer" runs "/bin/go.sh", which no ConfigMap holds'],
    [
      'tools/data/run.sh',
      '#!/bin/sh\nexec sleep 1\n',
      'container "peer" runs "/etc/tools/run.sh", which goes on after an error',
    ],
  ],
  token: [
    ['idle/automountServiceAccountToken', undefined, 'holds a token of "idle", which may do nothing'],
    ['account/automountServiceAccountToken', false, 'has no token of "web", which may do something'],
  ],
  'admission-expressions': [
    ['admission/spec/variables/0/expression', "['192.0.2.10'", '"known" is no CEL'],
    ['admission/spec/variables/0/expression', `'${'a'.repeat(100_000)}'`, '"known" is too long'],
    ['admission/spec/variables/0/expression', 'variables.bad', '"known" uses the unknown variable "bad"'],
    ['admission/spec/variables/0/name', 'bad', 'variable "bad" is there twice'],
    ['admission/spec/validations/0/message', 'a\nb', 'message "a\\nb" is not one line'],
  ],
  'admission-in-force': [
    ['admission/spec/matchConstraints/resourceRules', [], 'is about nothing'],
    ['admission/spec/validations', [], 'checks nothing'],
    ['admission/spec/failurePolicy', 'Ignore', 'allows what it cannot check'],
    ['admissionBinding/spec/policyName', 'x', 'has no binding'],
  ],
  'admission-binding': [
    ['admissionBinding/spec/policyName', 'x', 'ValidatingAdmissionPolicy "x" does not exist'],
    ['admissionBinding/spec/validationActions', ['Deny', 'Warn'], 'cannot do "Deny,Warn"'],
  ],
} as const satisfies Readonly<Record<string, readonly Example[]>>;
