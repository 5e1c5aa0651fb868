// One file for the command: it then starts without a search through folders. `yaml` stays outside: it is loaded when needed.
import { chmodSync, writeFileSync } from 'node:fs';
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

// The same command under the name that kubectl looks for; npm's and pnpm's wrappers do not keep the name of the call.
const plugin = 'lib/cli/kubectl-balancer.js';
writeFileSync(plugin, "#!/usr/bin/env node\nprocess.argv[1] = __filename;\nrequire('./balancer.js');\n");
chmodSync(plugin, 0o755);
