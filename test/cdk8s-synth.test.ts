/** `cdk8s synth` and `balancer synth` give the same bytes: for our own app, in a copy of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textsBelow } from './files-below';
import { balancer, balancerYaml, temporaryFolder } from './run-balancer';

const ROOT = join(__dirname, '..');
const CDK8S = join(ROOT, 'node_modules/.bin/cdk8s');
const ENV = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };

/** The project as `cdk8s synth` needs it, with a fleet of its own. */
function copyOfApp(): string {
  const folder = temporaryFolder();
  for (const entry of [
    'main.ts',
    'cdk8s.yaml',
    'package.json',
    'tsconfig.json',
    'compiler',
    'constructs',
    'synth',
    'fleet',
  ]) {
    cpSync(join(ROOT, entry), join(folder, entry), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Kinds of which a fleet has one, and documents with a namespace. */
const ONCE =
  /namespace:|^kind: (BgpLoadBalancer|AlibabaLoadBalancerController|AlibabaCloudControllerManager|BalancerOperator)$/m;

test('the whole fleet, and every case, byte for byte', () => {
  const folder = copyOfApp();
  const cases = join(ROOT, 'test/cases');
  for (const name of readdirSync(cases)) {
    // Each in a namespace of its own, so that all fit into one fleet. Of some kinds it has one: ours is there already.
    const text = readFileSync(join(cases, name, 'spec.yaml'), 'utf8');
    if (!ONCE.test(text)) writeFileSync(join(folder, `fleet/${name}.yaml`), inNamespace(text, `case-${name}`));
  }
  execFileSync(CDK8S, ['synth', '--output', 'by-cdk8s'], { cwd: folder, env: ENV, stdio: 'ignore' });
  expect(balancer(folder, ['synth', 'fleet', '-o', 'by-command']).status).toBe(0);
  const files = textsBelow(join(folder, 'by-command'));
  expect(Object.keys(files).length).toBeGreaterThan(20);
  expect(textsBelow(join(folder, 'by-cdk8s'))).toEqual(files);
});

test('a bad fleet fails with every problem at its line', () => {
  const folder = copyOfApp();
  writeFileSync(
    join(folder, 'fleet/bad.yaml'),
    balancerYaml('bad').replace('weight: 1', 'weight: -1, address: 127.0.0.1'),
  );
  writeFileSync(join(folder, 'fleet/worse.yaml'), balancerYaml('worse').replace('port: 80', 'prot: 80'));
  const run = spawnSync(CDK8S, ['synth'], { cwd: folder, env: ENV, encoding: 'utf8' });
  expect(run.status).toBe(1);
  for (const place of ['fleet/bad.yaml:7:26: error BAL2005', 'fleet/worse.yaml:5:12: error BAL2001']) {
    expect(run.stdout + run.stderr).toContain(place);
  }
});

function inNamespace(text: string, namespace: string): string {
  const documents = text.split(/^(?=---$)/m).map((document) => {
    // Resources and machines are of the whole cluster.
    if (/^kind: (ApiResource|PhaseMachine)$/m.test(document)) return document;
    return document.replace(
      /^metadata:\n {2}name:/m,
      `metadata:\n  namespace: ${namespace.replaceAll('.', '-')}\n  name:`,
    );
  });
  return documents.join('');
}
