import { Command } from 'commander';
import { explainAccessText } from '../compiler/analysis/explain-access-text';
import { compareDiagnostics, type Diagnostic, formatText } from '../compiler/diagnostics';
import { explainFleetAccess } from '../compiler/explain-fleet-access';
import { readFleet } from '../synth/read-fleet';
import { CLEAN, exitCodeFor, USAGE } from './exit-codes';
import { writeOut } from './write-out';

/** Prints what a controller may do against its original, verb by verb, with the reasons. Answers the exit code. */
export function explainRbac(name: string, paths: readonly string[]): number {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const controllers = explainFleetAccess(readFleet(paths, report), report);
  process.stderr.write(formatText(diagnostics.sort(compareDiagnostics)));
  const found = controllers.filter((controller) => controller.name === name);
  if (found.length === 0) {
    const failed = exitCodeFor(diagnostics, 'error');
    if (failed !== CLEAN) return failed;
    const known = [...new Set(controllers.map((controller) => controller.name))].join(', ') || 'none';
    process.stderr.write(`error: no controller is called "${name}"; there are: ${known}\n`);
    return USAGE;
  }
  for (const { kind, originalSource, verbs } of found) {
    writeOut(`${kind} ${name}\noriginal: ${originalSource}\n\n${explainAccessText(verbs)}`);
  }
  return CLEAN;
}

/** The command, for the tree of commands. */
export function explainCommand(): Command {
  const explain = new Command('explain').description('Say why something is as it is.').exitOverride();
  explain
    .command('rbac')
    .description(
      'What a controller may do: kept (=), narrowed (~), dropped (-) and added (+) against its original manifest.',
    )
    .argument('<name>', 'name of the document that declares the controller')
    .argument('[paths...]', 'files and folders of specs; - for standard input', ['fleet'])
    .exitOverride()
    .action((name: string, paths: string[]) => {
      process.exitCode = explainRbac(name, paths);
    });
  return explain;
}
