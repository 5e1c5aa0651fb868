/** `balancer verify -o`: an output folder from a pull request, which tries to make the real programs work for it. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runInSandbox } from '../../judge/sandbox';
import { unsafeLines } from '../../judge/unsafe-lines';
import { describeReal } from '../real/programs';
import { balancer, temporaryFolder } from '../run-balancer';

const CASES = join(__dirname, '../cases');
const BGP = 'config/bgploadbalancer.load-balancing.edge';

/** A fleet with its output: a Balancer, and a load balancer with one switch of each dialect that is read here. */
function withOutput(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'fleet'));
  const bgp = readFileSync(join(CASES, 'bgp-full/spec.yaml'), 'utf8');
  const bird = bgp
    .replace('dialect: frr\n      version: "8.4.4"', 'dialect: bird2')
    .replace(/ +interfaces:\n.*\n.*\n/, '');
  writeFileSync(join(folder, 'fleet/bgp.yaml'), bird);
  cpSync(join(CASES, 'full/spec.yaml'), join(folder, 'fleet/balancer.yaml'));
  expect(balancer(folder, ['synth', 'fleet'])).toMatchObject({ status: 0, stdout: '' });
  return folder;
}

describeReal('a line', ['nginx', 'unshare', 'ip', 'gobgpd', 'gobgp', 'kubectl', 'bird2'], () => {
  const folder = { path: '' };

  function refused(place: string, change: (text: string) => string): string {
    if (folder.path === '' || !existsSync(folder.path)) folder.path = withOutput();
    const [file] = readdirSync(join(folder.path, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.includes(place))
      .sort();
    const path = join(folder.path, 'dist', file ?? place);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, change(text));
    const { status, stdout, stderr } = balancer(folder.path, ['verify', 'fleet', '-o', 'dist']);
    writeFileSync(path, text);
    expect(stderr.replace(/^.*warning BAL3.*\n( {2}.*\n)*/gm, '')).toBe('');
    expect(status).toBe(1);
    return stdout.replace(/^(accepted|not run).*\n/gm, '');
  }

  test('of every sort is shown to no program', () => {
    const attacks: readonly (readonly [place: string, line: string, reason: string])[] = [
      ['nginx.conf', 'include /etc/passwd;', 'it would read or load another file'],
      ['nginx.conf', 'load_module /tmp/evil.so;', 'it would read or load another file'],
      ['nginx.conf', '"include"', 'it would read or load another file'],
      ['nginx.conf', 'include "/etc/passwd";', 'it would read or load another file'],
      ['bird.conf', 'router id 1.1.1.1; include "/etc/passwd";', 'it would read another file'],
      ['bird.conf', 'include "/../../../../../../tmp/owned";', 'it would read another file'],
      ['config_bgp.toml', '[[mrt-dump]]', 'it is no table of ours'],
      [`${BGP}/nodes/rules.`, 'sysctl kernel/core_pattern |/tmp/evil', 'it is no line that steer.sh knows'],
      [`${BGP}/nodes/rules.`, 'sysctl net/../kernel/core_pattern 1', 'it is no line that steer.sh knows'],
      [`${BGP}/nodes/rules.`, 'ip -4 rule $(touch /tmp/owned)', 'it is no line that steer.sh knows'],
    ];
    for (const [place, line, reason] of attacks) {
      const said = refused(place, (text) => `${text}${line}\n`);
      expect(said).toContain(`: "${line}" is not tried: ${reason}\n`);
      expect(said, line).not.toMatch(/root:|dlopen/);
    }
  }, 120_000);

  test('of a script is not run: the rules are applied by the one that we make', () => {
    const marker = join(temporaryFolder(), 'owned');
    const said = refused(
      `${BGP}/nodes/steer.sh`,
      (text) => `${text.replace('\n', `\necho OWNED; touch ${marker}\n`)}if\n`,
    );
    expect(said).toContain('steer.sh by sh and bash\n');
    expect(said).not.toContain('OWNED');
    expect(existsSync(marker)).toBe(false);
  });

  test('with terminal escapes is shown, in text and in JSON', () => {
    const ESCAPE = '\u001b]0;owned\u0007\u009b31m\u202e';
    const said = refused('nginx.conf', (text) => `${text}include ${ESCAPE};\n`);
    expect(said).toContain('include \\u001b]0;owned\\u0007\\u009b31m\\u202e;');
    const path = join(folder.path, 'dist/config/balancer.edge.full/nginx.conf');
    writeFileSync(path, `${readFileSync(path, 'utf8')}include ${ESCAPE};\n`);
    const { stdout } = balancer(folder.path, ['verify', 'fleet', '-o', 'dist', '--format', 'json']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there
    expect(stdout).not.toMatch(/[\u001b\u009b\u202e]/);
    expect(JSON.stringify(JSON.parse(stdout))).toContain(JSON.stringify(ESCAPE).slice(1, -1));
  });
});

describeReal('the sandbox', ['unshare'], () => {
  test('takes no file whose name leads out of it', () => {
    const files = { '/run/judge/../../../../../../tmp/owned': 'x' };
    expect(() => runInSandbox(['true'], { files })).toThrow('is not below /run');
  });

  test('has every file system of the host read-only', () => {
    const places = `/ ${__dirname} $(awk '{print $2}' /proc/self/mounts | grep -Ev '^/(proc|sys|dev|run|tmp|var)(/|$)')`;
    const script = `for place in ${places}; do touch "$place/owned" 2> /dev/null && echo "$place"; done; exit 0`;
    const { stdout } = runInSandbox(['/bin/sh', '-c', script]);
    expect(__dirname.startsWith('/tmp/') ? '' : stdout).toBe('');
  });
});

describe('what we make ourselves', () => {
  const files = readdirSync(CASES, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\/nginx\.conf$|\.toml$|\/nodes\/rules\.[^/]+$|\/bird6?[^/]*\.conf$/.test(path),
  );

  test('has no such lines', () => {
    expect(files.length).toBeGreaterThan(60);
    for (const path of files) {
      const text = readFileSync(join(CASES, path), 'utf8');
      const dialect = /\/bird/.test(path) ? 'bird2' : undefined;
      expect(unsafeLines({ path, text, ...(dialect && { dialect }) }), path).toEqual([]);
    }
  });
});
