import { expect, it, test } from 'vitest';
import type { BgpLoadBalancerModel } from '../../compiler/model/bgp/bgp-load-balancer';
import { speakerFiles } from '../../compiler/render/gobgp';
import { findProgram } from '../../judge/find-program';
import { judgeGobgpConfig } from '../../judge/gobgp';
import { sampleBgpModel } from '../sample-bgp-model';
import { threeMasters } from './gobgp-three-masters';
import { describeReal } from './programs';

const MODELS: Readonly<Record<string, BgpLoadBalancerModel>> = {
  sample: sampleBgpModel(),
  'three masters': threeMasters(),
  upstream: { ...threeMasters(), profile: 'upstream' },
  'nothing optional': sampleBgpModel({ speakers: { gracefulRestart: undefined, sendMax: undefined, port: 179 } }),
};

const CONFIGS = Object.entries(MODELS).flatMap(([what, model]) =>
  Object.entries(speakerFiles(model))
    .filter(([name]) => name.endsWith('.toml'))
    .map(([name, toml]) => ({ what, name, toml })),
);

const SAMPLE = speakerFiles(sampleBgpModel())['config_bgp.toml']!;

/** The sample with one text replaced. */
function changed(from: string, to: string): string {
  expect(SAMPLE).toContain(from);
  return SAMPLE.replace(from, to);
}

const DUPLICATE = `${SAMPLE}\n${SAMPLE.slice(SAMPLE.indexOf('[[neighbors]]'))}`;

const REFUSED = [
  {
    what: 'an unknown key',
    toml: changed('peer-as', 'peer-asn'),
    messages: [/has invalid keys: .*peer-asn/i],
  },
  {
    what: 'no TOML',
    toml: changed('as = 65000', 'as ='),
    messages: ['panic: unhandled token: "router-id" [recovered]'],
  },
  { what: 'a router id that is none', toml: changed('"192.168.1.5"', '"192.168.1.500"'), messages: [/router-id/] },
  {
    what: 'an AS that does not fit',
    toml: changed('as = 65000', 'as = 99999999999'),
    messages: [
      'the file says global.config as 99999999999, gobgpd does not',
      'gobgpd says global.config as 1215752191, the file does not',
    ],
  },
  { what: 'a port that does not fit', toml: changed('port = 1790', 'port = 70000'), messages: [/port/] },
  {
    what: 'a neighbor twice',
    toml: DUPLICATE,
    messages: [
      'the file says neighbors.config neighbor-address 192.168.1.4, gobgpd does not',
      'the file says neighbors.config peer-as 65001, gobgpd does not',
      'the file says neighbors.config description s6800, gobgpd does not',
      'the file says neighbors.config admin-down true, gobgpd does not',
    ],
  },
  {
    what: 'a neighbor by name',
    toml: changed('neighbor-address = "192.168.1.4"', 'neighbor-address = "s6800.example"'),
    messages: [/^panic: /],
  },
  {
    what: 'a neighbor without its AS',
    toml: changed('    peer-as = 65001\n', ''),
    messages: ['gobgpd says neighbors.config peer-as 0, the file does not'],
  },
];

describeReal('config_bgp.toml', ['gobgpd', 'gobgp', 'unshare', 'ip'], () => {
  const gobgpd = findProgram('gobgpd', process.env)!;

  it.each(CONFIGS)('gobgpd does what $name says: $what', ({ toml }) => {
    expect(judgeGobgpConfig(gobgpd, toml)).toEqual({ ok: true });
  });

  test.each(REFUSED)('the judge refuses $what', ({ toml, messages }) => {
    const judgement = judgeGobgpConfig(gobgpd, toml);
    const problems = judgement.ok ? [] : judgement.problems;
    expect(problems).toEqual(
      messages.map((message) => ({
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      })),
    );
  });
});
