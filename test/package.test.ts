/** The packed tarball is what its users need and no more, and works for them in every module system. No network is used. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { filesBelow } from './files-below';

const ROOT = join(__dirname, '..');
const CONSUMERS = join(__dirname, 'consumers');
const TYPESCRIPT = ['typescript', '@types/node'];
const MINUTES = 60_000;

/** What is read of the package's own description. */
interface PackageJson {
  readonly version: string;
  readonly files: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** The folder of the users: a project with the unpacked tarball, and an app in a folder of its own for each of them. */
const workspace = mkdtempSync(join(tmpdir(), 'balancer-package-'));
const installed = join(workspace, 'node_modules/cdk8s-balancer');
const environment = { ...process.env, npm_config_offline: 'true', CDK8S_CHECK_UPGRADE: 'false', NODE_OPTIONS: '' };
let tarball: string;
let manifest: PackageJson;
let expected: readonly unknown[];

/** Runs a program in a folder of the workspace; answers its standard output. */
async function run(folder: string, program: string, ...args: readonly string[]): Promise<string> {
  const options = { cwd: join(workspace, folder), env: environment, maxBuffer: 1 << 26 };
  const { stdout } = await promisify(execFile)(program, args, options).catch((error) => {
    throw new Error(`${error.message}\n${error.stdout}`);
  });
  return stdout;
}

/** The file behind a command of one of our own development dependencies. */
function tool(name: string, file: string): string {
  return join(ROOT, 'node_modules', name, file);
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** Puts packages of the repository into the node_modules of a folder. */
function linkPackages(folder: string, names: readonly string[]): void {
  for (const name of names) link(join(ROOT, 'node_modules', name), join(workspace, folder, 'node_modules', name));
}

/**
 * An app of a user. Its tools are in its own folder, where the package cannot find them: beside the package are only the
 * dependencies and peers that it declares.
 */
function consumer(name: string, tools: readonly string[] = []): string {
  cpSync(join(CONSUMERS, name), join(workspace, name), { recursive: true });
  linkPackages(name, tools);
  return name;
}

function documentsOf(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => document.toJS());
}

beforeAll(async () => {
  const [packed] = JSON.parse(await packInto(workspace));
  tarball = join(workspace, packed.filename);
  mkdirSync(installed, { recursive: true });
  await run('.', 'tar', '-xzf', tarball, '-C', installed, '--strip-components=1');
  manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  linkPackages('.', Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
  for (const [name, file] of Object.entries(manifest.bin))
    link(join('../cdk8s-balancer', file), join(workspace, 'node_modules/.bin', name));
  for (const file of ['package.json', 'web.yaml']) cpSync(join(CONSUMERS, file), join(workspace, file));
  expected = documentsOf(await run('.', 'node_modules/.bin/balancer', 'synth', 'web.yaml', '--output', '-'));
}, MINUTES);

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

async function packInto(folder: string): Promise<string> {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: ROOT, env: environment, maxBuffer: 1 << 26 });
  return stdout;
}

describe('the tarball', () => {
  /** What is compiled from a folder of sources, maps apart. */
  function compiledFrom(folder: string): string[] {
    const sources = filesBelow(join(ROOT, folder)).filter((file) => /(?<!\.d)\.ts$/.test(file));
    return sources.flatMap((file) => ['.js', '.d.ts'].map((end) => `lib/${folder}/${file.replace(/\.ts$/, end)}`));
  }

  test('has the library, the command, the schemas, the examples and the words about them: nothing else', () => {
    const words = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    const plain = ['schemas', 'docs', 'fleet'].flatMap((folder) =>
      filesBelow(join(ROOT, folder)).map((file) => `${folder}/${file}`),
    );
    const code = [
      ...compiledFrom('compiler'),
      ...compiledFrom('constructs'),
      'lib/cli/actions.js',
      'lib/cli/balancer.js',
      'lib/cli/kubectl-balancer.js',
    ];
    const files = filesBelow(installed).filter((file) => !file.endsWith('.map'));
    expect(files.sort()).toEqual([...words, ...plain, ...code].sort());
    expect(plain).not.toEqual([]);
  });

  test('has what its documents link to', () => {
    const lost = filesBelow(installed)
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) => {
        const text = readFileSync(join(installed, file), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
        const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target as string);
        return links
          .filter((target) => !existsSync(join(installed, dirname(file), target)))
          .map((target) => `${file} -> ${target}`);
      });
    expect(lost).toEqual([]);
  });

  test('has no map that leads nowhere', () => {
    const lost = filesBelow(installed).filter((file) => {
      if (!file.endsWith('.map')) return false;
      const { sources, sourcesContent } = JSON.parse(readFileSync(join(installed, file), 'utf8'));
      return !sourcesContent && sources.some((source: string) => !existsSync(join(installed, dirname(file), source)));
    });
    expect(lost.slice(0, 5)).toEqual([]);
  });

  test('is small', () => {
    const size = filesBelow(installed).reduce((sum, file) => sum + statSync(join(installed, file)).size, 0);
    console.log(`tarball ${Math.round(statSync(tarball).size / 1024)} KiB, installed ${Math.round(size / 1024)} KiB`);
    expect(size).toBeLessThan(8 * 1024 * 1024);
  });

  test('every entry of "files" names something', () => {
    const entries = manifest.files.filter((entry) => !entry.startsWith('!'));
    expect(entries.filter((entry) => !existsSync(join(ROOT, entry)))).toEqual([]);
  });

  test('publint has nothing to say', async () => {
    const bytes = readFileSync(tarball);
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    expect((await publint({ pack: { tarball: buffer }, strict: true })).messages).toEqual([]);
  });

  test('the types are right for every way to resolve them', async () => {
    const cli = tool('@arethetypeswrong/cli', 'dist/index.js');
    const report = await run('.', 'node', cli, tarball, '--no-definitely-typed', '--format', 'json');
    expect(JSON.parse(report).problems ?? {}).toEqual({});
  });
});

describe.concurrent('users', () => {
  /** The manifests that an app prints: the last line of what it says. */
  function printed(output: string): unknown {
    return JSON.parse(output.trim().split('\n').at(-1) as string);
  }

  test('there is something to compare with', () => {
    expect(expected.map((object) => (object as { kind: string }).kind)).toContain('Deployment');
  });

  test.each(['balancer', 'cdk8s-balancer'])('the command %s', async (name) => {
    const command = join(workspace, 'node_modules/.bin', name);
    expect(documentsOf(await run('.', command, 'synth', 'web.yaml', '--output', '-'))).toEqual(expected);
    expect(await run('.', command, '--version')).toBe(`${manifest.version}\n`);
  });

  test('npx balancer', async () => {
    expect(await run('.', 'npx', '--no', '--', 'balancer', '--version')).toBe(`${manifest.version}\n`);
  });

  test.each(['commonjs', 'esm'])('JavaScript, %s', async (kind) => {
    expect(printed(await run(consumer(kind), 'node', 'main.js'))).toEqual(expected);
  });

  test.each(['ts-node', 'ts-node-node10'])(
    'TypeScript of the template of cdk8s, %s',
    async (kind) => {
      const folder = consumer(kind, [...TYPESCRIPT, 'ts-node']);
      expect(printed(await run(folder, 'node', tool('ts-node', 'dist/bin.js'), 'main.ts'))).toEqual(expected);
    },
    MINUTES,
  );

  test.each(['tsx-cjs', 'tsx-esm'])('%s', async (kind) => {
    expect(printed(await run(consumer(kind), 'node', tool('tsx', 'dist/cli.mjs'), 'main.ts'))).toEqual(expected);
  });

  test('the app of the README', async () => {
    const folder = consumer('esm');
    const [, app] = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(installed, 'README.md'), 'utf8')) ?? [];
    writeFileSync(join(workspace, folder, 'readme.ts'), app as string);
    await run(folder, 'node', tool('tsx', 'dist/cli.mjs'), 'readme.ts');
    const objects = documentsOf(readFileSync(join(workspace, folder, 'dist/shop.k8s.yaml'), 'utf8'));
    expect(objects.map((object) => (object as { kind: string }).kind)).toContain('Deployment');
  });

  test(
    'jest with ts-jest, of the template of cdk8s',
    async () => {
      const folder = consumer('jest', [...TYPESCRIPT, 'jest', 'ts-jest', '@jest/globals']);
      const output = await run(folder, 'node', tool('jest', 'bin/jest.js'), '--ci', '--cacheDirectory', 'cache');
      expect(printed(output)).toEqual(expected);
    },
    MINUTES,
  );

  test.each(['nodenext-cjs', 'nodenext-esm'])(
    'the types, libraries included, %s',
    async (kind) => {
      const folder = consumer(kind, TYPESCRIPT);
      expect(await run(folder, 'node', tool('typescript', 'bin/tsc'), '-p', '.')).toBe('');
    },
    MINUTES,
  );

  test('cdk8s synth', async () => {
    const folder = consumer('cdk8s', ['cdk8s-cli']);
    link('../cdk8s-cli/bin/cdk8s', join(workspace, folder, 'node_modules/.bin/cdk8s'));
    await run(folder, 'npx', '--no', '--', 'cdk8s', 'synth');
    expect(readdirSync(join(workspace, folder, 'dist'))).toEqual(['shop.k8s.yaml']);
    expect(documentsOf(readFileSync(join(workspace, folder, 'dist/shop.k8s.yaml'), 'utf8'))).toEqual(expected);
  });

  test(
    'cdk8s synth with our rules as a validation plugin',
    async () => {
      const folder = consumer('validation', ['cdk8s-cli']);
      const plugins = join(workspace, 'plugins');
      link(installed, join(plugins, `cdk8s-balancer/${manifest.version}/node_modules/cdk8s-balancer`));
      const synth = (app: string, reports: string) =>
        run(
          folder,
          'node',
          tool('cdk8s-cli', 'bin/cdk8s'),
          'synth',
          '-a',
          `node ${app}`,
          '--plugins-dir',
          plugins,
          ...reporting(reports),
        );
      await expect(synth('bad.js', 'bad.json')).rejects.toThrow('Validation failed');
      const expected = JSON.parse(readFileSync(join(CONSUMERS, 'validation/bad-report.json'), 'utf8'));
      expect(reportIn(folder, 'bad.json')).toEqual(expected);
      // The same by the name of the package, as cdk8s installs it.
      const config = join(workspace, folder, 'cdk8s.yaml');
      writeFileSync(
        config,
        readFileSync(config, 'utf8')
          .replace('./../node_modules/', '')
          .replace(/version: .*/, `version: ${manifest.version}`),
      );
      expect(await synth('good.js', 'good.json')).toContain('Validations ended succesfully');
      expect(reportIn(folder, 'good.json')).toEqual({
        violations: [],
        summary: { status: 'success', metadata: { errors: '0', warnings: '0', accepted: '1' } },
      });
    },
    MINUTES,
  );

  function reporting(file: string): readonly string[] {
    return ['--validation-reports-output-file', file];
  }

  /** The report of the only plugin, without what names the place of the test. */
  function reportIn(folder: string, file: string): unknown {
    const { reports } = JSON.parse(readFileSync(join(workspace, folder, file), 'utf8'));
    const [{ violations, summary }] = reports;
    const { status, metadata } = summary;
    return { violations, summary: { status, metadata } };
  }
});
