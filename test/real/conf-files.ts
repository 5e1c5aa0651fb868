import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { load, resolveBalancer, validate } from '../../compiler';
import { stemOf } from '../../compiler/manifest/artefact';
import { readFleet } from '../../synth';

const ROOT = join(__dirname, '../..');

/** A rendered nginx.conf of the project. */
interface ConfFile {
  /** Path from the root of the project. */
  readonly name: string;
  readonly path: string;
  /** The version of nginx that its spec asks for; absent where no spec in its folder makes it. */
  readonly target?: string;
}

/** Every nginx.conf that is committed: those of the cases, and that of the fleet. */
export function confFiles(): ConfFile[] {
  const cases = namesIn('test/cases').flatMap((name) =>
    confFilesOf(`test/cases/${name}`, `test/cases/${name}/expected`),
  );
  return [...cases, ...confFilesOf('fleet', 'dist')];
}

function confFilesOf(specs: string, artefacts: string): ConfFile[] {
  const folder = `${artefacts}/config`;
  if (!existsSync(join(ROOT, folder))) return [];
  const targets = targetsByStem(specs);
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep))
    .filter((parts) => parts.at(-1) === 'nginx.conf')
    .map((parts) => {
      const path = join(ROOT, folder, ...parts);
      return { name: relative(ROOT, path), path, target: targets.get(parts[0] ?? '') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the specs of a folder ask for; what is wrong with a spec is for other tests to say. */
function targetsByStem(specs: string): Map<string, string> {
  const ignore = (): void => {};
  const files = namesIn(specs).filter((name) => /\.ya?ml$/.test(name));
  const targets = new Map<string, string>();
  for (const document of load(
    readFleet(
      files.map((name) => join(ROOT, specs, name)),
      ignore,
    ),
    ignore,
  )) {
    const checked = validate(document, ignore);
    const model = checked?.kind === 'Balancer' ? resolveBalancer(checked.content, document, ignore) : undefined;
    if (model === undefined) continue;
    targets.set(
      stemOf('Balancer', 'exposer.hliangzhao.io', model.name, model.namespace),
      model.nginx.version.join('.'),
    );
  }
  return targets;
}

function namesIn(folder: string): string[] {
  return existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)).sort() : [];
}
