/** `balancer routes`: what goes where, and how it ends. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type RoutesOptions, routes } from '../../../cli/routes';
import { writeOut } from '../../../cli/write-out';
import { readClusterState } from '../../../compiler/analysis/cluster-state';
import { wantedRoutes } from '../../../compiler/analysis/routes';
import { resolveFleet } from '../../../compiler/compile';
import { readFleet } from '../../../synth/read-fleet';
import { temporaryFolder } from '../../run-balancer';

vi.mock('../../../cli/write-out', () => ({ writeOut: vi.fn() }));

const FOLDER = join(__dirname, 'routes');
const SPEC = join(FOLDER, 'spec-002.yaml');
const STATE = join(FOLDER, 'state-002.yaml');

const TABLE = `   Network              Next Hop             AS_PATH              Age        Attrs
*> 139.198.190.117/32   192.168.1.14                              00:00:00   [{Origin: ?}]
*  139.198.190.117/32   192.168.1.11                              00:00:00   [{Origin: ?}]
`;

/** Runs the command in this process. */
function run(paths: readonly string[], options: Partial<RoutesOptions> = {}) {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.mocked(writeOut).mockClear();
  try {
    const status = routes(paths, { file: STATE, format: 'table', ...options });
    const text = (calls: readonly (readonly unknown[])[]): string => calls.map(([piece]) => String(piece)).join('');
    return { status, stdout: text(vi.mocked(writeOut).mock.calls), stderr: text(stderr.mock.calls) };
  } finally {
    stderr.mockRestore();
  }
}

/** A file of its own for a text. */
function fileOf(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

test("002's table on standard output", () => {
  expect(run([SPEC])).toEqual({ status: 0, stdout: TABLE, stderr: '' });
});

test('as JSON: the wanted routes themselves', () => {
  const report = () => expect.unreachable();
  const [model] = resolveFleet(readFleet([SPEC], report), report).bgpLoadBalancers;
  const { state } = readClusterState(readFleet([STATE], report));
  const { stdout, ...rest } = run([SPEC], { format: 'json' });
  expect(rest).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual(wantedRoutes(model!, state));
});

test('notes on standard error, so that the data stays data', () => {
  const text = readFileSync(STATE, 'utf8').replace('192.168.1.11\n', '192.168.1.12\n');
  expect(run([SPEC], { file: fileOf('state.yaml', text) })).toEqual({
    status: 0,
    stdout: TABLE.split('\n').slice(0, 2).join('\n').concat('\n'),
    stderr:
      'note: Node i-9u2mlxrn: is declared with 192.168.1.11, but the state shows 192.168.1.12: it announces no IPv4 EIP\n',
  });
});

test('a state that cannot be read', () => {
  expect(run([SPEC], { file: join(FOLDER, 'none.yaml') })).toEqual({
    status: 65,
    stdout: '',
    stderr: `${join(FOLDER, 'none.yaml')}: error BAL1001 (unreadable): cannot be read: there is no such file or folder
  hint: Check the path and its permissions.
`,
  });
});

test('a malformed state prints no routes: half of a state would withdraw the other half', () => {
  const file = fileOf('state.yaml', readFileSync(STATE, 'utf8').replace('nodeName: i-9u2mlxrn', 'nodeName: 7'));
  const { status, stdout, stderr } = run([SPEC], { file });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toBe(`${file}:122:19: error BAL2002 (wrong-type): expected a text, got "7"
  121 |           terminating: false
  122 |         nodeName: 7
      |                   ^
  123 |         targetRef:
  field: /items/4/endpoints/1/nodeName
  hint: Give a value of the named type.
`);
});

test('an empty state is no empty cluster', () => {
  const { status, stdout, stderr } = run([SPEC], { file: fileOf('state.yaml', '') });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('BAL1009 (no-spec): the state holds no Service, no EndpointSlice and no Node');
});

test('a fleet without a load balancer', () => {
  expect(run([fileOf('none.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n')])).toEqual({
    status: 1,
    stdout: '',
    stderr: 'error: there is no BgpLoadBalancer in the specs\n',
  });
});

test('standard input is one thing only', () => {
  expect(run(['-'], { file: '-' })).toEqual({
    status: 64,
    stdout: '',
    stderr: 'error: standard input is either the state or the specs\n',
  });
});
