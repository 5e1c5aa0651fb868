/** The cache of the command: faster where it can be trusted, and of no consequence everywhere else. */
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { balancer, balancerYaml, COMMAND, type Run, temporaryFolder } from '../run-balancer';

/** Enough for a cache to be worth its file. */
const COUNT = 150;

interface Place {
  readonly folder: string;
  readonly home: string;
  readonly run: (...args: readonly string[]) => Run;
}

/** A fleet of some files, and a folder for caches outside of it. */
function place(home = temporaryFolder()): Place {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'fleet'));
  for (let index = 0; index < COUNT; index += 1) writeSpec(folder, index);
  return { folder, home, run: (...args) => balancer(folder, args, '', { XDG_CACHE_HOME: home }) };
}

function writeSpec(folder: string, index: number, weight = 1): void {
  writeFileSync(join(folder, `fleet/${index}.yaml`), balancerYaml(`web-${index}`, ['v1'], weight));
}

function cacheIn(home: string): string {
  const folder = join(home, 'cdk8s-balancer');
  const [name, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return join(folder, name ?? '');
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]));
}

/** What the command makes of the same fleet without a cache. */
function withoutCache({ folder }: Place): Readonly<Record<string, string>> {
  const { status } = balancer(folder, ['synth', '--no-cache', '-o', 'plain']);
  expect(status).toBe(0);
  return filesIn(join(folder, 'plain'));
}

const ALL = 2 * COUNT;

test('a cache that only the user can read and write is kept from run to run', () => {
  const { folder, home, run } = place();
  expect(run('synth')).toEqual({ status: 0, stdout: '', stderr: `dist: ${ALL} written, 0 unchanged\n` });
  const path = cacheIn(home);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, 'cdk8s-balancer')).mode & 0o777).toBe(0o700);
  const text = readFileSync(path, 'utf8');
  expect(text.split('\n')).toHaveLength(COUNT + 2);
  const before = statSync(path).mtimeMs;
  expect(run('synth')).toEqual({ status: 0, stdout: '', stderr: `dist: 0 written, ${ALL} unchanged\n` });
  expect(run('check')).toEqual({ status: 0, stdout: '', stderr: `no problems found in ${COUNT} files\n` });
  expect(statSync(path).mtimeMs, 'nothing new, nothing written').toBe(before);
  writeSpec(folder, 7, 2);
  expect(run('synth')).toEqual({ status: 0, stdout: '', stderr: `dist: 2 written, ${ALL - 2} unchanged\n` });
  expect(filesIn(join(folder, 'dist'))).toEqual(withoutCache({ folder, home, run }));
});

test('what was edited, removed or never written is made again', () => {
  const own = place();
  const { folder, run } = own;
  run('synth');
  const plain = withoutCache(own);
  const manifest = 'dist/balancer.default.web-3.k8s.yaml';
  writeFileSync(join(folder, manifest), 'edited\n');
  rmSync(join(folder, 'dist/config/balancer.default.web-4'), { recursive: true });
  const check = run('synth', '--check');
  expect(check.status).toBe(2);
  expect(check.stderr).toBe(
    `${manifest}: changed: somebody edited it\ndist/config/balancer.default.web-4/nginx.conf: missing: somebody removed it\n`,
  );
  expect(run('synth').stderr).toBe(
    `${manifest}: somebody edited it; overwritten\ndist: 2 written, ${ALL - 2} unchanged\n`,
  );
  expect(filesIn(join(folder, 'dist'))).toEqual(plain);
  rmSync(join(folder, 'dist'), { recursive: true });
  expect(run('synth').stderr).toBe(`dist: ${ALL} written, 0 unchanged\n`);
  expect(filesIn(join(folder, 'dist'))).toEqual(plain);
});

test('a kustomization, standard output and a list of problems need no compiled text of what is known', () => {
  const own = place();
  const { folder, run } = own;
  const first = run('synth', '-o', '-');
  run('synth', '--kustomization');
  const kustomization = readFileSync(join(folder, 'dist/kustomization.yaml'), 'utf8');
  run('synth');
  run('synth', '--kustomization');
  expect(readFileSync(join(folder, 'dist/kustomization.yaml'), 'utf8')).toBe(kustomization);
  expect(run('synth', '-o', '-')).toEqual(first);
  writeFileSync(join(folder, 'fleet/twin.yaml'), balancerYaml('web-5'));
  const { status, stdout } = run('check');
  expect(status).toBe(1);
  expect(stdout).toBe(balancer(folder, ['check', '--no-cache']).stdout);
  expect(stdout).toContain('Deployment "web-5proxy" in namespace "default" comes from two documents');
});

test('diff tells the same of what is known as of what is compiled', () => {
  const { folder, run } = place();
  run('synth');
  cpSync(join(folder, 'fleet'), join(folder, 'changed'), { recursive: true });
  writeFileSync(join(folder, 'changed/7.yaml'), balancerYaml('web-7', ['v1', 'v2']));
  rmSync(join(folder, 'changed/8.yaml'));
  for (const sides of [
    ['dist', 'changed'],
    ['changed', 'dist'],
    ['fleet', 'changed'],
    ['changed', 'changed'],
  ]) {
    const plain = run('diff', ...sides, '--no-cache');
    expect(plain.status).toBe(0);
    expect(run('diff', ...sides), 'nothing of the changed folder is known').toEqual(plain);
    expect(run('diff', ...sides), 'all of it is').toEqual(plain);
  }
});

describe('a cache that is not the one of this user and program is not believed', () => {
  /** What a cache would say that calls every spec good, whatever it says. */
  function poisoned(text: string): string {
    return text.replaceAll(/"sum":"[0-9a-f]{64}"/g, `"sum":"${'0'.repeat(64)}"`).replaceAll('web-', 'evil-');
  }

  function isRefused(spoil: (path: string, text: string) => void): void {
    const own = place();
    own.run('synth');
    const path = cacheIn(own.home);
    const plain = withoutCache(own);
    spoil(path, readFileSync(path, 'utf8'));
    expect(own.run('synth')).toEqual({ status: 0, stdout: '', stderr: `dist: 0 written, ${ALL} unchanged\n` });
    expect(filesIn(join(own.folder, 'dist'))).toEqual(plain);
  }

  test('others can write it', () => {
    isRefused((path, text) => {
      writeFileSync(path, poisoned(text));
      chmodSync(path, 0o666);
    });
  });

  test('another program, or another version, wrote it', () => {
    isRefused((path, text) => writeFileSync(path, poisoned(text).replace(/^[0-9a-f]{64}/, 'f'.repeat(64))));
  });

  test('it is broken', () => {
    isRefused((path, text) => writeFileSync(path, text.slice(0, text.length / 2)));
    isRefused((path, text) => writeFileSync(path, text.replaceAll('"stem"', '"stem')));
    isRefused((path) => writeFileSync(path, Buffer.from([0xff, 0, 1])));
  });

  test('it is a folder', () => {
    isRefused((path) => {
      rmSync(path);
      mkdirSync(path);
    });
  });

  test('it stands in the working folder, and may have come with the repository', () => {
    const own = place();
    const inside = { XDG_CACHE_HOME: join(own.folder, '.cache') };
    balancer(own.folder, ['synth'], '', inside);
    expect(readdirSync(own.folder).sort()).toEqual(['dist', 'fleet']);
    own.run('synth');
    const path = cacheIn(own.home);
    writeFileSync(path, poisoned(readFileSync(path, 'utf8')));
    cpSync(own.home, join(own.folder, '.cache'), { recursive: true });
    expect(balancer(own.folder, ['synth'], '', inside).stderr).toBe(`dist: 0 written, ${ALL} unchanged\n`);
  });
});

test('a lie in a file of the user is found when its text is made', () => {
  const own = place();
  own.run('synth');
  const path = cacheIn(own.home);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('web-', 'evil-'));
  rmSync(join(own.folder, 'dist'), { recursive: true });
  const { status, stderr } = own.run('synth');
  expect(status).toBe(70);
  expect(stderr).toContain('use --no-cache');
  expect(readdirSync(own.folder)).toEqual(['fleet']);
});

test('where no cache can be written, everything else is as ever', () => {
  const home = join(temporaryFolder(), 'file');
  writeFileSync(home, '');
  expect(place(home).run('synth')).toEqual({ status: 0, stdout: '', stderr: `dist: ${ALL} written, 0 unchanged\n` });
});

test('a small fleet leaves no traces, and neither does --no-cache', () => {
  const own = place();
  own.run('synth', '--no-cache');
  for (let index = 20; index < COUNT; index += 1) rmSync(join(own.folder, `fleet/${index}.yaml`));
  own.run('synth');
  expect(readdirSync(own.home)).toEqual([]);
});

test('the caches of the fleets that were compiled last are kept', () => {
  const home = temporaryFolder();
  for (let fleet = 0; fleet < 18; fleet += 1) place(home).run('check');
  expect(readdirSync(join(home, 'cdk8s-balancer'))).toHaveLength(16);
});

test('another copy of the program, with other code, makes a cache of its own', () => {
  expect(readFileSync(COMMAND.replace('balancer.js', 'actions.js'), 'utf8')).toMatch(/program: "[0-9a-f]{64}"/);
});
