/** The kubelet's drop-ins of every golden, read by the rules of systemd.syntax(7) and systemd.service(5). */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../run-balancer';

const CASES = join(__dirname, '../../cases');

interface Assignment {
  readonly section: string;
  readonly name: string;
  readonly value: string;
}

/** The assignments of a unit file, in order. Throws at a line that systemd would warn of and leave out. */
function readUnit(text: string): Assignment[] {
  let section = '';
  return text.split('\n').flatMap((line) => {
    if (/^\s*$|^[#;]/.test(line)) return [];
    const heading = /^\[([A-Z][A-Za-z]*)\]$/.exec(line);
    if (heading?.[1] !== undefined) {
      section = heading[1];
      return [];
    }
    const assignment = /^([A-Z][A-Za-z]*)=(.*)$/.exec(line);
    if (assignment === null || section === '') throw new Error(`not a line of a unit: ${line}`);
    const [, name = '', value = ''] = assignment;
    // A percent sign is a specifier, a backslash at the end goes on in the next line.
    if (/%|\\$|\s$/.test(value)) throw new Error(`means something else to systemd: ${line}`);
    return [{ section, name, value }];
  });
}

/** Variables of `Environment=`: each in double quotes, as `NAME=value`. */
function environmentOf(unit: readonly Assignment[]): Map<string, string> {
  const values = unit.filter(({ section, name }) => section === 'Service' && name === 'Environment');
  return new Map(
    values.map(({ value }) => {
      const [, name, text] = /^"([A-Z_]+)=([^"\\$]*)"$/.exec(value) ?? [];
      if (name === undefined || text === undefined) throw new Error(`not one variable: ${value}`);
      return [name, text];
    }),
  );
}

/** The arguments that the kubelet gets of this drop-in. An unquoted `$NAME` is split at blanks, one that is not set is nothing. */
function argumentsOf(text: string): string[] {
  const unit = readUnit(text);
  const commands = unit.filter(({ name }) => name === 'ExecStart').map(({ value }) => value);
  // A list is emptied by an empty assignment; a service has one command.
  expect(commands[0]).toBe('');
  expect(commands).toHaveLength(2);
  const [program, ...words] = commands[1]?.split(' ') ?? [];
  expect(program).toMatch(/^\//);
  const environment = environmentOf(unit);
  return words.flatMap((word) => {
    const [, name] = /^\$([A-Z_]+)$/.exec(word) ?? [];
    return name === undefined ? [word] : (environment.get(name) ?? '').split(' ').filter((part) => part !== '');
  });
}

const DROP_INS = readdirSync(CASES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name === '20-cloud-provider.conf')
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();

describe.each(DROP_INS.map((path) => [path.slice(CASES.length + 1), path]))('%s', (_, path) => {
  test('gives the kubelet the instance, and at most its name', () => {
    const given = argumentsOf(readFileSync(path, 'utf8'));
    const instance = '[a-z]{2}-[a-z0-9-]+\\.i-[a-z0-9]+';
    expect(given[0]).toBe('--cloud-provider=external');
    const ids = given.slice(1).map((argument) => argument.split('='));
    expect(new Map(ids.map(([name, value]) => [name, value])).get('--provider-id')).toMatch(
      new RegExp(`^${instance}$`),
    );
    for (const [name, value] of ids) {
      expect(['--provider-id', '--hostname-override']).toContain(name);
      expect(value).toMatch(new RegExp(`^${instance}$`));
    }
  });
});

test('there are drop-ins to read', () => {
  expect(DROP_INS.length).toBeGreaterThan(2);
});

test.each([
  ['[Service]\nExecStart /usr/bin/kubelet', 'an assignment without its sign'],
  ['ExecStart=/usr/bin/kubelet', 'no section'],
  ['[Service]\nEnvironment="A=100%n"', 'a specifier'],
  ['[Service]\nExecStart=/usr/bin/kubelet \\', 'a line that goes on'],
])('the reader refuses %j: %s', (text) => {
  expect(() => readUnit(text)).toThrow();
});

/** kubelet.service as the package has it, without the targets of a whole system. */
const SERVICE = '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/usr/bin/kubelet\n';

/** What systemd says of the service with a drop-in, in a root of its own: systemd-analyze(1), verify. */
function verified(dropIn: string): { readonly status: number | null; readonly text: string } {
  const root = temporaryFolder();
  const units = join(root, 'etc/systemd/system');
  mkdirSync(join(units, 'kubelet.service.d'), { recursive: true });
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
  writeFileSync(join(units, 'kubelet.service'), SERVICE);
  writeFileSync(join(units, 'kubelet.service.d/20-cloud-provider.conf'), dropIn);
  copyFileSync('/bin/true', join(root, 'usr/bin/kubelet'));
  chmodSync(join(root, 'usr/bin/kubelet'), 0o755);
  const options = ['verify', '--man=no', '--generators=no', `--root=${root}`, 'kubelet.service'];
  const { status, stderr } = spawnSync('systemd-analyze', options, { encoding: 'utf8', timeout: 20_000 });
  return { status, text: stderr };
}

function hasSystemd(): boolean {
  try {
    // --root with verify is of systemd 250.
    const version = execFileSync('systemd-analyze', ['--version'], { encoding: 'utf8', timeout: 20_000 });
    return Number(/^systemd ([0-9]+)/.exec(version)?.[1]) >= 250;
  } catch {
    return false;
  }
}

describe.skipIf(!hasSystemd())('systemd-analyze', () => {
  test.each(DROP_INS.map((path) => [path.slice(CASES.length + 1), path]))('takes %s', (_, path) => {
    expect(verified(readFileSync(path, 'utf8'))).toEqual({ status: 0, text: '' });
  });

  test.each([
    ['[Service]\nExecStart=/usr/bin/kubelet $A\n', 'a second command'],
    ['[Service]\nEnvironment="A=%Z"\n', 'a specifier that there is not'],
    ['[Service]\nEnvironmemt="A=b"\n', 'a misspelt name'],
  ])('refuses %j: %s', (text) => {
    expect(verified(text).text).not.toBe('');
  });
});
