/** What stands in the output folder and is not ours, or not any more. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { writeArtefacts } from '../../synth';
import { balancer, balancerYaml, COMMAND, type Run, temporaryFolder } from '../run-balancer';

const MANIFEST = 'dist/balancer.default.web.k8s.yaml';
const CONF = 'dist/config/balancer.default.web/nginx.conf';

const synth = (folder: string, spec = balancerYaml('web')): Run => balancer(folder, ['synth', '-', '-o', 'dist'], spec);

/** A refusal: exit code 74, and one diagnostic. */
function refused(place: string, code: string, message: string): Run {
  const hints: Readonly<Record<string, string>> = {
    'BAL5002 (file-in-the-way)': 'Move the file away, or choose another output folder.',
    'BAL5003 (leads-outside)': 'Remove it, or name the folder that it leads to.',
  };
  return { status: 74, stdout: '', stderr: `${place}: error ${code}: ${message}\n  hint: ${hints[code]}\n` };
}

test('a file that somebody edited is overwritten, or removed, and that is told', () => {
  const folder = temporaryFolder();
  synth(folder);
  for (const path of [MANIFEST, CONF]) writeFileSync(join(folder, path), 'mine\n');
  expect(synth(folder).stderr).toBe(`${MANIFEST}: somebody edited it; overwritten
${CONF}: somebody edited it; overwritten
dist: 2 written, 0 unchanged
`);
  writeFileSync(join(folder, CONF), 'mine\n');
  expect(synth(folder, balancerYaml('other')).stderr).toBe(`${CONF}: somebody edited it; removed
dist: 2 written, 0 unchanged, 2 removed
`);
});

test.each([
  ['a folder', (path: string) => mkdirSync(path), 'a folder is in the way'],
  ['a link', (path: string) => symlinkSync('/etc/passwd', path), 'a symbolic link is in the way'],
  ['a file', (path: string) => writeFileSync(path, 'mine'), 'a file that cdk8s-balancer did not write is in the way'],
])('%s in the place of a file is refused, and nothing is written', (_, make, message) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'dist'));
  make(join(folder, MANIFEST));
  expect(synth(folder)).toEqual(refused(MANIFEST, 'BAL5002 (file-in-the-way)', message));
  expect(readdirSync(join(folder, 'dist'))).toEqual(['balancer.default.web.k8s.yaml']);
});

test('a folder or a link in the place of a file that we wrote is refused too', () => {
  const folder = temporaryFolder();
  synth(folder);
  rmSync(join(folder, MANIFEST));
  mkdirSync(join(folder, MANIFEST));
  expect(synth(folder)).toEqual(refused(MANIFEST, 'BAL5002 (file-in-the-way)', 'a folder is in the way'));
});

test('no link among the parents leads a write or a removal out of the folder', () => {
  const folder = temporaryFolder();
  const outside = temporaryFolder();
  synth(folder);
  // The list knows the files, so that only the parents tell.
  cpSync(join(folder, 'dist/config'), outside, { recursive: true });
  rmSync(join(folder, 'dist/config'), { recursive: true });
  symlinkSync(outside, join(folder, 'dist/config'));
  const before = readFileSync(join(outside, 'balancer.default.web/nginx.conf'), 'utf8');
  const changed = balancerYaml('web', ['v1'], 7);
  expect(synth(folder, changed)).toEqual(refused(CONF, 'BAL5002 (file-in-the-way)', '"config" is a symbolic link'));
  rmSync(join(folder, 'dist/config'));
  mkdirSync(join(folder, 'dist/config'));
  symlinkSync(join(outside, 'balancer.default.web'), join(folder, 'dist/config/balancer.default.web'));
  expect(synth(folder, balancerYaml('other')).status).toBe(0);
  expect(readFileSync(join(outside, 'balancer.default.web/nginx.conf'), 'utf8')).toBe(before);
});

test('an output folder that is a link out of the working folder is refused; its own name is not', () => {
  const folder = temporaryFolder();
  const outside = temporaryFolder();
  symlinkSync(outside, join(folder, 'dist'));
  const message = 'a symbolic link leads out of the working folder';
  expect(synth(folder)).toEqual(refused('dist', 'BAL5003 (leads-outside)', message));
  symlinkSync(join(outside, 'new'), join(folder, 'dangling'));
  expect(balancer(folder, ['synth', '-', '-o', 'dangling/dist'], balancerYaml('web')).status).toBe(74);
  expect(balancer(folder, ['import', '-', '-o', 'dist'], balancerYaml('web')).status).toBe(74);
  expect(readdirSync(outside)).toEqual([]);
  expect(balancer(folder, ['synth', '-', '-o', outside], balancerYaml('web')).status).toBe(0);
  mkdirSync(join(folder, 'real'));
  symlinkSync('real', join(folder, 'inside'));
  expect(balancer(folder, ['synth', '-', '-o', 'inside'], balancerYaml('web')).status).toBe(0);
});

const outsideStep = (step: object): string => `${JSON.stringify(step)}\n`;

test.each([
  ['removes outside', outsideStep({ remove: '../victim' })],
  ['removes a file of the folder that is not ours', outsideStep({ remove: 'notes.txt' })],
  ['places outside', outsideStep({ place: '../victim', staged: 0 })],
  ['takes what is not staged', outsideStep({ place: 'a.k8s.yaml', staged: '../../victim' })],
  ['is no journal', 'rm -rf /\n'],
])('a journal that came with the files and %s is refused', (_, journal) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'victim'), 'safe');
  mkdirSync(join(folder, 'dist/.balancer.stage'), { recursive: true });
  writeFileSync(join(folder, 'dist/notes.txt'), 'safe');
  writeFileSync(join(folder, 'dist/.balancer.stage/0'), 'evil');
  writeFileSync(join(folder, 'dist/.balancer.stage/journal'), journal);
  const message = 'the journal is not one of ours';
  expect(synth(folder)).toEqual(refused('dist/.balancer.stage', 'BAL5003 (leads-outside)', message));
  for (const path of ['victim', 'dist/notes.txt']) expect(readFileSync(join(folder, path), 'utf8')).toBe('safe');
});

test('a stage that is a link, or holds one, is refused or dropped, never followed', () => {
  const folder = temporaryFolder();
  const outside = temporaryFolder();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(outside, 'journal'), outsideStep({ place: 'a.k8s.yaml', staged: 0 }));
  writeFileSync(join(outside, '0'), 'secret');
  symlinkSync(outside, join(folder, 'dist/.balancer.stage'));
  const link = 'a symbolic link is in the way';
  expect(synth(folder)).toEqual(refused('dist/.balancer.stage', 'BAL5003 (leads-outside)', link));
  rmSync(join(folder, 'dist/.balancer.stage'));
  mkdirSync(join(folder, 'dist/.balancer.stage'));
  symlinkSync(join(outside, '0'), join(folder, 'dist/.balancer.stage/0'));
  expect(synth(folder).status).toBe(0);
  mkdirSync(join(folder, 'dist/.balancer.stage'));
  symlinkSync(join(outside, '0'), join(folder, 'dist/.balancer.stage/0'));
  copyFileSync(join(outside, 'journal'), join(folder, 'dist/.balancer.stage/journal'));
  expect(synth(folder).stderr).toContain('"0" is not a file');
  expect(readdirSync(outside).sort()).toEqual(['0', 'journal']);
});

test('a list that names files outside removes none of them', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'victim'), 'safe');
  mkdirSync(join(folder, 'dist'));
  const paths = ['../victim', 'config/../../victim', '/etc/hostname', 'config/a/../../../victim', 'notes.txt'];
  writeFileSync(join(folder, 'dist/notes.txt'), 'safe');
  writeFileSync(join(folder, 'dist/.balancer.sums'), paths.map((path) => `${'0'.repeat(64)}  ${path}\n`).join(''));
  expect(synth(folder).stderr).toBe('dist: 2 written, 0 unchanged\n');
  for (const path of ['victim', 'dist/notes.txt']) expect(readFileSync(join(folder, path), 'utf8')).toBe('safe');
});

test('two names that differ in case only are refused: on some file systems they are one', () => {
  const folder = join(temporaryFolder(), 'dist');
  const codes: string[] = [];
  const artefacts = ['config/a/Leaf/x', 'config/a/leaf/x'].map((path) => ({ path, text: '' }));
  const report = ({ code }: { readonly code: string }): void => void codes.push(code);
  const origin = () => ({ version: '0', specs: [] });
  writeArtefacts(folder, artefacts, { report, failed: () => codes.length > 0, origin });
  expect(codes).toEqual(['BAL3028']);
  expect(lstatSync(folder, { throwIfNoEntry: false })).toBeUndefined();
});

test('read-only files are replaced; a read-only folder is a diagnostic, and nothing changes', () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const command = join(folder, 'lib/cli/balancer.js');
  cpSync(dirname(dirname(COMMAND)), dirname(dirname(command)), { recursive: true });
  cpSync(join(__dirname, '../../node_modules/yaml'), join(folder, 'node_modules/yaml'), { recursive: true });
  synth(folder);
  chmodSync(join(folder, MANIFEST), 0o444);
  expect(synth(folder, balancerYaml('web', ['v1'], 2)).status).toBe(0);
  if (process.getuid?.() !== 0) chmodSync(join(folder, 'dist'), 0o555);
  // root may write everywhere: somebody else runs it.
  const unprivileged = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  const [program = '', ...args] = [...unprivileged, process.execPath, command, 'synth', '-', '-o', 'dist'];
  const before = readFileSync(join(folder, CONF), 'utf8');
  const run = spawnSync(program, args, { cwd: folder, input: balancerYaml('web', ['v1'], 3), encoding: 'utf8' });
  expect(run.stderr).toBe(`dist/.balancer.stage: error BAL5001 (not-writable): cannot be written: EACCES
  hint: Check the folder, its permissions and the disk.
`);
  expect(run.status).toBe(74);
  expect(readFileSync(join(folder, CONF), 'utf8')).toBe(before);
});
