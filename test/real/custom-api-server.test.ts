/** The kubeconfig, the initial objects and the script of a CustomApiServer, with the real kubectl and with the shells of images. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileAll } from '../../compiler/compile';
import { findProgram } from '../../judge/find-program';
import { type ServedResource, type SmallApiServer, signCertificate, smallApiServer } from './kubectl-api-server';
import { describeReal } from './programs';

const root = mkdtempSync(join(tmpdir(), 'custom-api-server-'));
afterAll(() => rmSync(root, { recursive: true }));

const GROUP = 'teleport.wukong.com/v1';
const TOKEN = 'only-for-this-test';
const RESOURCES: readonly ServedResource[] = [
  { name: 'namespaces', kind: 'Namespace', namespaced: false },
  { name: 'catalogs', kind: 'Catalog', namespaced: false },
  { name: 'binarymetadatas', kind: 'BinaryMetadata', namespaced: false },
  { name: 'teams', kind: 'Team', namespaced: true },
  { name: 'users', kind: 'User', namespaced: true },
];

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let homes = 0;

/** Runs a program with nothing of this machine's kubeconfig; the test's own server must go on meanwhile. */
function run(program: string, args: readonly string[], path = process.env.PATH): Promise<Result> {
  homes += 1;
  const home = join(root, `home-${homes}`);
  mkdirSync(home);
  return new Promise((resolve) => {
    const options = { env: { PATH: path, HOME: home }, cwd: home, timeout: 20_000 };
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

/** The files of a server, in a folder of their own. */
function filesOf(name: string, kubeconfig: string): string {
  const text = `apiVersion: cdk8s-balancer.dev/v1alpha1
kind: CustomApiServer
metadata: {name: ${name}}
spec:
  image: registry.example.com/apiserver:v1
  backend: {file: {}}
  tokenAuthFile: {secretName: tokens}
  tls: {secretName: serving}
  kubeconfig: ${kubeconfig}
  initialization:
    apiVersion: ${GROUP}
    namespaces: [{name: default}, {name: production, labels: {stage: production}}]
    catalogs: [{name: database, description: "Databases: all"}]
    binmetas: [{name: redis-shake, catalog: database, version: v2.1.1}]
    teams: [{name: platform}]
    users: [{name: admin, team: platform}, {name: anna, namespace: production}]
`;
  const { artefacts, diagnostics } = compileAll([{ file: 'spec.yaml', text }]);
  expect(diagnostics).toEqual([]);
  const folder = join(root, name);
  for (const { path, text: content } of artefacts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return join(folder, `config/customapiserver.default.${name}`);
}

describeReal('kubectl', ['kubectl', 'openssl'], () => {
  let server: SmallApiServer;
  const paths = (fields: string) =>
    `{server: "https://127.0.0.1:${server.port}", certificateAuthority: ${root}/server.crt, ${fields}}`;

  beforeAll(async () => {
    for (const name of ['server', 'stranger']) signCertificate(root, name);
    writeFileSync(join(root, 'token'), `${TOKEN}\n`);
    writeFileSync(join(root, 'stale'), 'stale\n');
    server = await smallApiServer(root, 'server', TOKEN, GROUP, RESOURCES);
  });
  afterAll(() => server.close());

  test('reads the kubeconfigs of every case as they are meant', async () => {
    const file = join(__dirname, '../cases/custom-api-server-full-file/expected/config');
    const path = join(file, 'customapiserver.apiservers.teleport-full-file/kubeconfig.conf');
    const { code, stdout, stderr } = await run('kubectl', ['config', 'view', `--kubeconfig=${path}`, '--output=json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      'current-context': 'teleport-full-file',
      clusters: [
        { cluster: { server: 'https://api.example.com:7443', 'certificate-authority': '/etc/teleport/ca.crt' } },
      ],
      users: [{ user: { tokenFile: '/etc/teleport/token' } }],
    });
  });

  test('sends the token of the file, and of the credential plugin', async () => {
    const plugin = join(root, 'plugin');
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: TOKEN },
    };
    writeFileSync(plugin, `#!/bin/sh\ncat <<'END'\n${JSON.stringify(credential)}\nEND\n`, { mode: 0o755 });
    const ways = { file: `tokenFile: ${root}/token`, plugin: `exec: {command: ${plugin}}` };
    for (const [name, fields] of Object.entries(ways)) {
      const folder = filesOf(`way-${name}`, paths(fields));
      server.asked.length = 0;
      const got = await run('kubectl', [`--kubeconfig=${folder}/kubeconfig.conf`, 'get', '--raw', '/asked']);
      expect(got.stderr, name).toContain('NotFound');
      expect(server.asked, name).toEqual([{ method: 'GET', path: '/asked', authorization: `Bearer ${TOKEN}` }]);
    }
  });

  test('is refused with a stale token, and refuses another authority', async () => {
    const stale = filesOf('with-stale', paths(`tokenFile: ${root}/stale`));
    const refused = await run('kubectl', [`--kubeconfig=${stale}/kubeconfig.conf`, 'get', '--raw', '/asked']);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/unauthorized|must be logged in/i);
    const strange = filesOf('with-strange', paths(`tokenFile: ${root}/token`).replace('/server.crt', '/stranger.crt'));
    server.asked.length = 0;
    const distrusted = await run('kubectl', [`--kubeconfig=${strange}/kubeconfig.conf`, 'get', '--raw', '/asked']);
    expect(distrusted.code).not.toBe(0);
    expect(distrusted.stderr).toContain('certificate');
    expect(server.asked, 'no token leaves before the certificate is good').toEqual([]);
  });

  test('applies the initial objects in their order, by the script', async () => {
    const folder = filesOf('applied', paths(`tokenFile: ${root}/token`));
    server.asked.length = 0;
    const { code, stdout, stderr } = await run('/bin/sh', [`${folder}/apply-initialization.sh`, '--validate=false']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const sent = server.asked.filter(({ method }) => method === 'POST');
    expect(sent.map(({ path, body }) => `${path} ${(body as { metadata: { name: string } }).metadata.name}`)).toEqual([
      `/apis/${GROUP}/namespaces default`,
      `/apis/${GROUP}/namespaces production`,
      `/apis/${GROUP}/catalogs database`,
      `/apis/${GROUP}/binarymetadatas redis-shake`,
      `/apis/${GROUP}/namespaces/default/teams platform`,
      `/apis/${GROUP}/namespaces/default/users admin`,
      `/apis/${GROUP}/namespaces/production/users anna`,
    ]);
    expect(stdout.trim().split('\n')).toHaveLength(7);
    expect(sent[2]?.body).toMatchObject({ apiVersion: GROUP, kind: 'Catalog', spec: { desc: 'Databases: all' } });
    expect(sent.map(({ authorization }) => authorization)).toEqual(sent.map(() => `Bearer ${TOKEN}`));
  });

  test('of two kubeconfigs the one from the command line wins', async () => {
    const own = filesOf('own', `{server: "https://127.0.0.1:1", certificateAuthority: ${root}/server.crt}`);
    const other = filesOf('other', paths(`tokenFile: ${root}/token`));
    server.asked.length = 0;
    const args = [`${own}/apply-initialization.sh`, '--validate=false', `--kubeconfig=${other}/kubeconfig.conf`];
    expect(await run('/bin/sh', args)).toMatchObject({ code: 0, stderr: '' });
    expect(server.asked.filter(({ method }) => method === 'POST')).toHaveLength(7);
  });
});

/** The shells that call themselves sh in images, as far as they are here. */
const SHELLS = [['dash'], ['bash', '--posix'], ['busybox', 'sh']].flatMap(([name = '', ...args]) => {
  const path = findProgram(name, process.env);
  return path === undefined ? [] : [[realpathSync(path), ...args]];
});

describe.each(SHELLS.map((shell) => shell.join(' ')))('apply-initialization.sh in %s', (line) => {
  const [shell = '', ...options] = line.split(' ');
  /** A kubectl that writes down its arguments, one to a line, and fails at the list that is named. */
  const stubbed = (name: string, failing: string) => {
    const folder = filesOf(`${name}-${shell.replaceAll('/', '-')}`, '{tokenFile: /etc/teleport/token}');
    const bin = join(dirname(dirname(folder)), 'bin with a blank');
    mkdirSync(bin);
    const log = join(bin, 'log');
    writeFileSync(log, '');
    const body = `for word in "$@"; do echo "$word" >> '${log}'; done\ncase "$*" in *${failing}*) exit 3 ;; esac\n`;
    writeFileSync(join(bin, 'kubectl'), `#!/bin/sh\n${body}`, { mode: 0o755 });
    const args = [...options, join(folder, 'apply-initialization.sh')];
    const path = `${bin}:${process.env.PATH}`;
    return { folder, args, path, lines: () => readFileSync(log, 'utf8').trim().split('\n') };
  };

  test('hands its arguments on, word by word', async () => {
    const { folder, args, path, lines } = stubbed('words', 'nothing');
    const more = ['--dry-run=server', '--selector=a b', '*', '$HOME'];
    expect(await run(shell, [...args, ...more], path)).toEqual({ code: 0, stdout: '', stderr: '' });
    const expected = ['namespaces', 'catalogs', 'binmetas', 'teams', 'users'].flatMap((list) => [
      `--kubeconfig=${folder}/kubeconfig.conf`,
      'apply',
      `--filename=${folder}/initialization/${list}.yaml.conf`,
      ...more,
    ]);
    expect(lines()).toEqual(expected);
  });

  test('stops where kubectl fails', async () => {
    const { args, path, lines } = stubbed('failing', 'binmetas');
    expect(await run(shell, args, path)).toMatchObject({ code: 3 });
    expect(lines().at(-1)).toContain('binmetas');
  });

  test('begins nothing where a file is missing', async () => {
    const { folder, args, path, lines } = stubbed('missing', 'nothing');
    rmSync(join(folder, 'initialization/users.yaml.conf'));
    const stderr = `apply-initialization: cannot read ${folder}/initialization/users.yaml.conf\n`;
    expect(await run(shell, args, path)).toEqual({ code: 1, stdout: '', stderr });
    expect(lines()).toEqual(['']);
  });
});
