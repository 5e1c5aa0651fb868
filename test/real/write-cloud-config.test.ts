/** The script that puts an AccessKey into cloud-config.conf, in the shells that images have, with keys of all kinds. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cloudConfig, writeCloudConfig } from '../../compiler/render/alibaba-cloud-config';
import { findProgram } from '../../judge/find-program';

/** The shell that the Deployment names, and as far as they are here those that have this name in other images. */
const SHELLS = [['/bin/sh'], ['dash'], ['bash', '--posix'], ['busybox', 'sh']].flatMap(([name = '', ...args]) => {
  const path = findProgram(name, process.env);
  const known = path === undefined || (name !== '/bin/sh' && realpathSync(path) === realpathSync('/bin/sh'));
  return known ? [] : [[path, ...args]];
});

/** All programs that the script may start. */
const TOOLS = ['base64', 'mv', 'rm', 'tail', 'tr', 'wc'];

/** The user of the Pod; only root can become it. */
const USER = process.getuid?.() === 0 ? { uid: 1200, gid: 1200 } : {};

const root = mkdtempSync(join(tmpdir(), 'write-cloud-config-'));
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true }));

/** A PATH with nothing but the tools, each of which writes down its arguments and its environment before it works. */
function watchedTools(folder: string, tools: readonly string[]): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(folder, 'started'), '');
  chmodSync(join(folder, 'started'), 0o666);
  for (const tool of tools) {
    const path = findProgram(tool, process.env)!;
    const log = join(folder, 'started');
    const script = `#!/bin/sh\n{ echo ${tool} "$@"; /usr/bin/env; } >> ${log}\nexec ${path} "$@"\n`;
    writeFileSync(join(bin, tool), script, { mode: 0o755 });
  }
  return bin;
}

let count = 0;

interface Keys {
  readonly id?: string | Buffer;
  readonly secret?: string | Buffer;
}

/** A folder as the init container sees it. */
function prepare(
  { id, secret }: Keys,
  tools: readonly string[] = TOOLS,
  template = cloudConfig({ region: 'cn-hangzhou' }, 'empty'),
) {
  count += 1;
  const folder = join(root, String(count));
  for (const name of ['', 'keys', 'config']) mkdirSync(join(folder, name));
  chmodSync(folder, 0o777);
  chmodSync(join(folder, 'config'), 0o777);
  writeFileSync(join(folder, 'template'), template);
  writeFileSync(join(folder, 'script'), writeCloudConfig());
  if (id !== undefined) writeFileSync(join(folder, 'keys/access-key-id'), id);
  if (secret !== undefined) writeFileSync(join(folder, 'keys/access-key-secret'), secret);
  return { folder, bin: watchedTools(folder, tools), target: join(folder, 'config/cloud-config.conf') };
}

function run([shell = '', ...args]: readonly string[], { folder, bin, target }: ReturnType<typeof prepare>) {
  const command = [...args, join(folder, 'script'), join(folder, 'template'), join(folder, 'keys'), target];
  const { status, stdout, stderr } = spawnSync(shell, command, { ...USER, env: { PATH: bin }, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const SECRETS: readonly (readonly [string, string])[] = [
  ['letters and digits', 'yE46u2LWaplEhZ0qJx9bT3vKc7mNfR'],
  ['one sign', 'a'],
  ['more than a line of base64', 'Ab1'.repeat(100)],
  ['an option of echo', '-n'],
  ['a format', '%s%d\\n\\t\\0%'],
  ['commands', '$(id)`id`$HOME;id&&id|id'],
  ['quotes', `"'\\"\\'`],
  ['blanks around and within', '  a  b  '],
  ['patterns', '*?[a-z]{a,b}~'],
  ['signs beyond ASCII', 'Schlüssel密钥'],
  ['what stands in the template', '"AccessKeySecret": ""'],
];

describe.each(SHELLS.map((shell) => shell.join(' ')))('in %s', (name) => {
  const shell = name.split(' ');

  test.each(SECRETS)('%s', (_, secret) => {
    const place = prepare({ id: 'LTAI5tEXAMPLE', secret });
    expect(run(shell, place)).toEqual({ status: 0, stdout: '', stderr: '' });
    const text = readFileSync(place.target, 'utf8');
    const { Global: global } = JSON.parse(text);
    expect(Buffer.from(global.AccessKeyID, 'base64').toString()).toBe('LTAI5tEXAMPLE');
    expect(Buffer.from(global.AccessKeySecret, 'base64').toString()).toBe(secret);
    // the rest is as it was
    const filled = cloudConfig({ region: 'cn-hangzhou' }, 'empty')
      .replace('"AccessKeyID": ""', `"AccessKeyID": "${global.AccessKeyID}"`)
      .replace('"AccessKeySecret": ""', `"AccessKeySecret": "${global.AccessKeySecret}"`);
    expect(text).toBe(filled);
  });

  test('the line break of an editor is no part of a key', () => {
    const place = prepare({ id: 'LTAI5tEXAMPLE\n', secret: 'secret\n' });
    expect(run(shell, place).status).toBe(0);
    const { Global: global } = JSON.parse(readFileSync(place.target, 'utf8'));
    expect(global.AccessKeyID).toBe(Buffer.from('LTAI5tEXAMPLE').toString('base64'));
    expect(global.AccessKeySecret).toBe(Buffer.from('secret').toString('base64'));
  });

  test('no argument and no environment of a process has a key, plain or encoded', () => {
    const place = prepare({ id: 'LTAI5tEXAMPLE', secret: 'yE46u2LWaplEhZ0q' });
    expect(run(shell, place).status).toBe(0);
    const started = readFileSync(join(place.folder, 'started'), 'utf8');
    for (const tool of TOOLS) expect(started).toMatch(new RegExp(`^${tool}( |$)`, 'm'));
    for (const key of ['LTAI5tEXAMPLE', 'yE46u2LWaplEhZ0q']) {
      expect(started).not.toContain(key);
      expect(started).not.toContain(Buffer.from(key).toString('base64'));
    }
  });

  test('the file is for its owner, and it can be written again', () => {
    const place = prepare({ id: 'LTAI5tEXAMPLE', secret: 'secret' });
    expect(run(shell, place).status).toBe(0);
    expect(statSync(place.target).mode & 0o777).toBe(0o400);
    writeFileSync(join(place.folder, 'keys/access-key-secret'), 'another');
    expect(run(shell, place)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(place.target, 'utf8')).toContain(Buffer.from('another').toString('base64'));
    expect(existsSync(`${place.target}.part`)).toBe(false);
  });

  const BAD: readonly (readonly [string, Keys, string])[] = [
    ['no id', { secret: 'secret' }, 'cannot read KEYS/access-key-id'],
    ['no secret', { id: 'LTAI5tEXAMPLE' }, 'cannot read KEYS/access-key-secret'],
    ['an empty secret', { id: 'LTAI5tEXAMPLE', secret: '' }, 'access-key-secret is empty'],
    ['a line break alone', { id: '\n', secret: 'secret' }, 'access-key-id is empty'],
    [
      'two lines',
      { id: 'LTAI5t\nEXAMPLE', secret: 'secret' },
      'access-key-id has a line break or another control character in it',
    ],
    [
      'two line breaks',
      { id: 'LTAI5t\n\n', secret: 'secret' },
      'access-key-id has a line break or another control character in it',
    ],
    [
      'a line of Windows',
      { id: 'LTAI5t\r\n', secret: 'secret' },
      'access-key-id has a line break or another control character in it',
    ],
    [
      'a zero',
      { id: Buffer.from([65, 0, 65]), secret: 'secret' },
      'access-key-id has a line break or another control character in it',
    ],
  ];

  test.each(BAD)('refuses %s', (_, keys, message) => {
    const place = prepare(keys);
    const expected = `write-cloud-config: ${message.replace('KEYS', join(place.folder, 'keys'))}\n`;
    expect(run(shell, place)).toEqual({ status: 1, stdout: '', stderr: expected });
    expect(existsSync(place.target)).toBe(false);
  });

  test('refuses an image without base64', () => {
    const place = prepare(
      { id: 'LTAI5tEXAMPLE', secret: 'secret' },
      TOOLS.filter((tool) => tool !== 'base64'),
    );
    const stderr = 'write-cloud-config: the image has no base64: name one that has it in initImage\n';
    expect(run(shell, place)).toEqual({ status: 1, stdout: '', stderr });
  });

  test('refuses a template without a place for the keys', () => {
    const place = prepare({ id: 'LTAI5tEXAMPLE', secret: 'secret' }, TOOLS, cloudConfig({}, 'absent'));
    const { status, stderr } = run(shell, place);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `write-cloud-config: ${join(place.folder, 'template')} has no place for the keys\n`,
    });
    expect(existsSync(place.target)).toBe(false);
  });
});
