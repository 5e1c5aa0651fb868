import { explainAccessText } from '../compiler/analysis/explain-access-text';
import type { Diagnostic } from '../compiler/diagnostics';
import { explainFleetAccess } from '../compiler/explain-fleet-access';
import { readFleet } from '../synth/read-fleet';
import { CLEAN, exitCodeFor, USAGE } from './exit-codes';
import { explainCode } from './explain-code';
import { explainKindField } from './explain-kind-field';
import { explainPlace } from './explain-place';
import { tellFirstSteps } from './first-steps';
import { refuse } from './refuse';
import { sourceLines } from './source-lines';
import { tellProblems } from './tell-problems';
import { writeOut } from './write-out';

/** Prints what a controller may do against its original, verb by verb, with the reasons. Answers the exit code. */
export function explainRbac(name: string, paths: readonly string[]): number {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const lines = sourceLines();
  const controllers = explainFleetAccess(lines.watch(readFleet(paths, report)), report);
  tellProblems(diagnostics, lines);
  tellFirstSteps(paths, diagnostics);
  const found = controllers.filter((controller) => controller.name === name);
  if (found.length === 0) {
    const failed = exitCodeFor(diagnostics, 'error');
    if (failed !== CLEAN) return failed;
    const known = [...new Set(controllers.map((controller) => controller.name))].join(', ') || 'none';
    return refuse(`no controller is called "${name}"; there are: ${known}`, USAGE);
  }
  for (const { kind, originalSource, verbs } of found) {
    writeOut(`${kind} ${name}\noriginal: ${originalSource}\n\n${explainAccessText(verbs)}`);
  }
  return CLEAN;
}

/** Explains a code, a line of a file, or a field of a kind, by the form of the word. Answers the exit code. */
export function explain(what: string, paths: readonly string[], output: string): number {
  if (/^BAL\d+$/i.test(what)) return explainCode(what.toUpperCase());
  const place = /^(.+?):(\d+)(?::\d+)?$/.exec(what);
  if (place !== null) return explainPlace(place[1]!, Number(place[2]), paths, output);
  return explainKindField(what);
}
