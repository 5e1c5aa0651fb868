/** What the judge by schema must refuse: one change in GOOD each. */

/** Where to change GOOD, the new value (undefined removes), and the problem that it earns. */
export type Example = readonly [pointer: string, value: unknown, problem: string];

const NGINX = 'deployment/spec/template/spec/containers/0';

/** The texts are how a problem begins, or a part of it. */
export const BAD_FOR_SCHEMA: readonly Example[] = [
  ['service/spec/selektor', {}, '/spec has the unknown field "selektor"'],
  ['service/spec/ports/0/prot', 'TCP', '/spec/ports/0 has the unknown field "prot"'],
  ['service/spec/ports/0/port', '80', '/spec/ports/0/port must be integer'],
  ['service/spec/ports/0/protocol', 'HTTP', '/spec/ports/0/protocol must be equal to one of the allowed values'],
  ['service/metadata/labels/app', true, '/metadata/labels/app must be string'],
  ['service/metadata/annotations/a', 7, '/metadata/annotations/a must be string'],
  ['service/kind', 'Servise', 'unknown kind v1 Servise'],
  ['service/apiVersion', 'v9', 'unknown kind v9 Service'],
  ['service/apiVersion', '../v1', 'unknown kind ../v1 Service'],
  ['config/data/a', 1, '/data/a must be string'],
  ['config/date', {}, '/ has the unknown field "date"'],
  ['account/metadata/nam', 'a', '/metadata has the unknown field "nam"'],
  ['role/rules/0/verbs', undefined, '/rules/0 must have required property verbs '],
  ['binding/roleRef', undefined, '/ must have required property roleRef '],
  ['deployment/spec/selector', undefined, '/spec must have required property selector '],
  [`${NGINX}/livenesProbe`, {}, '/spec/template/spec/containers/0 has the unknown field "livenesProbe"'],
  [`${NGINX}/resources/limits/cpu`, ['1'], '/spec/template/spec/containers/0/resources/limits/cpu must be'],
  ['budget/spec/selectors', {}, '/spec has the unknown field "selectors"'],
  ['policy/spec/podSelector', undefined, '/spec must have required property podSelector '],
  ['definition/spec/scope', undefined, '/spec must have required property scope '],
  ['definition/spec/versions/0/schema/openAPIV3Schema/propertys', {}, 'has the unknown field "propertys"'],
  [
    'externalSecret/spec/target/template',
    { data: {} },
    "/spec/target/template must have required property 'engineVersion'",
  ],
  ['externalSecret/spec/data/0/remoteRef/kee', 'a', '/spec/data/0/remoteRef must NOT have additional properties'],
  ['ingress/spec/rulez', [], '/spec has the unknown field "rulez"'],
  ['albConfig/spec/config/zonemappings', [], '/spec/config must NOT have additional properties'],
  ['albConfig/spec/listeners/0/idleTimeout', '15', '/spec/listeners/0/idleTimeout must be integer'],
  ['albConfig/spec/listeners/1/certificates/0/certificateId', 'a', '/spec/listeners/1/certificates/0 must NOT have'],
  ['albConfig/spec/config', undefined, "/spec must have required property 'config'"],
  ['serviceMonitor/spec/endpoints/0/scheme', 'ftp', '/spec/endpoints/0/scheme must be equal to one of'],
  ['serviceMonitor/spec/endpoints/0/tls', {}, '/spec/endpoints/0 must NOT have additional properties'],
  ['balancer/spec/backends/0/weight', -1, '/spec/backends/0/weight must be >= 0'],
  ['balancer/spec/replica', 1, '/spec must NOT have additional properties'],
];
