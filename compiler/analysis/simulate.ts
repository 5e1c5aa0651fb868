import { greatestCommonDivisor } from '../model/balancer/weights';

/** A server of an upstream, as nginx' weighted round robin sees it. */
export interface SimulatedBackend {
  readonly name: string;
  /** 0 for a drained backend. */
  readonly weight: number;
  /** Takes traffic only when every other backend is down. */
  readonly backup?: boolean;
}

/** What `simulate` is asked. */
export interface SimulationOptions {
  /** Names of backends that do not answer. @default none */
  readonly down?: readonly string[];
  /** How many connections. @default one cycle: after it the sequence repeats */
  readonly picks?: number;
}

/** The longest cycle that is listed without an explicit number of picks. */
const LONGEST_CYCLE = 100_000;

/** Which backend gets which connection. */
export interface Simulation {
  /** Names in the order in which connections arrive; empty when no backend can take them. */
  readonly sequence: readonly string[];
  /** Part of the connections per backend in the long run, from 0 to 1; every backend is in it. */
  readonly shares: ReadonlyMap<string, number>;
}

/**
 * The exact order in which nginx picks backends: smooth weighted round robin, where each pick adds every weight to its
 * server's current value, takes the highest, the earlier one of equals, and lowers it by the sum of the weights.
 * Source: ngx_stream_upstream_get_peer in src/stream/ngx_stream_upstream_round_robin.c.
 */
export function simulate(backends: readonly SimulatedBackend[], options: SimulationOptions = {}): Simulation {
  const live = liveBackends(backends, new Set(options.down));
  const total = live.reduce((sum, { weight }) => sum + weight, 0);
  const cycle = live.length === 0 ? 0 : total / live.map(({ weight }) => weight).reduce(greatestCommonDivisor);
  const shares = new Map(backends.map(({ name }) => [name, 0]));
  for (const { name, weight } of live) shares.set(name, weight / total);
  const picks = live.length === 0 ? 0 : (options.picks ?? Math.min(cycle, LONGEST_CYCLE));
  return { sequence: pickSequence(live, total, picks), shares };
}

function liveBackends(backends: readonly SimulatedBackend[], down: ReadonlySet<string>): SimulatedBackend[] {
  const able = backends.filter(({ name, weight }) => weight > 0 && !down.has(name));
  const primaries = able.filter(({ backup }) => backup !== true);
  return primaries.length > 0 ? primaries : able;
}

function pickSequence(backends: readonly SimulatedBackend[], total: number, picks: number): string[] {
  const current = backends.map(() => 0);
  return Array.from({ length: picks }, () => {
    let best = 0;
    backends.forEach(({ weight }, index) => {
      current[index]! += weight;
      if (current[index]! > current[best]!) best = index;
    });
    current[best]! -= total;
    return backends[best]!.name;
  });
}
