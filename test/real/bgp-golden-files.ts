import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { resolveFleet } from '../../compiler/compile';
import { stemOf } from '../../compiler/manifest/artefact';
import type { Dialect } from '../../compiler/model/bgp/bgp-load-balancer';
import { readFleet } from '../../synth/read-fleet';

const ROOT = join(__dirname, '../..');

/** A configuration that is committed. */
export interface GoldenFile {
  /** Path from the root of the project. */
  readonly name: string;
  readonly text: string;
  /** The script beside it that applies it. */
  readonly script?: string;
  /** Of the switch whose folder it is in. */
  readonly dialect?: Dialect;
}

/** Every file of the cases of a BgpLoadBalancer and of the fleet, manifests apart. */
export function bgpGoldenFiles(): GoldenFile[] {
  const cases = readdirSync(join(ROOT, 'test/cases')).filter((name) => name.startsWith('bgp-'));
  const folders = cases.map((name) => [`test/cases/${name}`, `test/cases/${name}/expected`] as const);
  return [...folders, ['fleet', 'dist'] as const].flatMap(([specs, artefacts]) => goldensOf(specs, artefacts));
}

function goldensOf(specs: string, artefacts: string): GoldenFile[] {
  const dialects = dialectsOf(specs);
  const paths = readdirSync(join(ROOT, artefacts), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/(\.k8s\.yaml|^diagnostics\.txt|^\.balancer\.sums)$/.test(entry.name))
    .map((entry) => [entry.parentPath, entry.name] as const);
  return paths.map(([folder, name]) => ({
    name: relative(ROOT, join(folder, name)),
    text: readFileSync(join(folder, name), 'utf8'),
    script: scriptIn(folder),
    dialect: dialects.get(relative(join(ROOT, artefacts, 'config'), folder)),
  }));
}

function scriptIn(folder: string): string | undefined {
  const script = join(folder, 'steer.sh');
  return existsSync(script) ? readFileSync(script, 'utf8') : undefined;
}

/** What each switch of the specs of a folder speaks, by the folder of its files. */
function dialectsOf(specs: string): Map<string, Dialect> {
  const ignore = (): void => {};
  const files = readdirSync(join(ROOT, specs)).filter((name) => name.endsWith('.yaml'));
  const paths = files.map((name) => join(ROOT, specs, name));
  const { bgpLoadBalancers } = resolveFleet(readFleet(paths, ignore), ignore);
  const switches = bgpLoadBalancers.flatMap(({ name, namespace, switches }) => {
    const stem = stemOf('BgpLoadBalancer', 'cdk8s-balancer.dev', name, namespace);
    return switches.map((each) => [`${stem}/switches/${each.name}`, each.dialect] as const);
  });
  return new Map(switches);
}
