// Two files for the command, so that it starts without a search through folders: one with the words that help and completion
// need, and one with what the commands do. `yaml` stays outside, and so does what is generated: the library has it anyway, and
// most runs need little of it.
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

const FOLDER = 'lib/cli';

/** The validators, templates and examples of the library, each loaded when it is first used. */
const generatedLater = {
  name: 'generated-later',
  setup(bundle) {
    bundle.onResolve({ filter: /^\.\..*\/generated\/.*\.js$/ }, ({ path }) => ({ path, external: true }));
    bundle.onLoad(
      { filter: /\/compiler\/.*\/generated\/(validate-[^/]+|marked-templates|examples|balancer-crd)\.ts$/ },
      ({ path }) => {
        const built = relative(FOLDER, relative('.', path).replace(/^/, 'lib/').replace(/\.ts$/, '.js'));
        const names = [...readFileSync(path, 'utf8').matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
        return {
          contents: path.includes('/validate-') ? laterFunction(built, names[0]) : laterConstants(built, names),
          loader: 'js',
        };
      },
    );
  },
};

function laterConstants(path, names) {
  const getters = names.map((name) => `get ${name}() { return require('${path}').${name}; }`);
  return `module.exports = { ${getters.join(', ')} };`;
}

/** ajv leaves the errors on the function. */
function laterFunction(path, name) {
  return `export function ${name}(value) {
  const real = require('${path}').${name};
  const isGood = real(value);
  ${name}.errors = real.errors;
  return isGood;
}`;
}

/** What tells this program from one that may make other files of the same specs. */
function digestOf(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js'));
  const digest = createHash('sha256');
  for (const name of files.sort()) digest.update(name).update(readFileSync(join(folder, name)));
  return digest.digest('hex');
}

await build({
  entryPoints: ['cli/balancer.ts', 'cli/actions.ts'],
  outdir: FOLDER,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['yaml', './actions'],
  define: { PROGRAM: JSON.stringify(digestOf('lib')) },
  plugins: [generatedLater],
  allowOverwrite: true,
  logLevel: 'warning',
});
chmodSync(`${FOLDER}/balancer.js`, 0o755);

// The same command under the name that kubectl looks for; npm's and pnpm's wrappers do not keep the name of the call.
const plugin = `${FOLDER}/kubectl-balancer.js`;
writeFileSync(plugin, "#!/usr/bin/env node\nprocess.argv[1] = __filename;\nrequire('./balancer.js');\n");
chmodSync(plugin, 0o755);
