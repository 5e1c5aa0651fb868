/** Progress: for a person at a terminal, past 300 ms, and gone when the work is done. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withProgress } from '../../cli/progress';
import { balancerOnTerminal, balancerYaml, temporaryFolder } from '../run-balancer';

/** What is written for ten items that take some time each. */
function written(isWatched: boolean, millisecondsEach: number): string[] {
  const texts: string[] = [];
  let time = 0;
  function* items(): Generator<number> {
    for (let item = 0; item < 10; item += 1) {
      time += millisecondsEach;
      yield item;
    }
  }
  const screen = { isWatched, write: (text: string) => void texts.push(text), milliseconds: () => time };
  expect([...withProgress(items(), 'artefacts', screen)]).toHaveLength(10);
  return texts;
}

test('nothing where nobody watches, and nothing in the first 300 ms', () => {
  expect(written(false, 1000)).toEqual([]);
  expect(written(true, 29)).toEqual([]);
});

test('a line that counts, every 100 ms, and goes at the end', () => {
  expect(written(true, 60)).toEqual([
    '\r\u001b[K5 artefacts ...',
    '\r\u001b[K7 artefacts ...',
    '\r\u001b[K9 artefacts ...',
    '\r\u001b[K',
  ]);
});

test.each([
  ['check spec.yaml', 'artefacts', 'no problems found in 1 file'],
  ['diff spec.yaml spec.yaml', 'artefacts', 'nothing changes'],
  ['explain spec.yaml:4 spec.yaml', 'documents', 'nginx.conf:16'],
])('a terminal gets it from %s', (words, what, said) => {
  const folder = temporaryFolder();
  const specs = Array.from({ length: 1500 }, (_, index) => balancerYaml(`web-${index}`));
  // An anchor, so that the documents are read by the slower of the two readers.
  writeFileSync(join(folder, 'spec.yaml'), specs.join('---\n').replaceAll('{port: 80}', '&http {port: 80}'));
  const stdout = balancerOnTerminal(folder, words);
  expect(stdout).toContain(` ${what} ...\r\u001b[K`);
  expect(stdout).toContain(said);
  expect(stdout.slice(stdout.lastIndexOf('\u001b[K'))).not.toContain(' ...');
});

test('a terminal gets it, and the lines behind it stay whole', () => {
  const folder = temporaryFolder();
  const specs = Array.from({ length: 1500 }, (_, index) => balancerYaml(`web-${index}`));
  writeFileSync(join(folder, 'spec.yaml'), specs.join('---\n'));
  const stdout = balancerOnTerminal(folder, 'synth spec.yaml');
  expect(stdout.endsWith('\r\u001b[Kdist: 3000 written, 0 unchanged\r\n')).toBe(true);
  expect(stdout.slice(0, 5)).toMatch(/K\d$/);
  expect(stdout).toContain(' artefacts ...\r');
});
