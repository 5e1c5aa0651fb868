/** A kill at every call that synth makes to the file system: no reader sees half a file, and the next run completes. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { textsBelow } from '../files-below';
import { balancer, balancerYaml, COMMAND, temporaryFolder } from '../run-balancer';

/** Files change, come and go between the two states; one stays, and one folder goes with its last file. */
const STATES = [
  `${balancerYaml('a', ['v1'], 1)}---\n${balancerYaml('old')}---\n${balancerYaml('same')}`,
  `${balancerYaml('a', ['v1'], 2)}---\n${balancerYaml('new')}---\n${balancerYaml('same')}`,
] as const;

const ARGS = ['synth', '-', '-o', 'dist', '--kustomization'] as const;

/** Every file in a folder but those of the stage. */
function files(folder: string): Readonly<Record<string, string>> {
  const files = Object.entries(textsBelow(folder));
  return Object.fromEntries(files.filter(([path]) => !path.includes('.balancer.stage')));
}

function killedSynth(
  cwd: string,
  at: number,
  half: string,
): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, ['--require', join(__dirname, 'kill-at.cjs'), COMMAND, ...ARGS], {
    cwd,
    input: STATES[1],
    encoding: 'utf8',
    env: { ...process.env, KILL_AT: String(at), KILL_HALF: half },
  });
}

describe.each([
  ['over an earlier state', STATES[0]],
  ['into a new folder', undefined],
])('%s', (_, first) => {
  const wanted: Record<string, string>[] = [];

  beforeAll(() => {
    for (const spec of STATES) {
      const folder = temporaryFolderOf(spec);
      wanted.push(files(join(folder, 'dist')));
      rmSync(folder, { recursive: true });
    }
  });

  test.each(['before the call', 'in the middle of a write'])('%s', { timeout: 300_000 }, (when) => {
    const start = temporaryFolder();
    if (first !== undefined) balancer(start, ARGS, first);
    const half = when === 'before the call' ? 'no' : 'yes';
    let at = 1;
    for (; ; at += 1) {
      const folder = temporaryFolder();
      cpSync(start, folder, { recursive: true });
      const run = killedSynth(folder, at, half);
      if (run.status !== null) {
        expect(run.stderr).toContain(`${at - 1} calls\n`);
        break;
      }
      for (const [path, text] of Object.entries(files(join(folder, 'dist')))) {
        expect(
          wanted.map((state) => state[path]),
          `${path} after a kill at call ${at}`,
        ).toContain(text);
      }
      expect(balancer(folder, ARGS, STATES[1]).status).toBe(0);
      expect(files(join(folder, 'dist')), `after a kill at call ${at}`).toEqual(wanted[1]);
      expect(existsSync(join(folder, 'dist/.balancer.stage'))).toBe(false);
      rmSync(folder, { recursive: true });
    }
    expect(at).toBeGreaterThan(when === 'before the call' ? 15 : 6);
  });
});

function temporaryFolderOf(spec: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'balancer-test-'));
  balancer(folder, ARGS, spec);
  return folder;
}
