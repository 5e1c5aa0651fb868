// tsc never removes the output of a source that is gone; the package must not ship it.
import { rmSync } from 'node:fs';

rmSync(new URL('../lib', import.meta.url), { recursive: true, force: true });
