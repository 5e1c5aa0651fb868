/** Defaults of fields within objects and items, as the field reference and `balancer explain` tell them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultOfField } from '../../../compiler/analysis/default-of-field';
import { explainField } from '../../../compiler/analysis/explain-field';
import { KINDS } from '../../../compiler/kinds';

const SCHEMAS = join(__dirname, '../../../schemas');

/** The line of a field's explanation that has its default. */
function defaultLine(kind: string, path: string): string | undefined {
  const found = KINDS.find((known) => known.kind === kind)!;
  const schema = JSON.parse(readFileSync(join(SCHEMAS, `${found.slug}.schema.json`), 'utf8'));
  const explained = explainField(schema, found, path);
  if (!explained.found) throw new Error(`${kind} has no field ${path}`);
  return /^ {2}default: +(.*)$/m.exec(explained.text)?.[1];
}

test.each([
  ['Balancer', 'replicas', '2, in profile upstream 1'],
  ['Balancer', 'ports[].idleTimeoutSeconds', '{"TCP":600,"UDP":30}, in profile upstream none'],
  ['Balancer', 'ports[0].name', undefined],
  [
    'Balancer',
    'resources',
    '{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"cpu":"1","memory":"256Mi"}}, in profile upstream none',
  ],
  // A spec with `resources: {limits: ...}` has no requests.
  ['Balancer', 'resources.requests', undefined],
  ['BgpLoadBalancer', 'timers', undefined],
  ['BgpLoadBalancer', 'timers.holdSeconds', '9'],
  ['BgpLoadBalancer', 'switches[].maximumPaths', '8'],
  ['AlbIngress', 'listeners[].xForwardedForConfig', '{"enabled":true,"proto":true}, in profile upstream none'],
  ['AlbIngress', 'listeners[].xForwardedForConfig.proto', undefined],
  ['ReconcilerHub', 'apiExt', undefined],
  ['ReconcilerHub', 'apiExt.insecure.port', '9080'],
  ['CustomApiServer', 'backend.file.rootPath', '"/var/lib/custom-api-server", in profile upstream "/tmp/teleport"'],
  ['AlibabaCloudControllerManager', 'nodeSelector', '{"node-role.kubernetes.io/control-plane":""}'],
])('%s %s: %s', (kind, path, expected) => {
  expect(defaultLine(kind, path)).toBe(expected);
});

test('every default within objects and items names a field', () => {
  for (const { kind, innerDefaults = {} } of KINDS)
    for (const path of Object.keys(innerDefaults)) expect(defaultLine(kind, path), `${kind} ${path}`).toBeDefined();
});

test('a field that no table has', () => {
  expect(defaultOfField({ defaults: { hardened: {}, upstream: {} } }, {}, 'one.two')).toBeUndefined();
});
