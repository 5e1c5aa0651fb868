// One file for the command: it then starts without a search through folders. `yaml` stays outside: it is loaded when needed.
import { chmodSync } from 'node:fs';
import { build } from 'esbuild';

const outfile = 'lib/cli/balancer.js';
await build({
  entryPoints: ['cli/balancer.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['yaml'],
  allowOverwrite: true,
  logLevel: 'warning',
});
chmodSync(outfile, 0o755);
