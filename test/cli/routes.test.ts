/** `balancer routes` as an operator calls it: the built command, its two streams and its exit code. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { balancer, balancerYaml, type Run, temporaryFolder } from '../run-balancer';

const INPUTS = join(__dirname, 'routes');
const STATE = textOf('state.txt');
const NOTES = textOf('notes.txt');

function textOf(name: string): string {
  return readFileSync(join(INPUTS, name), 'utf8');
}

/** Beside the inputs: `fleet/` holds the specs, `state.txt` is what kubectl printed. */
function routes(args: readonly string[], input = ''): Run {
  return balancer(INPUTS, ['routes', ...args], input);
}

/** A state of one document that says what is in a cluster. */
function listOf(...items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } });
}

const NODE = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker-1' } };

/** A run that ended with a problem: nothing on standard output. */
function refused(status: number, stderr: string): Run {
  return { status, stdout: '', stderr };
}

describe('what kubectl prints', () => {
  const table = { status: 0, stdout: textOf('table.txt'), stderr: NOTES };

  test('a table of the routes, and in words what is left out', () => {
    expect(routes(['-f', 'state.txt'])).toEqual(table);
    expect(routes(['fleet', '--file', 'state.txt', '--format', 'table'])).toEqual(table);
    expect(routes(['fleet/services.yaml', 'fleet/edge.yaml', '-f', 'state.txt'])).toEqual(table);
  });

  test('JSON, with the rules of each node', async () => {
    const { stdout, ...rest } = routes(['-f', 'state.txt', '--format', 'json']);
    expect(rest).toEqual({ status: 0, stderr: NOTES });
    await expect(stdout).toMatchFileSnapshot(join(INPUTS, 'routes.json.txt'));
    const { rib, notes } = JSON.parse(stdout);
    expect(rib).toHaveLength(3);
    expect(notes.map(({ subject, message }: Record<string, string>) => `note: ${subject}: ${message}\n`).join('')).toBe(
      NOTES,
    );
  });

  test('by standard input, as YAML and as JSON, also with the ends of line of Windows', () => {
    expect(routes(['-f', '-'], STATE)).toEqual(table);
    expect(routes(['-f', '-'], JSON.stringify(parse(STATE), null, 4))).toEqual(table);
    expect(routes(['-f', '-'], STATE.replaceAll('\n', '\r\n'))).toEqual(table);
  });

  test('a file of JSON; one file per kind in a folder', () => {
    const folder = temporaryFolder();
    cpSync(join(INPUTS, 'fleet'), join(folder, 'fleet'), { recursive: true });
    const { items } = parse(STATE) as { items: { kind: string }[] };
    mkdirSync(join(folder, 'state'));
    for (const kind of ['Service', 'EndpointSlice', 'Node']) {
      const own = listOf(...items.filter((item) => item.kind === kind));
      writeFileSync(join(folder, 'state', `${kind}.json`), own);
    }
    writeFileSync(join(folder, 'state.json'), JSON.stringify(parse(STATE)));
    expect(balancer(folder, ['routes', '-f', 'state.json'])).toEqual(table);
    expect(balancer(folder, ['routes', '-f', 'state'])).toEqual(table);
  });

  test('the order of the objects changes no byte', () => {
    const { items } = parse(STATE) as { items: object[] };
    expect(routes(['-f', '-'], listOf(...items.reverse())).stdout).toBe(table.stdout);
  });

  test('the specs by standard input', () => {
    const specs = ['edge.yaml', 'services.yaml'].map((name) => textOf(`fleet/${name}`)).join('---\n');
    expect(routes(['-', '-f', 'state.txt'], specs)).toEqual(table);
  });
});

describe('no routes', () => {
  const EMPTY = 'the state holds no Service, no EndpointSlice and no Node';
  const HINT =
    '  hint: Check the path, and what the file holds; in folders, files that end in .yaml, .yml or .json are read.\n';
  const noState = (file: string) => refused(1, `${file}: error BAL1009 (no-spec): ${EMPTY}\n${HINT}`);

  test('a cluster without endpoints: an empty table, and why', () => {
    const { status, stdout, stderr } = routes(['-f', '-'], listOf(NODE));
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'Network not in table\n' });
    expect(stderr).toBe(`note: Service infra/dns: is declared, but is not in the state
note: Service shop/web: is declared, but is not in the state
note: Node worker-1: is not ready: it announces nothing
note: Node worker-2: is declared as a worker, but is not in the state: it announces nothing
note: Node worker-3: is declared as a worker, but is not in the state: it announces nothing
`);
    const json = routes(['-f', '-', '--format', 'json'], listOf(NODE));
    expect({ ...json, stdout: JSON.parse(json.stdout).rib }).toEqual({ status: 0, stdout: [], stderr });
  });

  test('a list without objects is a kubectl that saw nothing, and no cluster', () => {
    expect(routes(['-f', '-'], listOf())).toEqual(noState('<stdin>'));
    expect(routes(['-f', '-'], 'apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: ""\n')).toEqual(
      noState('<stdin>'),
    );
    expect(routes(['-f', '-'])).toEqual(
      refused(1, `<stdin>: error BAL1009 (no-spec): standard input is empty\n${HINT}`),
    );
  });

  test('objects of other kinds, specs among them', () => {
    expect(routes(['-f', 'fleet'])).toEqual(noState('fleet'));
    expect(routes(['-f', '-'], balancerYaml('web'))).toEqual(noState('<stdin>'));
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } };
    expect(routes(['-f', '-'], listOf(deployment))).toEqual(noState('<stdin>'));
    const foreign = { ...NODE, apiVersion: 'example.com/v1' };
    expect(routes(['-f', '-'], listOf(foreign))).toEqual(noState('<stdin>'));
  });

  test('a state that was cut off has no last lines, which say that it is a list', () => {
    const cut = STATE.slice(0, STATE.indexOf('- apiVersion: v1\n  kind: Node'));
    expect(routes(['-f', '-'], cut)).toEqual(noState('<stdin>'));
  });
});

describe('what cannot be read', () => {
  const PATH_HINT = '  hint: Check the path and its permissions.\n';

  test('a missing file', () => {
    const missing = 'error BAL1001 (unreadable): cannot be read: there is no such file or folder\n';
    expect(routes(['-f', 'nowhere.yaml'])).toEqual(refused(65, `nowhere.yaml: ${missing}${PATH_HINT}`));
    expect(routes(['nowhere', '-f', 'state.txt'])).toEqual(refused(65, `nowhere: ${missing}${PATH_HINT}`));
  });

  test('no YAML', () => {
    expect(routes(['-f', '-'], 'items: [\n')).toMatchObject(
      refused(1, expect.stringMatching(/^<stdin>:\d+:\d+: error BAL1003 /)),
    );
    const said = 'The connection to the server localhost:8080 was refused';
    expect(routes(['-f', '-'], `${said}\n`)).toEqual(
      refused(
        1,
        `<stdin>:1:1: error BAL1007 (not-a-mapping): expected an object, got "${said}"
  1 | ${said}
    | ${'^'.repeat(said.length)}
  hint: Write "apiVersion: ...", "kind: ..." and "metadata: ..." at the top level.
`,
      ),
    );
  });

  test('no UTF-8: what PowerShell writes with ">"', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'state.txt');
    writeFileSync(file, Buffer.from(`\ufeff${STATE}`, 'utf16le'));
    expect(routes(['-f', file])).toEqual(
      refused(1, `${file}: error BAL1002 (not-utf-8): the file is not UTF-8 text\n  hint: Save the file as UTF-8.\n`),
    );
  });

  test('every malformed field of a state and of the specs at once, and no routes', () => {
    const state = STATE.replace('    - 203.0.113.2\n', '    - 5\n').replace('ready: true', 'ready: "yes"');
    const spec = textOf('fleet/services.yaml').replace('port: 80\n', 'port: 0\n');
    const { status, stdout, stderr } = routes(['fleet/edge.yaml', '-', '-f', fileOf(state)], spec);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(
      [...stderr.matchAll(/: error (BAL\d+) .*\n(?: +\d* \|.*\n)+ {2}field: (.*)/g)].map(([, ...words]) =>
        words.join(' '),
      ),
    ).toEqual([
      'BAL2002 /items/1/spec/externalIPs/0',
      'BAL2002 /items/3/endpoints/0/conditions/ready',
      'BAL2005 /spec/ports/0/port',
    ]);
  });

  function fileOf(text: string): string {
    const file = join(temporaryFolder(), 'a-state.yaml');
    writeFileSync(file, text);
    return file;
  }
});

describe('a wrong call', () => {
  test.each([
    [[], "error: required option '-f, --file <file>' not specified\n"],
    [
      ['-f', 'state.txt', '--format', 'xml'],
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are table, json.\n",
    ],
    [['-', '-f', '-'], 'error: standard input is either the state or the specs\n'],
  ])('%j', (args, stderr) => {
    expect(routes(args)).toEqual(refused(64, stderr));
  });

  test('specs without a load balancer', () => {
    expect(routes(['-', '-f', 'state.txt'], balancerYaml('web'))).toEqual(
      refused(1, 'error: there is no BgpLoadBalancer in the specs\n'),
    );
  });

  test('help is no error', () => {
    const { stdout, ...rest } = routes(['--help']);
    expect(rest).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Usage: balancer routes [options] [paths...]\n');
  });
});

describe('hostile text is shown, not obeyed', () => {
  const EVIL = '\u001b[31mred\u001b]0;title\u0007\u202e\u009b2J\r';
  const SHOWN = '\\u001b[31mred\\u001b]0;title\\u0007\\u202e\\u009b2J';

  /** Every place of the state where a text of a stranger can stand. */
  const states: Readonly<Record<string, string>> = {
    'a name': listOf({ ...NODE, metadata: { name: EVIL } }),
    'a namespace': listOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: EVIL } }),
    'a kind': JSON.stringify({ apiVersion: 'v1', kind: EVIL, items: [] }),
    'an address': listOf({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { externalIPs: [EVIL] },
    }),
    'a word': listOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: EVIL } }),
    'a document': JSON.stringify(EVIL),
    'no YAML': `${EVIL}: [`,
  };

  test.each(Object.entries(states))('in %s', (_, state) => {
    const { status, stdout, stderr } = routes(['-f', '-'], state);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there
    expect(stderr.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test('and can be recognized', () => {
    expect(routes(['-f', '-'], states['a name'] ?? '').stderr).toContain(`"${SHOWN}`);
    expect(routes(['-f', `${EVIL}.yaml`]).stderr).toContain(SHOWN);
  });

  test('in what no route depends on', () => {
    const { items, ...list } = parse(STATE) as { items: { metadata: object }[] };
    const odd = items.map(({ metadata, ...item }) => ({
      ...item,
      metadata: { ...metadata, annotations: { [EVIL]: EVIL } },
    }));
    expect(routes(['-f', '-'], JSON.stringify({ ...list, items: odd }))).toEqual(routes(['-f', 'state.txt']));
  });
});
