import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Program } from './measure';
import { writeSampleFleet } from './sample-fleet';

/** The built command, as it is published. */
export const COMMAND = 'lib/cli/balancer.js';

/** The ways to make the same objects, in the order of the table. */
export const SIDES = {
  oursLoaded: 'ours, loaded specs, one file',
  oursFiles: 'ours, YAML, all files',
  oursStream: 'ours, YAML, to stdout',
  idiomaticLoaded: 'idiomatic, loaded specs, one chart',
  idiomaticYaml: 'idiomatic, YAML, one chart',
  idiomaticCharts: 'idiomatic, loaded specs, a chart each',
} as const;

/** The name of a side. */
export type Side = keyof typeof SIDES;

/** The bundled programs of the measured processes. */
export interface Bundles {
  readonly ours: string;
  readonly idiomatic: string;
  /** Loaded into every measured process. */
  readonly preload: string;
}

/** One size of fleet, ready to be measured. */
export interface Stage {
  readonly count: number;
  readonly inputBytes: number;
  readonly programs: Readonly<Record<Side, Program>>;
  /** The files or folders that a side writes. */
  readonly outputs: Readonly<Record<Side, string>>;
}

/** Bundles both sides in the same way, so that no process pays for TypeScript or for a search through node_modules. */
export function buildSides(folder: string): Bundles {
  const bundles = { ours: 'our-side', idiomatic: 'idiomatic-side', preload: 'report-usage' };
  buildSync({
    entryPoints: Object.values(bundles).map((name) => join(__dirname, `${name}.ts`)),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  });
  const path = (name: string): string => join(folder, `${name}.js`);
  return { ours: path(bundles.ours), idiomatic: path(bundles.idiomatic), preload: path(bundles.preload) };
}

/** Writes the fleet of a size and names the programs that read it. */
export function prepareStage(folder: string, count: number, { ours, idiomatic }: Bundles): Stage {
  const fleet = join(folder, 'fleet');
  mkdirSync(folder, { recursive: true });
  const outputs = outputsIn(folder);
  const inputBytes = writeSampleFleet(fleet, count);
  const programs = {
    oursLoaded: { args: [ours, String(count), outputs.oursLoaded] },
    oursFiles: { args: [COMMAND, 'synth', '--no-cache', fleet, '-o', outputs.oursFiles] },
    oursStream: { args: [COMMAND, 'synth', fleet, '-o', '-'], stdout: outputs.oursStream },
    idiomaticLoaded: { args: [idiomatic, 'one-chart', String(count), outputs.idiomaticLoaded] },
    idiomaticYaml: { args: [idiomatic, 'one-chart', fleet, outputs.idiomaticYaml] },
    idiomaticCharts: { args: [idiomatic, 'chart-each', String(count), outputs.idiomaticCharts] },
  };
  return { count, inputBytes, programs, outputs };
}

/** The bytes that a side has written. */
export function outputBytes(path: string): number {
  return filesOf(path).reduce((sum, file) => sum + statSync(file).size, 0);
}

/** The manifests that a side has written, as one stream. */
export function outputManifests(path: string): string {
  const manifests = filesOf(path).filter((file) => /\.yaml$/.test(file));
  return manifests.map((file) => readFileSync(file, 'utf8')).join('---\n');
}

/** Removes what a side has written: each run starts with a clean disk. */
export function clearOutput(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

function outputsIn(folder: string): Record<Side, string> {
  return {
    oursLoaded: join(folder, 'ours-loaded.yaml'),
    oursFiles: join(folder, 'ours-files'),
    oursStream: join(folder, 'ours-stream.yaml'),
    idiomaticLoaded: join(folder, 'idiomatic-loaded'),
    idiomaticYaml: join(folder, 'idiomatic-yaml'),
    idiomaticCharts: join(folder, 'idiomatic-charts'),
  };
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}
