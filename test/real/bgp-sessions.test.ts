import { expect, it } from 'vitest';
import { nginxBinaries } from '../../judge/nginx';
import { EIP, type LabDialect, type LabOptions, runLab } from './bgp-lab';
import { walkPath } from './path';
import { describeReal } from './programs';

const [nginx = { path: 'nginx', version: '1.22.1' }] = nginxBinaries(process.env);

const BOTH = ['192.168.1.11', '192.168.1.14'];

interface Session {
  /** Next hops by EIP. */
  readonly announced: Readonly<Record<string, readonly string[]>>;
  readonly drained: readonly string[];
  /** Numbers of next hops that were seen while the speaker stopped and started, without repetitions. */
  readonly restart: readonly number[];
  readonly after: readonly string[];
}

function session(options: LabOptions): Session {
  return runLab<Session>(options, { scenario: 'session', awayMilliseconds: 1500, settleMilliseconds: 2000 });
}

function announced(options: LabOptions, more: object = {}): Session['announced'] {
  return runLab<Session>(options, { scenario: 'session', only: 'announced', ...more }).announced;
}

const OTHER_END = { bird2: ['bird2'], frr: ['bgpd', 'vtysh'] } as const;

for (const dialect of ['bird2', 'frr'] as const satisfies readonly LabDialect[]) {
  describeReal(`a session with ${dialect}`, ['gobgpd', 'gobgp', 'ip', 'unshare', ...OTHER_END[dialect]], () => {
    it('brings one multipath route, loses a drained worker alone, and keeps its routes while the speaker restarts', () => {
      expect(session({ dialect })).toEqual({
        announced: { [EIP]: BOTH },
        drained: ['192.168.1.11'],
        restart: [2],
        after: BOTH,
      });
    });

    it('loses its routes while the speaker restarts without graceful restart', () => {
      const { restart, after } = session({ dialect, spec: { gracefulRestart: { enabled: false } } });
      expect(restart).toContain(0);
      expect(after).toEqual(BOTH);
    });

    it('is one per address family', () => {
      expect(announced({ dialect, eips: [EIP, '2001:db8:190::7'] })).toEqual({
        [EIP]: BOTH,
        '2001:db8:190::7': ['fd00:1::11', 'fd00:1::14'],
      });
    });

    it('brings one next hop only when ADD-PATH is taken out', () => {
      const tamper = (path: string, text: string): string =>
        path.endsWith('.toml') ? text.replace(/^.*add-paths\.config\]\n.*send-max.*\n/gm, '') : text;
      expect(announced({ dialect, tamper }, { hops: 1 })[EIP]).toHaveLength(1);
    });

    it('comes up with the password of a Secret', () => {
      expect(announced({ dialect, password: "s3cret\\$x'y" })).toEqual({ [EIP]: BOTH });
    });

    it('does not come up with another password', () => {
      const passwords = { password: 'one', switchPassword: 'other' };
      expect(announced({ dialect, ...passwords }, { only: 'nothing', settleMilliseconds: 4000 })).toEqual({
        [EIP]: [],
      });
    });

    it('lets no prefix outside of the pools in', () => {
      const tamper = (path: string, text: string): string =>
        path.endsWith('announcements') ? text.replaceAll(`${EIP}/32`, '198.51.100.1/32') : text;
      const stranger = { eip: '198.51.100.1', only: 'nothing', settleMilliseconds: 4000 };
      expect(announced({ dialect, tamper }, stranger)).toEqual({ '198.51.100.1': [] });
    });
  });
}

describeReal('requests during a restart of the speaker', ['nginx', 'gobgpd', 'gobgp', 'bird2', 'ip', 'unshare'], () => {
  const restart = { count: 20_000, clients: 4, milliseconds: 6000, restart: true } as const;

  it('are all answered with graceful restart', () => {
    const { asked, failed } = walkPath(nginx, 'bird2', restart);
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(100);
  });

  it('are lost without', () => {
    const { failed } = walkPath(nginx, 'bird2', restart, { spec: { gracefulRestart: { enabled: false } } });
    expect(failed.length).toBeGreaterThan(0);
  });
});
