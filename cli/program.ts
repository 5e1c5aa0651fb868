import { Command } from 'commander';
import { showControls } from '../compiler/diagnostics/show-controls';
import { version } from '../package.json';
import {
  checkCommand,
  diffCommand,
  explainCommand,
  importCommand,
  routesCommand,
  synthCommand,
  verifyCommand,
} from './commands';
import { completeCommand } from './complete';
import { completionCommand } from './completion';
import { examplesText } from './examples';
import { helpCommand } from './help';
import { programName } from './program-name';
import { writeOut } from './write-out';

/** The tree of commands. Each action sets the exit code of the process. */
export function program(): Command {
  const root = new Command(programName())
    .description(
      'Compile declarations of load balancers into Kubernetes manifests and the configurations of nginx, BGP speakers, switches and nodes.',
    )
    .enablePositionalOptions()
    .helpCommand(false)
    .option('-V, --version', 'print the version')
    .on('option:version', () => {
      writeOut(`${version}\n`);
      process.exit(0);
    });
  root.addCommand(synthCommand());
  root.addCommand(checkCommand());
  root.addCommand(routesCommand());
  root.addCommand(diffCommand());
  root.addCommand(verifyCommand());
  root.addCommand(explainCommand());
  root.addCommand(importCommand());
  root.addCommand(completionCommand());
  root.addCommand(helpCommand());
  root.addCommand(completeCommand(), { hidden: true });
  settle(root, []);
  return root;
}

/** What all commands have in common: examples first, errors by exception, and nothing in an argument reaches the terminal raw. */
function settle(command: Command, words: readonly string[]): void {
  command
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .configureOutput({ writeErr: (text) => void process.stderr.write(text.replace(/[^\t\n]+/g, showControls)) })
    .addHelpText('before', () => `${examplesText(programName(), words.join(' '))}\n`);
  if (command.commands.length > 0) command.helpCommand(false);
  for (const below of command.commands) settle(below, [...words, below.name()]);
}
