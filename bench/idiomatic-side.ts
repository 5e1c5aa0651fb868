/** A measured process: `node idiomatic-side.js <one-chart|chart-each> <number of loaded specs | folder of YAML> <output folder>`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { chartPerBalancer, oneChart } from './idiomatic-app';
import { type SampleBalancer, sampleFleet } from './sample-fleet';

const [, , charts, source = '', outdir] = process.argv;
const app = new App({ outdir });
const build = charts === 'one-chart' ? oneChart : chartPerBalancer;
build(app, /^\d+$/.test(source) ? sampleFleet(Number(source)) : readSpecs(source));
app.synth();

function* readSpecs(folder: string): Generator<SampleBalancer> {
  for (const file of readdirSync(folder).sort()) {
    for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'))) {
      if (document.errors[0]) throw document.errors[0];
      yield document.toJS() as SampleBalancer;
    }
  }
}
