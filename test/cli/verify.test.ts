/** `balancer verify`: the real programs read the artefacts, and what they refuse is told with the field behind it. */
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it, test } from 'vitest';
import { describeReal } from '../real/programs';
import { balancer, type Run, temporaryFolder } from '../run-balancer';

const ROOT = join(__dirname, '../..');
const NGINX = 'config/balancer.default.balancer-sample/nginx.conf';
const RULES = 'config/bgploadbalancer.kube-system.edge/nodes/rules.i-rnqf0xcu';

/** Versions and places of programs differ from machine to machine. */
function withoutPrograms(text: string): string {
  return text.replace(/ (\d+\.[\d.]+|\?) \([^)]*\)/g, '').replace(/, without .*$/gm, '');
}

describeReal('verify', ['nginx', 'unshare', 'ip', 'gobgpd', 'gobgp', 'kubectl', 'bird1', 'bird2', 'vtysh'], () => {
  it('accepts the fleet, and says what it could not run', async () => {
    const { status, stdout, stderr } = balancer(ROOT, ['verify']);
    expect([status, stderr.replace(/^.*warning BAL3.*\n( {2}.*\n)*/gm, '')]).toEqual([0, '']);
    await expect(withoutPrograms(stdout)).toMatchFileSnapshot(join(__dirname, 'verify/fleet.txt'));
  });

  it('refuses files that somebody has changed, and names the fields that make those lines', async () => {
    const folder = temporaryFolder();
    cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
    change(join(folder, 'dist', NGINX), (text) => text.replace('weight=40', 'weight=0'));
    change(join(folder, 'dist', RULES), (text) => text.replace('lookup', 'look'));
    change(join(folder, 'dist/config/bgploadbalancer.kube-system.edge/speakers/config_bgp.toml'), (text) =>
      text.replace('router-id', 'routerid'),
    );
    change(
      join(folder, 'dist/config/bgploadbalancer.kube-system.edge/speakers/start-speaker.sh'),
      (text) => `${text}if true; then\n`,
    );
    change(join(folder, 'dist/balancer.default.balancer-sample.k8s.yaml'), (text) => `${text} b: c\n`);
    change(join(folder, 'dist/service.default.http-echo.k8s.yaml'), (text) => text.replace('port: 80', 'port: eighty'));
    change(join(folder, 'dist/customapiserver.kubecontroller.teleport.k8s.yaml'), (text) =>
      text.replace(/replicas: \d+/, 'replicas: many').replace(/containerPort: \d+/, 'containerPort: "1"'),
    );
    const { status, stdout } = balancer(ROOT, ['verify', '--output', join(folder, 'dist')]);
    expect(status).toBe(1);
    const refused = withoutPrograms(stdout).replace(/^(accepted|not run).*\n/gm, '');
    await expect(refused).toMatchFileSnapshot(join(__dirname, 'verify/changed.txt'));
  });

  it('as JSON', () => {
    const { status, stdout } = balancer(ROOT, ['verify', 'fleet/balancer-sample.yaml', '--format', 'json']);
    expect(status).toBe(0);
    const verdicts = JSON.parse(stdout) as readonly { readonly path: string; readonly state: string }[];
    expect(verdicts.map(({ path, state }) => [path, state])).toEqual([
      ['balancer.default.balancer-sample.k8s.yaml', 'accepted'],
      [NGINX, 'accepted'],
    ]);
  });
});

it('without the programs it says so, and exits with 69', () => {
  const empty = { PATH: temporaryFolder(), BALANCER_NGINX: '/nowhere/nginx' };
  const run = balancer(ROOT, ['verify', 'fleet/http-echo.yaml'], '', empty);
  // System folders are looked at too: where kubectl is in one of them, nothing is missing.
  expect([0, 69]).toContain(run.status);
  if (run.status === 69) expect(run.stdout).toContain('missing: ');
  expect(balancer(ROOT, ['verify', 'fleet/http-echo.yaml', '--allow-missing'], '', empty).status).toBe(0);
});

it('specs that do not compile are not verified', () => {
  const { status, stdout, stderr } = balancer(ROOT, ['verify', 'test/invalid/BAL3001-backend/spec.yaml']);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('error BAL3001');
});

function change(path: string, how: (text: string) => string): void {
  const text = readFileSync(path, 'utf8');
  expect(how(text)).not.toBe(text);
  writeFileSync(path, how(text));
}

describeReal('programs that do not do their work', ['unshare'], () => {
  /** A kubectl that hangs once it is asked to read, in a folder that begins with some letters. */
  function withKubectl(root: string): Run {
    const folder = mkdtempSync(join(root, 'hanging-'));
    try {
      writeFileSync(join(folder, 'kubectl'), '#!/bin/sh\n[ "$1" = version ] && { echo v1.30.0; exit; }\nsleep 300\n');
      chmodSync(join(folder, 'kubectl'), 0o755);
      const spec = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
      return balancer(ROOT, ['verify', '-'], spec, { PATH: `${folder}${delimiter}${process.env.PATH}` });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('one that hangs is stopped, and the file is refused', () => {
    // The project may stand below /tmp, which a sandbox covers.
    const { status, stdout, stderr } = withKubectl(homedir());
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^refused configmap\.default\.a\.k8s\.yaml by kubectl 1\.30\.0 .*\n.*ETIMEDOUT/);
  });

  test('one below /tmp is not there in the sandbox: nothing is refused', () => {
    const { status, stdout } = withKubectl('/tmp');
    expect([status, stdout]).toEqual([69, expect.stringMatching(/^not run: 1 file, missing: kubectl .* covers\n$/)]);
  });
});
