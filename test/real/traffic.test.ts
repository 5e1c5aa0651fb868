import { expect, it } from 'vitest';
import { simulate } from '../../compiler';
import type { BalancerPort, BalancerSpec } from '../../compiler/spec/generated/balancer';
import { nginxBinaries } from '../../judge/nginx';
import { compiledBalancer, SAMPLE_BACKENDS } from './compiled-balancer';
import { describeReal } from './programs';
import { runTraffic, type Scenario } from './traffic-lab';

const [binary = { path: 'nginx', version: '1.22.1' }] = nginxBinaries(process.env);
const HTTP: BalancerPort = { name: 'http', protocol: 'TCP', port: 80, targetPort: 5678 };
const DNS: BalancerPort = { name: 'dns', protocol: 'UDP', port: 53 };

interface Answers {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What nginx logged as a warning or worse. */
  readonly complaints: readonly string[];
}

/** What clients see of 001's sample with other fields in its spec. The target is fixed: newer nginx would ask a name server. */
function traffic<Seen = Answers>(changes: Partial<BalancerSpec>, scenario: Scenario): Seen {
  return runTraffic(binary, compiledBalancer({ nginxVersion: '1.22.1', ...changes }), scenario);
}

function countsOf(answers: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}

function backendsWith(weights: Readonly<Record<string, number>>): BalancerSpec['backends'] {
  return SAMPLE_BACKENDS.map((backend) => ({ ...backend, weight: weights[backend.name] ?? backend.weight }));
}

describeReal(`traffic through nginx ${binary.version}`, ['nginx', 'unshare', 'ip'], () => {
  it('shares 1,000 TCP connections by weight, in exactly the order that simulate() tells', () => {
    const seen = traffic({}, { scenario: 'tcp', count: 1000, closed: [], countAfter: 0 });
    const cycle = simulate(SAMPLE_BACKENDS).sequence;
    expect(cycle).toEqual(['v1', 'v3', 'v2', 'v1', 'v3']);
    expect(countsOf(seen.before)).toEqual({ v1: 400, v2: 200, v3: 400 });
    expect(seen.before).toEqual(Array.from({ length: 200 }, () => cycle).flat());
    expect(seen.complaints).toEqual([]);
  });

  it('shares 500 UDP sessions in the same way', () => {
    const seen = traffic({ ports: [DNS] }, { scenario: 'udp', protocol: 'UDP', port: 53, count: 500 });
    expect(countsOf(seen.before)).toEqual({ v1: 200, v2: 100, v3: 200 });
    expect(seen.before).toEqual(simulate(SAMPLE_BACKENDS, { picks: 500 }).sequence);
    expect(seen.complaints).toEqual([]);
  });

  it('gives a drained backend nothing, and after the death of another everything to the rest', () => {
    const backends = backendsWith({ v1: 0 });
    const seen = traffic({ backends }, { scenario: 'tcp', count: 60, closed: ['v2'], countAfter: 60 });
    expect(seen.before).toEqual(simulate(backends, { picks: 60 }).sequence);
    expect(countsOf(seen.after)).toEqual({ v3: 60 });
  });

  it('uses a backup only when nothing else answers', () => {
    const backends = SAMPLE_BACKENDS.map((backend) => ({ ...backend, backup: backend.name === 'v3' }));
    const seen = traffic({ backends }, { scenario: 'tcp', count: 30, closed: ['v1', 'v2'], countAfter: 30 });
    expect(seen.before).toEqual(simulate(backends, { picks: 30 }).sequence);
    expect(seen.after).toEqual(simulate(backends, { picks: 30, down: ['v1', 'v2'] }).sequence);
  });

  it('loses no connection while it is reloaded under load', () => {
    interface Reloaded {
      readonly failures: readonly string[];
      readonly answers: number;
      readonly steady: string;
      readonly reloads: number;
    }
    const load = { workers: 2, clients: 8, milliseconds: 3000, reloads: 5, mostConnections: 20_000 };
    const seen = traffic<Reloaded>({}, { scenario: 'reload', ...load });
    expect(seen).toMatchObject({ failures: [], steady: 'still here', reloads: 5 });
    expect(seen.answers).toBeGreaterThan(100);
  });

  it('keeps the clients of one address with one backend', () => {
    const addresses = Array.from({ length: 19 }, (_, index) => `127.0.0.${index + 2}`);
    const ports = [{ ...HTTP, method: 'SourceHash' as const }];
    const { byAddress } = traffic<ByAddress>({ ports }, { scenario: 'addresses', addresses, count: 5 });
    const backends = Object.values(byAddress).map((answers) => new Set(answers));
    expect(backends.map(({ size }) => size)).toEqual(addresses.map(() => 1));
    expect(new Set(backends.flatMap((names) => [...names])).size).toBeGreaterThan(1);
  });

  it('tells the backend over the PROXY protocol who the client is', () => {
    const ports = [{ ...HTTP, proxyProtocol: { send: true } }];
    const { byAddress } = traffic<ByAddress>({ ports }, { scenario: 'addresses', addresses: ['127.0.0.7'], count: 1 });
    expect(byAddress['127.0.0.7']?.[0]).toMatch(/^v1 PROXY TCP4 127\.0\.0\.7 127\.0\.0\.1 \d+ 80$/);
  });

  it('hands on the client that a PROXY protocol header names', () => {
    const ports = [{ ...HTTP, proxyProtocol: { accept: true, send: true } }];
    const text = 'PROXY TCP4 203.0.113.9 198.51.100.1 40000 80\r\nname\n';
    const addresses = ['127.0.0.7'];
    const { byAddress } = traffic<ByAddress>({ ports }, { scenario: 'addresses', addresses, count: 1, text });
    expect(byAddress['127.0.0.7']?.[0]).toMatch(/^v1 PROXY TCP4 203\.0\.113\.9 /);
  });

  it('answers on the health port without a backend', () => {
    const seen = traffic<{ answers: string[]; connections: number }>({}, { scenario: 'health', count: 20 });
    expect(seen).toMatchObject({ answers: Array.from({ length: 20 }, () => 'ok'), connections: 0 });
  });

  it('finishes an open connection before the Pod ends, and takes no new one', () => {
    const [shell, option, script = ''] = compiledBalancer({ nginxVersion: '1.22.1' }).preStop ?? [];
    expect([shell, option]).toEqual(['/bin/sh', '-ec']);
    // The time that other nodes need to hear of it is not waited for here.
    const hook = script.replace(/^sleep 5$/m, 'sleep 0.1');
    expect(hook).not.toBe(script);
    const seen = traffic<object>({}, { scenario: 'quit', hook });
    expect(seen).toMatchObject({ before: 'before', refused: 'ECONNREFUSED', after: 'after', running: true, status: 0 });
  });
});

interface ByAddress {
  readonly byAddress: Readonly<Record<string, readonly string[]>>;
}
