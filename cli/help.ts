import { Command } from 'commander';
import { nearest } from '../compiler/spec/nearest';

/** `balancer help <command>`: the same as `balancer <command> --help`. */
export function helpCommand(): Command {
  return new Command('help')
    .description('Show what a command does.')
    .argument('[command...]', 'the words of the command')
    .action((words: readonly string[], _options, command: Command) => {
      let found = command.parent ?? command;
      for (const word of words) {
        const next = found.commands.find((candidate) => candidate.name() === word);
        if (next === undefined) return void unknownCommand(found, word);
        found = next;
      }
      found.outputHelp();
    });
}

function unknownCommand(parent: Command, word: string): void {
  const near = nearest(word, visibleNames(parent));
  parent.error(`error: unknown command '${word}'${near === undefined ? '' : `\n(Did you mean ${near}?)`}`, {
    code: 'commander.unknownCommand',
  });
}

function visibleNames(parent: Command): readonly string[] {
  return parent
    .createHelp()
    .visibleCommands(parent)
    .map((command) => command.name());
}
