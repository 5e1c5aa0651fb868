import type { NginxBinary } from '../../judge/nginx';
import { type LabDialect, type LabOptions, runLab } from './bgp-lab';

/** What clients saw at the end of the whole path. */
interface PathResult {
  /** Next hops of the EIP in the kernel of the switch. */
  readonly before: readonly string[];
  readonly asked: number;
  readonly failed: readonly string[];
  /** Answers by node and backend. */
  readonly byNode: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** How clients ask. */
interface PathOptions {
  readonly count: number;
  readonly clients: number;
  /** Ends the asking after this time. */
  readonly milliseconds?: number;
  /** Whether the Pod of the speaker is stopped and started meanwhile. */
  readonly restart?: true;
}

/** client → switch (ECMP) → node (ip rule) → nginx of a Balancer → echo servers, with the artefacts as compiled. */
export function walkPath(
  nginx: NginxBinary,
  dialect: LabDialect,
  options: PathOptions,
  changes: Omit<LabOptions, 'dialect'> = {},
): PathResult {
  type Seen = Omit<PathResult, 'byNode'> & { readonly answers: Readonly<Record<string, number>> };
  const { answers, ...seen } = runLab<Seen>({ dialect, ...changes }, { scenario: 'path', ...options }, nginx);
  const byNode: Record<string, Record<string, number>> = {};
  for (const [answer, count] of Object.entries(answers)) {
    const [backend = '', node = ''] = answer.replace('::ffff:', '').split(' ');
    byNode[node] = { ...byNode[node], [backend]: count };
  }
  return { ...seen, byNode };
}

/** Who answered, as a table: a row per node, a column per backend. */
export function pathTable({ byNode, asked, failed }: PathResult): string {
  const backends = [...new Set(Object.values(byNode).flatMap((counts) => Object.keys(counts)))].sort();
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  const rows = Object.entries(byNode)
    .sort()
    .map(([node, counts]) => [node, ...backends.map((name) => String(counts[name] ?? 0)), String(sum(counts))]);
  const lines = [['node', ...backends, 'all'], ...rows].map((row) =>
    row.map((cell, index) => (index === 0 ? cell.padEnd(16) : cell.padStart(6))).join(''),
  );
  return [...lines, `${asked} connections, ${failed.length} failed`, ''].join('\n');
}
