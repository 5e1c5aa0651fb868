/** Writes every generated file. A test fails while one of them is stale. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './generated-files';

async function main(): Promise<void> {
  for (const [path, text] of await generatedFiles()) {
    const file = join(__dirname, '..', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

void main();
