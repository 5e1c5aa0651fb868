import { expect, it } from 'vitest';
import type { Dialect } from '../../compiler/model/bgp/bgp-load-balancer';
import { switchFiles } from '../../compiler/render/switch';
import { judgeBirdConf } from '../../judge/bird';
import { judgeFrrConf } from '../../judge/frr';
import { runInSandbox } from '../../judge/sandbox';
import { DIALECT_NAMES, SWITCH_CASES } from '../compiler/render/switch-models';
import { describeReal, programPath } from './switch-programs';

/** What is on the switch and never among the artefacts. */
const PASSWORDS = { '/etc/bird/passwords/bgp-s6800.conf': 'password "correct horse";\n' };

/** Every file of a dialect that its program reads, by `<case>/<file>`. */
function confs(dialect: Dialect, pattern: RegExp): [string, string][] {
  return Object.keys(SWITCH_CASES).flatMap((name) => {
    const files = Object.entries(switchFiles(SWITCH_CASES[name]!(dialect)));
    return files
      .map(([path, text]): [string, string] => [path.replace('switches/s6800', name), text])
      .filter(([path]) => pattern.test(path));
  });
}

/** 002's own snippet, in BIRD 1 grammar, with the router id that it lacks. */
const SNIPPET_OF_002 = `router id 192.168.1.4;
protocol bgp xenial100 {
    description "192.168.1.4"; ##
    local as 65001; ##
    neighbor 192.168.1.5 port 1790 as 65000; ##
    source address 192.168.1.4; ##
    import all;
    export all;
}
`;

for (const program of ['bird2', 'bird1'] as const) {
  describeReal(`configurations for ${program}`, [program, 'unshare'], () => {
    const path = programPath(program);
    const bird = (file: string): string => (program === 'bird1' && /6\.conf$/.test(file) ? `${path}6` : path);

    it.each(confs(program, /(bird|remove)6?\.conf$/))(`${program} reads %s`, (file, conf) => {
      expect(judgeBirdConf({ path: bird(file) }, conf, PASSWORDS)).toEqual({ ok: true });
    });

    it('a password that is not there is no session without a password', () => {
      const [, conf = ''] = confs(program, /multihop-password\/bird\.conf$/)[0] ?? [];
      const judgement = judgeBirdConf({ path }, conf);
      expect(judgement).toMatchObject({ ok: false, problems: [{ message: expect.stringMatching(/^Unable to open/) }] });
    });

    it('refuses a name of 65 characters, at its place', () => {
      const [, conf = ''] = confs(program, /sample\/bird\.conf$/)[0] ?? [];
      const long = conf.replace('speaker_i_oruhcy5j_ipv4', 'x'.repeat(65));
      const line = conf.split('\n').findIndex((text) => text.startsWith('protocol bgp')) + 1;
      const problems = [{ line, column: 14, message: 'Symbol too long' }];
      expect(judgeBirdConf({ path }, long)).toEqual({ ok: false, problems });
    });

    it('runs by itself, and goes on without the load balancer', () => {
      const files = Object.fromEntries(confs(program, /^sample\/(bird|remove)\.conf$/));
      const { status, stdout } = runInSandbox(['sh', '-ec', RUN_BIRD, 'sh', path, `${path}c`], {
        files: {
          '/run/judge/bird.conf': files['sample/bird.conf']!,
          '/run/judge/remove.conf': files['sample/remove.conf']!,
        },
      });
      expect(status).toBe(0);
      const states = stdout.split('\n').map((text) => text.trim().split(/\s+/).slice(0, 2).join(' '));
      const wanted = [
        'device1 Device',
        'kernel_ipv4 Kernel',
        'speaker_i_oruhcy5j_ipv4 BGP',
        'removed',
        'device1 Device',
      ];
      expect(states.filter((text) => / (Device|Kernel|BGP)$|removed/.test(text))).toEqual(wanted);
    });
  });
}

/** BIRD in the foreground, its answers before and after the change. */
const RUN_BIRD = `
ip link set lo up
"$1" -f -c /run/judge/bird.conf -s /run/judge/ctl -P /run/judge/pid > /dev/null 2>&1 &
for try in 1 2 3 4 5 6 7 8 9 10; do "$2" -s /run/judge/ctl show status > /dev/null 2>&1 && break; sleep 0.2; done
"$2" -s /run/judge/ctl show protocols
echo removed
"$2" -s /run/judge/ctl 'configure "/run/judge/remove.conf"' > /dev/null
for try in 1 2 3 4 5 6 7 8 9 10; do "$2" -s /run/judge/ctl show protocols | grep -q BGP || break; sleep 0.2; done
"$2" -s /run/judge/ctl show protocols
`;

describeReal('what is for one BIRD only', ['bird2', 'bird1', 'unshare'], () => {
  it("002's snippet is for BIRD 1", () => {
    expect(judgeBirdConf({ path: programPath('bird1') }, SNIPPET_OF_002)).toEqual({ ok: true });
    expect(judgeBirdConf({ path: programPath('bird2') }, SNIPPET_OF_002)).toEqual({
      ok: false,
      problems: [{ line: 7, column: 5, message: 'syntax error, unexpected IMPORT' }],
    });
  });

  it('each of ours is refused by the other', () => {
    for (const [own, other] of [
      ['bird1', 'bird2'],
      ['bird2', 'bird1'],
    ] as const) {
      const [, conf = ''] = confs(own, /sample\/bird\.conf$/)[0] ?? [];
      expect(judgeBirdConf({ path: programPath(other) }, conf)).toMatchObject({ ok: false });
    }
  });
});

describeReal('configurations for FRR', ['vtysh', 'unshare'], () => {
  it.each(confs('frr', /\.conf$/))('vtysh reads %s', (_, conf) => {
    expect(judgeFrrConf(programPath('vtysh'), conf)).toEqual({ ok: true });
  });

  it('an unknown command and an AS number that is none are refused', () => {
    const conf = 'router bgp 65001\n neighbour 192.0.2.1 remote-as 65000\n neighbor 192.0.2.1 remote-as 4294967296\n';
    expect(judgeFrrConf(programPath('vtysh'), conf)).toEqual({
      ok: false,
      problems: [
        { line: 2, message: expect.stringMatching(/^% Unknown command/) },
        { line: 3, message: expect.stringMatching(/^% Unknown command/) },
      ],
    });
  });
});

it('every dialect but Comware has a judge', () => {
  expect(DIALECT_NAMES.filter((dialect) => confs(dialect, /\.conf$/).length === 0)).toEqual(['comware7']);
});
