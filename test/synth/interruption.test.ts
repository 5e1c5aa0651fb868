/** What a kill leaves behind: every file whole, and a next run that completes the work. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textsBelow } from '../files-below';
import { balancer, balancerYaml, COMMAND, temporaryFolder } from '../run-balancer';

const COUNT = 120;
const KILLS = 24;

const fleet = (weight: number): string =>
  Array.from({ length: COUNT }, (_, index) => balancerYaml(`web-${index}`, ['v1', 'v2'], weight)).join('---\n');

/** Every manifest and configuration in a folder, the stage left out. */
function artefacts(folder: string): Map<string, string> {
  return new Map(Object.entries(textsBelow(folder)).filter(([path]) => !path.startsWith('.balancer.')));
}

/** Starts a synth and kills it after some milliseconds, unless it has ended before. */
async function killedSynth(cwd: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [COMMAND, 'synth', 'spec.yaml', '-o', 'dist'], { cwd, stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const signal = await ended;
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

test('kills at many points leave whole files, and the next synth completes', async () => {
  const folder = temporaryFolder();
  const states = [1, 2].map((weight) => {
    const out = temporaryFolder();
    balancer(out, ['synth', '-', '-o', 'dist'], fleet(weight));
    return artefacts(join(out, 'dist'));
  });
  let kills = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const wanted = states[round % 2]!;
    writeFileSync(join(folder, 'spec.yaml'), fleet(1 + (round % 2)));
    if (await killedSynth(folder, 45 + round * 6)) kills += 1;
    const after = artefacts(join(folder, 'dist'));
    for (const [path, text] of after) expect(states.map((state) => state.get(path))).toContain(text);
    expect(balancer(folder, ['synth', 'spec.yaml', '-o', 'dist']).status).toBe(0);
    expect(artefacts(join(folder, 'dist'))).toEqual(wanted);
    expect(existsSync(join(folder, 'dist/.balancer.stage'))).toBe(false);
  }
  expect(kills).toBeGreaterThan(0);
});

test('a kill between two renames: --check says so, the next synth completes, even of bad input', () => {
  const folder = temporaryFolder();
  const dist = join(folder, 'dist');
  balancer(folder, ['synth', '-', '-o', 'dist'], balancerYaml('web', ['v1'], 1));
  const next = temporaryFolder();
  balancer(next, ['synth', '-', '-o', 'dist'], balancerYaml('web', ['v1'], 2));
  const paths = ['balancer.default.web.k8s.yaml', 'config/balancer.default.web/nginx.conf', '.balancer.sums'];
  // The state after the first of three renames: the manifest has its place, the rest still waits.
  mkdirSync(join(dist, '.balancer.stage'));
  const steps = paths.map((place, staged) => ({ place, staged }));
  writeFileSync(join(dist, '.balancer.stage/journal'), steps.map((step) => `${JSON.stringify(step)}\n`).join(''));
  paths.forEach((path, index) => {
    const target = index === 0 ? join(dist, path) : join(dist, '.balancer.stage', String(index));
    writeFileSync(target, readFileSync(join(next, 'dist', path)));
  });
  const check = balancer(folder, ['synth', '-', '-o', 'dist', '--check'], balancerYaml('web', ['v1'], 2));
  expect(check.status).toBe(2);
  expect(check.stdout).toMatch(/^--- a\/dist\/config\/balancer\.default\.web\/nginx\.conf\n/);
  expect(check.stderr).toBe(`dist: a synth was interrupted here; run it again
dist/config/balancer.default.web/nginx.conf: changed: the specs changed since it was written
`);
  expect(balancer(folder, ['synth', '-', '-o', 'dist'], 'kind: [').status).toBe(1);
  expect(artefacts(dist)).toEqual(artefacts(join(next, 'dist')));
});
