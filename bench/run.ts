/** `npm run bench [-- --quick] [-- --scale]`: our compiler against an idiomatic cdk8s app. It prints; it never fails for a number. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureInTurn, type Repeats } from './measure';
import { formatAims, formatStage, formatStarts, type Result, resultsOf } from './report';
import { compareManifests } from './same-objects';
import { measureScale } from './scale';
import { type Bundles, buildSides, COMMAND, clearOutput, outputManifests, prepareStage, type Side } from './sides';
import { measureStarts } from './start-up';

const QUICK = process.argv.includes('--quick');
/** Only what a pipeline does again and again. */
const SCALE = process.argv.includes('--scale');
const SIZES = QUICK ? [1, 10, 100] : [1, 10, 100, 1_000, 10_000];
const LARGEST_CHART_EACH = 1_000;

function main(): void {
  if (!existsSync(COMMAND)) {
    process.stderr.write(`${COMMAND} is missing: run \`npm run build\` first\n`);
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'balancer-bench-'));
  try {
    const bundles = buildSides(folder);
    print(environment());
    const scale = (): void => {
      for (const count of QUICK ? [100] : [1_000, 10_000])
        print(measureScale(join(folder, 'scale'), count, bundles.preload));
    };
    if (SCALE) {
      scale();
      return;
    }
    print(sameObjects(join(folder, 'same'), bundles));
    const starts = measureStarts(folder, bundles.preload);
    print(formatStarts(starts));
    scale();
    const results = SIZES.flatMap((count) => measureSize(join(folder, String(count)), count, bundles));
    print(formatAims(results, starts));
    print(`load average at the end: ${load()}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function environment(): string {
  const processors = cpus();
  return [
    `${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${processors.length} cores of ${processors[0]?.model}`,
    `load average at the start: ${load()}`,
    'Each run is a process of its own, start-up included; medians; the ratios at the right are idiomatic / ours for the',
    'same input and one stream of manifests.',
  ].join('\n');
}

/** What the sides print for three Balancers, against each other: else their times would mean nothing. */
function sameObjects(folder: string, bundles: Bundles): string {
  const { programs, outputs } = prepareStage(folder, 3, bundles);
  measureInTurn(programs, { times: 1, budgetSeconds: 0 }, bundles.preload);
  const text = (side: Side): string => outputManifests(outputs[side]);
  const others = (['oursFiles', 'oursStream'] as const).map((side) => compareManifests(text('oursLoaded'), text(side)));
  const idiomatic = (['idiomaticYaml', 'idiomaticCharts'] as const).map((side) =>
    compareManifests(text('idiomaticLoaded'), text(side)),
  );
  return [
    'The same objects? Idiomatic against ours (N = 3):',
    ...compareManifests(text('oursLoaded'), text('idiomaticLoaded')),
    `Our other sides against the first: ${others.flat().join('\n')}`,
    `The other idiomatic sides against the first: ${idiomatic.flat().join('\n')}`,
  ].join('\n');
}

function measureSize(folder: string, count: number, bundles: Bundles): Result[] {
  const stage = prepareStage(folder, count, bundles);
  const { idiomaticCharts, ...others } = stage.programs;
  const programs = count > LARGEST_CHART_EACH ? others : { ...others, idiomaticCharts };
  const clear = (side: Side): void => clearOutput(stage.outputs[side]);
  const runs = measureInTurn<Side>(programs as typeof stage.programs, repeatsFor(count), bundles.preload, clear);
  const results = resultsOf(stage, runs);
  print(formatStage(stage, results));
  rmSync(folder, { recursive: true, force: true });
  return results;
}

/** Slow programs get fewer runs: the table says how many. */
function repeatsFor(count: number): Repeats {
  return { times: count > 1_000 ? 3 : 5, budgetSeconds: 45 };
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');
}

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}

main();
