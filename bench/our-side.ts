/** A measured process: `node our-side.js <number of loaded specs> <output file>`. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { type Artefact, compileDocuments, documentFromData, formatText, type SpecDocument } from '../compiler';
import { type SampleBalancer, sampleFleet } from './sample-fleet';

const BUFFER_CHARACTERS = 1024 * 1024;

const [, , count, file = ''] = process.argv;
writeManifests(
  file,
  compileDocuments(documents(sampleFleet(Number(count))), (diagnostic) => {
    process.stderr.write(formatText([diagnostic]));
  }),
);

function* documents(specs: readonly SampleBalancer[]): Generator<SpecDocument> {
  for (const spec of specs) yield documentFromData(spec.metadata.name, spec);
}

function writeManifests(path: string, artefacts: Iterable<Artefact>): void {
  const output = openSync(path, 'w');
  let waiting = '';
  let separator = '';
  for (const artefact of artefacts) {
    if (!artefact.path.endsWith('.k8s.yaml')) continue;
    waiting += separator + artefact.text;
    separator = '---\n';
    if (waiting.length < BUFFER_CHARACTERS) continue;
    writeSync(output, waiting);
    waiting = '';
  }
  writeSync(output, waiting);
  closeSync(output);
}
