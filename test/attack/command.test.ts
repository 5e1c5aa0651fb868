/** Specs and files from a stranger's pull request, and what the command must not do with them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/compile';
import type { Diagnostic } from '../../compiler/diagnostics';
import { balancer, balancerOnTerminal, balancerYaml, COMMAND, type Run, temporaryFolder } from '../run-balancer';

const HINT = '  hint: Check the path and its permissions.\n';

/** A folder with one good spec in fleet/. */
function fleet(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'fleet/below'), { recursive: true });
  writeFileSync(join(folder, 'fleet/web.yaml'), balancerYaml('web'));
  return folder;
}

/** A refusal to read something in fleet/. */
function unreadable(path: string, message: string): Run {
  return { status: 65, stdout: `${path}: error BAL1001 (unreadable): ${message}\n${HINT}`, stderr: '' };
}

describe('what is read', () => {
  test.each([
    ['/etc/hostname', 'fleet/a.yaml', 'the symbolic link leaves the folder'],
    ['../..', 'fleet/below/a.yaml', 'the symbolic link leads back to a folder around it'],
    ['..', 'fleet/below/up', 'the symbolic link leads back to a folder around it'],
    ['../../outside', 'fleet/below/out', 'the symbolic link leaves the folder'],
    ['a.yaml', 'fleet/a.yaml', 'cannot be read: the symbolic link points at itself'],
    ['nothing', 'fleet/a.yaml', 'cannot be read: there is no such file or folder'],
  ])('a link to %s at %s is refused', (target, path, message) => {
    const folder = fleet();
    mkdirSync(join(folder, 'outside'));
    symlinkSync(target, join(folder, path));
    const { status, stdout } = balancer(folder, ['check']);
    expect([status, stdout.split('\n')[0]]).toEqual([65, `${path}: error BAL1001 (unreadable): ${message}`]);
  });

  test('a link that stays in the folder is followed', () => {
    const folder = fleet();
    writeFileSync(join(folder, 'fleet/below/spec'), balancerYaml('api'));
    symlinkSync('below/spec', join(folder, 'fleet/api.yaml'));
    expect(balancer(folder, ['synth', '-o', '-']).stdout).toContain('name: apiproxy\n');
  });

  test('a fleet that is a link out of the working folder is refused; its own name is not', () => {
    const folder = temporaryFolder();
    const outside = fleet();
    symlinkSync(join(outside, 'fleet'), join(folder, 'fleet'));
    const message = 'the symbolic link leaves the working folder; name the place that it leads to';
    expect(balancer(folder, ['check'])).toEqual(unreadable('fleet', message));
    expect(balancer(folder, ['check', 'fleet/web.yaml'])).toEqual(unreadable('fleet/web.yaml', message));
    expect(balancer(folder, ['check', join(outside, 'fleet')])).toEqual({
      status: 0,
      stdout: '',
      stderr: 'no problems found in 1 file\n',
    });
  });

  test('pipes and sockets do not keep anybody waiting', async () => {
    const folder = fleet();
    spawnSync('mkfifo', [join(folder, 'fleet/pipe.yaml')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'fleet/socket.yaml'), resolve));
    const { status, stdout } = balancer(folder, ['check']);
    server.close();
    const message = 'it is neither a file nor a folder';
    expect([status, stdout]).toEqual([
      65,
      unreadable('fleet/pipe.yaml', message).stdout + unreadable('fleet/socket.yaml', message).stdout,
    ]);
    expect(balancer(folder, ['check', 'fleet/pipe.yaml'])).toEqual(unreadable('fleet/pipe.yaml', message));
    symlinkSync('/dev/zero', join(folder, 'fleet/zero.yaml'));
    expect(balancer(folder, ['check', 'fleet/zero.yaml']).status).toBe(65);
  });

  test('a pipe of the shell is read', () => {
    const folder = fleet();
    const script = `"$1" "$2" check <(cat fleet/web.yaml)`;
    const run = spawnSync('bash', ['-c', script, 'bash', process.execPath, COMMAND], { cwd: folder, encoding: 'utf8' });
    expect([run.status, run.stdout, run.stderr]).toEqual([0, '', 'no problems found in 1 file\n']);
  });
});

test('nothing in a spec is run: the command starts no program and evaluates no text', () => {
  const folder = temporaryFolder();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay as it is
  const payload = '$(touch owned) `touch owned`; touch owned {{constructor}} ${process.exit(3)}';
  const guard = join(folder, 'guard.cjs');
  writeFileSync(
    guard,
    `const refuse = (name) => () => { process.stderr.write('started ' + name); process.exit(99); };
const child = require('node:child_process');
for (const name of Object.keys(child)) if (typeof child[name] === 'function') child[name] = refuse(name);
globalThis.eval = refuse('eval');
globalThis.Function = refuse('Function');
require('node:vm').runInThisContext = refuse('vm');
`,
  );
  const spec = `${balancerYaml('web').replace('{name: web}', `{name: web, annotations: {note: ${JSON.stringify(payload)}}}`)}---
apiVersion: v1
kind: ConfigMap
metadata: {name: evil}
data: {x: ${JSON.stringify(payload)}}
`;
  const run = spawnSync(process.execPath, ['--require', guard, COMMAND, 'synth', '-', '-o', 'dist'], {
    cwd: folder,
    input: spec,
    encoding: 'utf8',
  });
  expect([run.status, run.stdout, run.stderr]).toEqual([0, '', 'dist: 3 written, 0 unchanged\n']);
  expect(spawnSync('find', [folder, '-name', 'owned'], { encoding: 'utf8' }).stdout).toBe('');
});

describe('the size of the output', () => {
  const entries = (count: number, entry: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => entry(index)).join('');

  /** The most that the schema takes: each port has a server of each backend, and each backend a Service of all ports. */
  const largest = (name: string): string => `apiVersion: exposer.hliangzhao.io/v1alpha1
kind: Balancer
metadata: {name: ${name}, labels: {${entries(48, (index) => `k${index}: ${'v'.repeat(63)},`)}}}
spec:
  ports:
${entries(64, (index) => `  - {name: p${index}, port: ${1000 + index}}\n`)}  backends:
${entries(128, (index) => `  - {name: b${index}, weight: 1, selector: {a: b${index}}}\n`)}`;

  function sizeOf(text: string, most?: number): { readonly characters: number; readonly codes: readonly string[] } {
    const diagnostics: Diagnostic[] = [];
    const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
    let characters = 0;
    for (const artefact of compile([{ file: 'spec.yaml', text }], report, { mostCharacters: most }))
      characters += artefact.text.length;
    return { characters, codes: diagnostics.map(({ code }) => code) };
  }

  test('the largest Balancer makes a few megabytes', () => {
    const { characters, codes } = sizeOf(largest('web'));
    expect(codes).toEqual([]);
    expect(characters).toBeGreaterThan(2_000_000);
    expect(characters).toBeLessThan(4_000_000);
  });

  test('many of them end where the bound is', () => {
    const many = entries(40, (index) => `${largest(`web-${index}`)}---\n`);
    const { characters, codes } = sizeOf(many, 10_000_000);
    expect(codes).toEqual(['BAL4002']);
    expect(characters).toBeLessThan(14_000_000);
  });

  test('aliases do not multiply', () => {
    const long = 'v'.repeat(20_000);
    const annotations = `annotations: {a: &x "${long}", ${entries(40, (index) => `a${index}: *x, `)}}`;
    const { characters } = sizeOf(largest('web').replace('labels: {', `${annotations}, labels: {`));
    expect(characters).toBeLessThan(4_000_000);
    const bomb = `a: &a [${'x,'.repeat(9)}]\n${entries(8, (level) => {
      const [name, below] = ['bcdefghi'[level], 'abcdefgh'[level]];
      return `${name}: &${name} [${`*${below},`.repeat(9)}]\n`;
    })}`;
    expect(sizeOf(bomb).codes).toEqual(['BAL1006']);
  });
});

describe('terminal escapes are shown, not obeyed', () => {
  const ESCAPE = '\u001b]0;owned\u0007\u009b31m\u202e';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  const OBEYED = /[\u001b\u009b\u202e]/;
  const SHOWN = '\\u001b]0;owned\\u0007\\u009b31m\\u202e';

  test('in names of files and folders, on both streams', () => {
    const folder = temporaryFolder();
    const input = `in${ESCAPE}`;
    mkdirSync(join(folder, input));
    writeFileSync(join(folder, input, `web${ESCAPE}.yaml`), balancerYaml('web').replace('weight', 'weigth'));
    const text = balancer(folder, ['check', input]);
    const json = balancer(folder, ['check', '--format', 'json', 'fleet']);
    const synth = balancer(folder, ['synth', input]);
    const output = balancer(folder, ['synth', '-', '-o', `out${ESCAPE}`], balancerYaml('web'));
    const drift = balancer(folder, ['synth', '-', '-o', `out${ESCAPE}`, '--check'], balancerYaml('web', ['v2']));
    for (const { stdout, stderr } of [text, json, synth, output]) expect(stdout + stderr).not.toMatch(OBEYED);
    expect(text.stdout).toContain(`in${SHOWN}/web${SHOWN}.yaml:7:7: error`);
    expect(output.stderr).toBe(`out${SHOWN}: 2 written, 0 unchanged\n`);
    expect(drift.stdout + drift.stderr).not.toMatch(OBEYED);
    expect(drift.stderr).toContain(`out${SHOWN}/balancer.default.web.k8s.yaml: changed: `);
  });

  test('in values and in wrong calls', () => {
    const folder = temporaryFolder();
    const bad = balancerYaml('web').replace('name: v1', `name: ${JSON.stringify(ESCAPE)}`);
    for (const args of [
      ['check', '-'],
      ['synth', '-'],
      ['synth', `--${ESCAPE}`],
      ['check', '--format', ESCAPE],
      [ESCAPE],
      ['explain', `Balancer.${ESCAPE}`],
      ['explain', 'rbac', ESCAPE, '-'],
    ]) {
      const { status, stdout, stderr } = balancer(folder, args, bad);
      expect(status).not.toBe(0);
      expect(stdout + stderr).not.toMatch(OBEYED);
    }
  });

  test('in what a change and an import are told with, as JSON that says the same', () => {
    const folder = temporaryFolder();
    const map = (text: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: ${JSON.stringify(text)}}\n`;
    writeFileSync(join(folder, 'a.yaml'), map('a'));
    writeFileSync(join(folder, 'b.yaml'), map(ESCAPE));
    const { stdout } = balancer(folder, ['diff', 'a.yaml', 'b.yaml', '--format', 'json']);
    expect(stdout).not.toMatch(OBEYED);
    expect(JSON.parse(stdout).changes).toMatchObject([{ after: [ESCAPE] }]);
    mkdirSync(join(folder, `in${ESCAPE}`));
    writeFileSync(join(folder, `in${ESCAPE}`, 'a.yaml'), map(ESCAPE));
    writeFileSync(join(folder, `in${ESCAPE}`, 'web.yaml'), balancerYaml('web'));
    expect(balancer(folder, ['import', `in${ESCAPE}`, '--report', 'json']).stderr).not.toMatch(OBEYED);
  });

  test('in what other commands are asked for', () => {
    const folder = temporaryFolder();
    const place = `fleet${ESCAPE}`;
    mkdirSync(join(folder, place));
    writeFileSync(join(folder, place, `web${ESCAPE}.yaml`), balancerYaml('web'));
    for (const args of [
      ['diff', place, `other${ESCAPE}`],
      ['diff', `${ESCAPE}..main`],
      ['explain', `Balancer.${ESCAPE}`],
      ['explain', `${place}/web${ESCAPE}.yaml:8`, place],
      ['explain', `dist${ESCAPE}/x:1`, place],
      ['explain', 'rbac', ESCAPE, place],
      ['verify', place, '-o', `out${ESCAPE}`, '--allow-missing'],
      ['import', ESCAPE],
      ['routes', '-f', place],
      ['routes', '-f', ESCAPE],
      ['completion', ESCAPE],
    ]) {
      const { stdout, stderr } = balancer(folder, args);
      expect(stdout + stderr, args.join(' ')).not.toMatch(OBEYED);
    }
  });

  test('in a document that passes through: exact in a pipe, shown on a terminal', () => {
    const folder = temporaryFolder();
    const comment = '# \u009b31mred\u202e\n';
    writeFileSync(join(folder, 'a.yaml'), `${comment}apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n`);
    expect(balancer(folder, ['synth', 'a.yaml', '-o', '-']).stdout).toContain(comment);
    expect(balancerOnTerminal(folder, 'synth a.yaml -o -')).toContain('# \\u009b31mred\\u202e\r\n');
  });
});
