/** The rendered steering of a worker in the kernel: traffic with it and without, twice, moved, removed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { compileAll } from '../../compiler';
import { runInSandbox } from '../../judge/sandbox';
import { describeReal } from './programs';

const FOLDER = '/run/lab';
const PROGRAMS = ['steering-lab.cjs', 'bgp-lab-tools.cjs', 'bgp-lab-clients.cjs'];
const WORKER = 'i-rnqf0xcu';
const CASE = join(__dirname, '../cases/bgp-behind-balancer/spec.yaml');

/** One file for the workers, of a fleet. */
function nodeFile(fleet: string, name: string): string {
  const { artefacts, diagnostics } = compileAll([{ file: 'spec.yaml', text: fleet }]);
  const found = artefacts.find(({ path }) => path.endsWith(`/nodes/${name}`));
  if (found === undefined) throw new Error(`no ${name}: ${JSON.stringify(diagnostics)}`);
  return found.text;
}

const BOTH = readFileSync(CASE, 'utf8');
const RULES = nodeFile(BOTH, `rules.${WORKER}`);

/** The rules without the lines that match: what the lines are for. */
function without(pattern: RegExp): string {
  const lines = RULES.split('\n');
  expect(lines.some((line) => pattern.test(line))).toBe(true);
  return lines.filter((line) => !pattern.test(line)).join('\n');
}

/** The fleet without one of its services. */
function withoutService(fleet: string, name: string): string {
  const documents = fleet.split('---\n');
  return documents.filter((document) => !document.includes(`name: ${name}\n`)).join('---\n');
}

/** The EIP of the socket is .117 and port 8080, that of kube-proxy .118 and port 80. */
const SETS: Readonly<Record<string, string>> = {
  both: RULES,
  dnatOnly: nodeFile(withoutService(BOTH, 'myweb'), `rules.${WORKER}`),
  withoutLocalRoute: without(/route local/),
  withoutSocketReply: without(/rule .* from 139\.198\.190\.117/),
  withoutPodReply: without(/sport 80 /),
  withoutReplyRoute: without(/route default/),
};

const COUNTER_PROOFS = Object.keys(SETS).filter((name) => name.startsWith('without'));

interface Answers {
  readonly socket: string;
  readonly dnat: string;
}

interface Seen {
  readonly before: string;
  readonly applied: string;
  readonly again: string;
  readonly moved: string;
  readonly after: string;
  readonly plan: string;
  readonly againPlan: string;
  readonly movePlan: string;
  readonly repaired: string;
  readonly tells: boolean;
  readonly tellsWithoutSysctl: boolean;
  readonly without: Answers;
  readonly withRules: Answers;
  readonly afterMove: Answers;
  readonly afterRemove: Answers;
  readonly counterProofs: Readonly<Record<string, Answers>>;
}

function runLab(): Seen {
  const job = {
    folder: FOLDER,
    worker: WORKER,
    socket: { host: '139.198.190.117', port: 8080 },
    dnat: { host: '139.198.190.118', port: 80 },
    podPort: 80,
    counterProofs: COUNTER_PROOFS,
  };
  const rules = Object.entries(SETS).map(([name, text]) => [`${FOLDER}/${name}/rules.${WORKER}`, text]);
  const files = {
    ...Object.fromEntries(rules),
    [`${FOLDER}/steer.sh`]: nodeFile(BOTH, 'steer.sh'),
    [`${FOLDER}/job.json`]: JSON.stringify(job),
    // The sandbox covers /tmp, where the project may be.
    ...Object.fromEntries(PROGRAMS.map((name) => [`${FOLDER}/${name}`, readFileSync(join(__dirname, name), 'utf8')])),
  };
  const command = [process.execPath, `${FOLDER}/steering-lab.cjs`, `${FOLDER}/job.json`];
  const { status, stdout, stderr } = runInSandbox(command, { files, timeoutMilliseconds: 100_000 });
  if (status !== 0) throw new Error(`the lab ended with ${status}\n${stdout}${stderr}`);
  return JSON.parse(stdout);
}

const SILENCE = 'no answer in time';

describeReal('steering of a worker', ['ip', 'unshare', 'nft'], () => {
  let seen: Seen;
  beforeAll(() => {
    seen = runLab();
  }, 110_000);

  it('without it no packet to an EIP is answered', () => {
    expect(seen.without).toEqual({ socket: SILENCE, dnat: SILENCE });
  });

  it('with it the node answers for its own socket, and for what kube-proxy translates, through the switch', () => {
    expect(seen.withRules).toEqual({ socket: 'node 10.9.0.2', dnat: 'pod 10.9.0.2' });
  });

  it('the plan is what is done, and what others keep stays', () => {
    expect(seen.plan.split('\n').filter((line) => /rule add/.test(line))).toHaveLength(
      RULES.split('\n').filter((line) => / rule /.test(line)).length,
    );
    for (const state of [seen.applied, seen.moved, seen.after]) {
      expect(state).toContain('from 192.0.2.0/24 lookup 200');
      expect(state).toMatch(/198\.51\.100\.0\/24 via 192\.168\.1\.1 dev eth0 table 101/);
    }
  });

  it('applied twice it is the same, and there is nothing to plan', () => {
    expect(seen.again).toBe(seen.applied);
    expect(seen.againPlan).toBe('');
  });

  it('the node does not tell its neighbours that the EIP is its own; without the sysctl it would', () => {
    expect([seen.tells, seen.tellsWithoutSysctl]).toEqual([false, true]);
    expect(seen.repaired).toBe('sysctl net/ipv4/conf/all/arp_ignore 1\n');
  });

  it('moves to other rules by the difference only', () => {
    expect(seen.movePlan.split('\n').filter(Boolean)).toEqual(
      [
        'ip -4 rule del priority 1001 from 139.198.190.117 lookup 101 protocol 202',
        'ip -4 route del local 139.198.190.117 table 255 protocol 202',
      ].map((line) => expect.stringContaining(line)),
    );
    expect(seen.afterMove).toEqual({ socket: SILENCE, dnat: 'pod 10.9.0.2' });
  });

  it('removed, the node is as it was', () => {
    expect(seen.after).toBe(seen.before);
    expect(seen.afterRemove).toEqual({ socket: SILENCE, dnat: SILENCE });
  });

  it('each line is needed', () => {
    expect(seen.counterProofs).toEqual({
      withoutLocalRoute: { socket: SILENCE, dnat: 'pod 10.9.0.2' },
      withoutSocketReply: { socket: SILENCE, dnat: 'pod 10.9.0.2' },
      withoutPodReply: { socket: 'node 10.9.0.2', dnat: SILENCE },
      withoutReplyRoute: { socket: SILENCE, dnat: SILENCE },
    });
  });
});
