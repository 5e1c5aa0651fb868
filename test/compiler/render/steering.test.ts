import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { steeringFiles } from '../../../compiler/render/steering';
import { filesBelow } from '../../files-below';
import { sampleBgpModel } from '../../sample-bgp-model';
import { STEERING_CASES, steered, WORKER } from './steering-models';

const EXPECTED = join(__dirname, 'expected-steering');
const CASES = Object.keys(STEERING_CASES);

/** The files of one case by their path below expected-steering/. Those that are alike in all cases are there once. */
function filesOf(name: string): [string, string][] {
  const files = Object.entries(steeringFiles(STEERING_CASES[name]!));
  return files
    .filter(([path]) => path === `rules.${WORKER}` || name === 'sample')
    .map(([path, text]) => [`${name}/${path}`, text]);
}

describe('what a worker is told', () => {
  test.each(CASES)('%s', async (name) => {
    for (const [path, text] of filesOf(name)) await expect(text, path).toMatchFileSnapshot(join(EXPECTED, path));
  });

  test('no file is left over', () => {
    expect(filesBelow(EXPECTED)).toEqual(CASES.flatMap((name) => filesOf(name).map(([path]) => path)).sort());
  });

  test.each(CASES)('%s: LF only, one at the end, no trailing blanks, ASCII', (name) => {
    for (const [path, text] of Object.entries(steeringFiles(STEERING_CASES[name]!))) {
      expect(text, path).not.toMatch(/ $|\n\n\n|[^\x20-\x7e\n]/m);
      expect(text, path).toBe(`${text.trimEnd()}\n`);
    }
  });
});

test('a file for each worker, and one script and one unit for all', () => {
  expect(Object.keys(steeringFiles(sampleBgpModel()))).toEqual([
    'rules.i-rnqf0xcu',
    'rules.i-9u2mlxrn',
    'rules.i-5mtgih8e',
    'steer.sh',
    'loadbalancer-steering.service',
  ]);
});

test('the script and the unit depend on the mark and the name only', () => {
  const [script, ...others] = new Set(CASES.map((name) => steeringFiles(STEERING_CASES[name]!)['steer.sh']));
  expect([script, others.length]).toEqual([expect.stringMatching(/^PROTOCOL=202$/m), 0]);
});

test('rules and routes bear the mark of the declaration', () => {
  const files = steeringFiles(steered(STEERING_CASES.socket!.services, { protocol: 203 }));
  const lines = files[`rules.${WORKER}`]!.split('\n').filter((line) => line.startsWith('ip '));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toMatch(/ protocol 203( |$)/);
  expect(files['steer.sh']).toMatch(/^PROTOCOL=203$/m);
});

test('a value that a schema would have refused does not get through', () => {
  const model = STEERING_CASES.socket!;
  const [proxy] = model.services;
  const evil = [
    { ...model, name: 'x\nsysctl net/ipv4/ip_forward 0' },
    { ...model, workers: [{ ...model.workers[0]!, name: 'x;reboot' }] },
    { ...model, services: [{ ...proxy!, externalIPs: [{ family: 'IPv4' as const, address: '0/0 dev eth0' }] }] },
    steered(model.services, { gateways: [{ family: 'IPv4', address: '192.168.1.4 onlink' }] }),
  ];
  for (const changed of evil) expect(() => steeringFiles(changed)).toThrow('is no token');
  expect(() => steeringFiles(steered([], { protocol: '202; reboot' as never }))).toThrow();
});
