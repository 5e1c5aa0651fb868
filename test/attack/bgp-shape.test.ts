/** The comparison of outputs refuses what it is there to find: a section, a key, a line or a statement too many. */
import { describe, expect, test } from 'vitest';
import { expectSameShape } from './bgp-shape';
import { parseToml } from './toml-tree';

const PROBE = 'zq7probe';

const files = {
  'speakers/config_bgp.toml': `[global.config]\n  as = 65000\n[[neighbors]]\n  [neighbors.config]\n    description = "${PROBE}"\n`,
  'switches/a/bird.conf': `protocol bgp speaker_a_ipv4 {\n  description "edge:${PROBE}";\n}\n`,
  'switches/a/frr.conf': `router bgp 65001\n neighbor 192.168.1.5 description edge:${PROBE}\n`,
  'switches/a/switch.cfg': `bgp 65001\npeer 192.168.1.5 description edge:${PROBE}\n`,
  'nodes/rules.a': `ip -4 rule priority 1001 from ${PROBE} lookup 101 protocol 202\n`,
  'speakers/drain-worker.sh': `for name in a ${PROBE}; do\n  :\ndone\n`,
  'a.k8s.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${PROBE}\ndata:\n  rules.a: |\n    ip ${PROBE}\n`,
} as const;

type File = keyof typeof files;

function compare(path: File, payload: string): void {
  const text = files[path];
  const after = text.replaceAll(PROBE, payload);
  expectSameShape([{ path, text }], [{ path, text: after }], (word) => word.replaceAll(PROBE, payload));
}

describe.each(Object.keys(files) as File[])('%s', (path) => {
  test('another name is the same shape', () => {
    expect(() => compare(path, 'other-name.local')).not.toThrow();
  });
});

const attacks: readonly (readonly [path: File, payload: string])[] = [
  ['speakers/config_bgp.toml', 'x"\n[[neighbors]]\n  [neighbors.config]\n    description = "y'],
  ['speakers/config_bgp.toml', 'x"\npeer-as = "1'],
  ['speakers/config_bgp.toml', 'a\\n'],
  ['switches/a/bird.conf', 'x"; password "x'],
  ['switches/a/bird.conf', 'x";\n}\nprotocol static { route 0.0.0.0/0 blackhole; }\n#'],
  ['switches/a/frr.conf', 'x\n no neighbor 192.168.1.5'],
  ['switches/a/frr.conf', 'x y'],
  ['switches/a/switch.cfg', 'x\nreturn'],
  ['switches/a/switch.cfg', 'x?'],
  ['nodes/rules.a', 'all to 10.0.0.0/8'],
  ['nodes/rules.a', 'x\nip -4 route replace default'],
  ['speakers/drain-worker.sh', '$(reboot)'],
  ['speakers/drain-worker.sh', 'x; reboot'],
  ['a.k8s.yaml', 'x\n  namespace: kube-system'],
  ['a.k8s.yaml', 'x #y'],
  ['a.k8s.yaml', 'x\n---\nkind: Secret'],
  ['a.k8s.yaml', 'yes'],
  ['a.k8s.yaml', 'a b'],
];

test.each(attacks)('%s is not the same with %j', (path, payload) => {
  expect(() => compare(path, payload)).toThrow();
});

describe('TOML', () => {
  test('is read as a tree', () => {
    const text =
      '[a.b]\n  c = 1\n[[d]]\n  [d.e]\n    f = "g"\n    h = [\n      "i",\n    ]\n[[d]]\n  [d.e]\n    f = true\n';
    const tree = JSON.parse(JSON.stringify(parseToml(text)));
    expect(tree).toEqual({ a: { b: { c: 1 } }, d: [{ e: { f: 'g', h: ['i'] } }, { e: { f: true } }] });
  });

  test.each([
    'a = 1\na = 2\n',
    '[a]\n[a]\n',
    'a = 0xFDE8\n',
    'a = 1_000\n',
    'a = "b" # c\n',
    'a\n',
    '# a: b\n',
    'a = -1\n',
  ])('%j is refused', (text) => {
    expect(() => parseToml(text)).toThrow();
  });
});
