import type { Diagnostic } from '../compiler/diagnostics';
import { isThere } from '../synth/read-artefacts';
import { programName } from './program-name';

/** Where specs are read from if no path is named. */
const DEFAULT_FOLDER = 'fleet';

/** The smallest spec that there is. */
const SMALLEST = `apiVersion: exposer.hliangzhao.io/v1alpha1
kind: Balancer
metadata: {name: web}
spec:
  ports: [{port: 80}]
  backends: [{name: v1, weight: 1, selector: {app: web}}]
`;

/** Says how to begin, on standard error, to somebody who has no such folder. */
export function tellFirstSteps(paths: readonly string[], diagnostics: readonly Diagnostic[]): void {
  const isUnread = ({ code, location }: Diagnostic): boolean => code === 'BAL1001' && location.file === DEFAULT_FOLDER;
  if (paths.length !== 1 || !diagnostics.some(isUnread) || isThere(DEFAULT_FOLDER)) return;
  const calls = [
    ['check web.yaml', 'reads another file or folder'],
    ['import my-manifests -o fleet', 'writes specs for what you have'],
    ['explain Balancer', 'lists what a spec may have'],
  ].map(([call, meaning]) => `  ${`${programName()} ${call}`.padEnd(46)}${meaning}\n`);
  const spec = SMALLEST.replace(/^/gm, '  ').trimEnd();
  process.stderr.write(
    `\nSpecs are read from the folder "${DEFAULT_FOLDER}" if no path is named, and there is none here.\n\n${calls.join('')}\nThe smallest spec, for ${DEFAULT_FOLDER}/web.yaml:\n\n${spec}\n`,
  );
}
