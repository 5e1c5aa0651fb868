import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BgpLoadBalancerModel } from '../../../compiler/model/bgp/bgp-load-balancer';
import { switchFiles } from '../../../compiler/render/switch';
import { filesBelow } from '../../files-below';
import { sampleBgpModel } from '../../sample-bgp-model';
import { DIALECT_NAMES, SWITCH_CASES } from './switch-models';

const EXPECTED = join(__dirname, 'expected-switch');
const CASES = Object.keys(SWITCH_CASES).flatMap((name) => DIALECT_NAMES.map((dialect) => [name, dialect] as const));

/** The files of one case by their path below expected-switch/. */
function filesOf(name: string, dialect: (typeof DIALECT_NAMES)[number]): [string, string][] {
  const files = Object.entries(switchFiles(SWITCH_CASES[name]!(dialect)));
  return files.map(([path, text]) => [path.replace('switches/s6800', `${name}/${dialect}`), text]);
}

describe('what a switch is told', () => {
  test.each(CASES)('%s in %s', async (name, dialect) => {
    for (const [path, text] of filesOf(name, dialect)) {
      await expect(text, path).toMatchFileSnapshot(join(EXPECTED, path));
    }
  });

  test('no file is left over', () => {
    const made = CASES.flatMap(([name, dialect]) => filesOf(name, dialect)).map(([path]) => path);
    expect(filesBelow(EXPECTED)).toEqual(made.sort());
  });

  test.each(CASES)('%s in %s: LF only, one at the end, no trailing blanks', (name, dialect) => {
    for (const [path, text] of filesOf(name, dialect)) {
      expect(text, path).not.toMatch(/ $|\n\n\n|[^\x20-\x7e\n]/m);
      expect(text, path).toBe(`${text.trimEnd()}\n`);
    }
  });

  test('no comment reaches an H3C switch: there is none in Comware', () => {
    const files = Object.keys(SWITCH_CASES).flatMap((name) => filesOf(name, 'comware7'));
    const texts = files.filter(([path]) => path.endsWith('.cfg')).map(([, text]) => text);
    for (const text of texts) expect(text).not.toMatch(/[#!?]|^\s|\n\n/m);
  });

  test('every view that is entered is left', () => {
    for (const [path, text] of Object.keys(SWITCH_CASES).flatMap((name) => filesOf(name, 'comware7'))) {
      if (!path.endsWith('.cfg')) continue;
      const entered = text.match(/^(system-view|bgp \d+|address-family .*)$/gm)?.length;
      expect(text.match(/^quit$/gm)?.length, path).toBe(entered);
    }
  });
});

test('each switch of a model has its own folder', () => {
  const model = sampleBgpModel();
  const [first] = model.switches;
  const two: BgpLoadBalancerModel = {
    ...model,
    switches: [first!, { ...first!, name: 'tor-2', dialect: 'frr', interfaces: undefined }],
    sessions: [...model.sessions, { ...model.sessions[0]!, switch: 'tor-2' }],
  };
  expect(Object.keys(switchFiles(two))).toEqual([
    'switches/s6800/bird.conf',
    'switches/s6800/remove.conf',
    'switches/s6800/verify.txt',
    'switches/s6800/linux-switch.sh',
    'switches/tor-2/frr.conf',
    'switches/tor-2/remove.conf',
    'switches/tor-2/verify.txt',
  ]);
});

test('names stay within what a switch takes, and stay apart', () => {
  const long = 'edge-'.padEnd(63, 'x');
  const names = [long, `${long.slice(0, -1)}y`].map((name) => {
    const { switches } = sampleBgpModel({ dialect: 'comware7' });
    const files = switchFiles(sampleBgpModel({ dialect: 'comware7', model: { name, switches } }));
    return /^ip prefix-list (\S+)/m.exec(files['switches/s6800/switch.cfg']!)?.[1] ?? '';
  });
  expect(names.map(({ length }) => length)).toEqual([63, 63]);
  expect(new Set(names).size).toBe(2);
});

test('a value that a schema would have refused does not get through', () => {
  const model = sampleBgpModel({ dialect: 'bird2' });
  const evil = [
    { ...model, name: 'x"; include "/etc/shadow' },
    { ...model, switches: [{ ...model.switches[0]!, routerId: '1.1.1.1; protocol static { }' }] },
    { ...model, sessions: [{ ...model.sessions[0]!, passwordSecret: { name: 'x"', key: 'y' } }] },
    { ...model, switches: [{ ...model.switches[0]!, interfaces: { cluster: 'eth0; reboot', outside: 'eth1' } }] },
  ];
  for (const changed of evil) expect(() => switchFiles(changed)).toThrow('is no token');
});
