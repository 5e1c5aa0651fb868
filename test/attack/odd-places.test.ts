/** Outputs and inputs in odd places: the command says what is wrong, with the exit code for it, and leaves everything as it was. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeReal } from '../real/programs';
import { balancer, balancerYaml, COMMAND, temporaryFolder } from '../run-balancer';

const FULL = 'cannot be written: ENOSPC\n  hint: Check the folder, its permissions and the disk.\n';

/** A folder with a fleet of some Balancers. */
function fleet(count = 1): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'fleet'));
  for (let index = 0; index < count; index += 1) {
    writeFileSync(join(folder, `fleet/web${index}.yaml`), balancerYaml(`web${index}`));
  }
  return folder;
}

function shell(cwd: string, script: string): readonly [status: number | null, stdout: string, stderr: string] {
  const run = spawnSync('bash', ['-c', script, process.execPath, COMMAND], { cwd, encoding: 'utf8' });
  return [run.status, run.stdout, run.stderr];
}

describe('an output that would be read as specs', () => {
  test.each([
    ['fleet', 'fleet', 'fleet'],
    ['fleet', 'fleet/dist', 'fleet'],
    ['fleet', 'link/dist', 'fleet'],
    ['link', 'fleet', 'link'],
    ['.', 'dist', '.'],
    ['fleet/', './fleet/../fleet/a/b', 'fleet/'],
  ])('synth %s -o %s is a wrong call', (specs, output, around) => {
    const folder = fleet();
    symlinkSync('fleet', join(folder, 'link'));
    const stderr = `error: the output "${output}" is in the folder "${around}", and what is written there would be read as specs\n`;
    expect(balancer(folder, ['synth', specs, '-o', output])).toEqual({ status: 64, stdout: '', stderr });
    expect(balancer(folder, ['synth', specs, '-o', output, '--check'])).toEqual({ status: 64, stdout: '', stderr });
    expect([...readdirSync(folder), ...readdirSync(join(folder, 'fleet'))]).toEqual(['fleet', 'link', 'web0.yaml']);
  });

  test('the folder of a spec that is named itself is none', () => {
    const folder = fleet();
    const written = { status: 0, stdout: '', stderr: 'fleet: 2 written, 0 unchanged\n' };
    expect(balancer(folder, ['synth', 'fleet/web0.yaml', '-o', 'fleet'])).toEqual(written);
    expect(balancer(folder, ['synth', 'fleet/web0.yaml', '-o', 'fleet'])).toMatchObject({ status: 0 });
    expect(balancer(folder, ['synth', 'fleet/web0.yaml', '-o', 'fleet-of-ours'])).toMatchObject({ status: 0 });
  });

  test('nor may it be without a name, as a variable that is not set makes it', () => {
    const folder = fleet();
    const stderr = 'error: the output folder has no name\n';
    expect(balancer(folder, ['synth', 'fleet', '-o', ''])).toEqual({ status: 64, stdout: '', stderr });
    expect(readdirSync(folder)).toEqual(['fleet']);
  });
});

describe('an output that is no folder', () => {
  test.each([
    ['a file', 'file', 'file/.balancer.stage'],
    ['below a file', 'file/dist', 'file/dist'],
    ['a pipe', 'pipe', 'pipe/.balancer.stage'],
    ['a device', '/dev/null', '/dev/null/.balancer.stage'],
  ])('%s', (_, output, place) => {
    const folder = fleet();
    writeFileSync(join(folder, 'file'), 'mine\n');
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    const { status, stdout, stderr } = balancer(folder, ['synth', 'fleet', '-o', output]);
    expect([status, stdout]).toEqual([74, '']);
    expect(stderr).toContain(`${place}: error BAL5001 (not-writable): cannot be written: ENOTDIR\n`);
    expect(readdirSync(folder).sort()).toEqual(['file', 'fleet', 'pipe']);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine\n');
  });
});

describe('specs that are named like options', () => {
  test.each(['-o.yaml', '--check', '-', '--output=x.yaml'])('%s', (name) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), balancerYaml('web'));
    const clean = { status: 0, stdout: '', stderr: 'no problems found in 1 file\n' };
    expect(balancer(folder, ['check', `./${name}`])).toEqual(clean);
    if (name !== '-') expect(balancer(folder, ['check', '--', name])).toEqual(clean);
  });
});

describe('a standard output that takes no more', () => {
  test.each([
    'synth fleet -o -',
    'check --format json fleet',
    'explain Balancer.spec',
    'explain BAL1006',
    'import fleet',
    'verify fleet',
    'completion bash',
    '--help',
    'synth --help',
    '--version',
  ])('%s', (args) => {
    const [status, stdout, stderr] = shell(fleet(), `"$0" "$1" ${args} > /dev/full`);
    expect([status, stdout]).toEqual([74, '']);
    expect(stderr).toContain(`<stdout>: error BAL5001 (not-writable): ${FULL}`);
    expect(stderr).not.toMatch(/internal error| {4}at /);
  });

  test('a reader that has seen enough is no fault', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is for the shell
    const script = '"$0" "$1" synth fleet -o - | head -n 1; echo "${PIPESTATUS[@]}"';
    const header = '# Generated by cdk8s-balancer. Do not edit: change the spec.';
    expect(shell(fleet(60), script)).toEqual([0, `${header}\n0 0\n`, '']);
  });

  test('talk that nobody can hear changes nothing of what is done', () => {
    const folder = fleet();
    expect(shell(folder, '"$0" "$1" synth fleet 2> /dev/full')).toEqual([0, '', '']);
    expect(shell(folder, '"$0" "$1" synth fleet --check 2>&-')).toEqual([0, '', '']);
    expect(shell(folder, '"$0" "$1" check fleet 2> /dev/full')).toEqual([0, '', '']);
  });

  test('a temporary folder that is not there is told of', () => {
    const [status, stdout, stderr] = shell(fleet(400), 'TMPDIR=/nowhere "$0" "$1" synth fleet -o -');
    expect([status, stdout]).toEqual([74, '']);
    expect(stderr).toBe(`/nowhere/balancer-XXXXXX: error BAL5001 (not-writable): ${FULL.replace('ENOSPC', 'ENOENT')}`);
  });
});

describeReal('a disk', ['unshare'], () => {
  /** Runs a script in a mount namespace of its own, as root of a user namespace where need be. */
  function inNamespace(folder: string, script: string): readonly [status: number | null, output: string] {
    const own = process.geteuid?.() === 0 ? [] : ['--user', '--map-root-user'];
    const lines = `set -e\nmkdir disk\nmount -t tmpfs -o size=64k tmpfs disk\n${script}`;
    const args = [...own, '--mount', 'bash', '-c', lines, process.execPath, COMMAND];
    const { status, stdout, stderr } = spawnSync('unshare', args, { cwd: folder, encoding: 'utf8' });
    return [status, stdout + stderr];
  }

  test('that is full leaves what was there, and the next run writes', () => {
    const folder = fleet();
    writeFileSync(join(folder, 'other.yaml'), balancerYaml('web0', ['v2']));
    const [status, output] = inNamespace(
      folder,
      `"$0" "$1" synth fleet -o disk 2>&1
before=$(cat disk/*.yaml disk/.balancer.sums | sha256sum)
head -c 100000 /dev/zero > disk/fill 2> /dev/null || :
"$0" "$1" synth other.yaml -o disk 2>&1 || echo "exit code $?"
[ "$before" = "$(cat disk/*.yaml disk/.balancer.sums | sha256sum)" ]
[ ! -e disk/.balancer.stage ]
rm disk/fill
"$0" "$1" synth other.yaml -o disk 2>&1`,
    );
    expect(output).toBe(
      `disk: 2 written, 0 unchanged\ndisk: error BAL5001 (not-writable): ${FULL}exit code 74\ndisk: 2 written, 0 unchanged\n`,
    );
    expect(status).toBe(0);
  });

  test('that is read-only is told of where something would have to change, and not before', () => {
    const folder = fleet();
    writeFileSync(join(folder, 'other.yaml'), balancerYaml('web0', ['v2']));
    const [status, output] = inNamespace(
      folder,
      `mkdir disk/dist
"$0" "$1" synth fleet -o disk/dist 2>&1
mount -o remount,ro disk
"$0" "$1" synth fleet -o disk/dist 2>&1
"$0" "$1" synth fleet -o disk/dist --check 2>&1
"$0" "$1" synth other.yaml -o disk/dist 2>&1 || echo "exit code $?"`,
    );
    expect(output).toMatch(
      /^disk\/dist: 2 written, 0 unchanged\ndisk\/dist: 0 written, 2 unchanged\ndisk\/dist\/\.balancer\.stage: error BAL5001 \(not-writable\): cannot be written: \w+\n {2}hint: .*\nexit code 74\n$/,
    );
    expect(status).toBe(0);
  });
});
