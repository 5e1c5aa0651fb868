import { Command, type Option } from 'commander';
import { CATALOGUE } from '../compiler/diagnostics';
import { KNOWN_KINDS } from '../compiler/spec/validate';
import { writeOut } from './write-out';

/** What may stand at the end of a line: values with their meanings, and whether a path may stand there too. */
interface Completion {
  readonly values: readonly (readonly [value: string, meaning: string])[];
  readonly files: boolean;
}

const NOTHING: Completion = { values: [], files: false };

/** What can follow: `words` are those after the program's name, the last one unfinished, and possibly empty. */
export function completionOf(root: Command, words: readonly string[]): Completion {
  const unfinished = words.at(-1) ?? '';
  // `help` takes the words of commands.
  if (words[0] === 'help' && words.length > 1) {
    const values = commandsOf(walk(root, words.slice(1, -1)).command);
    return { values: values.filter(([value]) => value.startsWith(unfinished)), files: false };
  }
  const { command, open, isPlain, hasWords } = walk(root, words.slice(0, -1));
  const completion = ((): Completion => {
    if (open !== undefined) return valuesOf(open);
    const [name, value] = splitOption(unfinished);
    if (!isPlain && value !== undefined) return prefixed(`${name}=`, valuesOf(findOption(command, name)));
    if (!isPlain && unfinished.startsWith('-')) return { values: optionsOf(command), files: unfinished === '-' };
    return argumentsOf(command, hasWords);
  })();
  return { ...completion, values: completion.values.filter(([value]) => value.startsWith(unfinished)) };
}

/** Where a line stands after its finished words. */
interface Place {
  readonly command: Command;
  /** The option whose value comes next. */
  readonly open?: Option;
  /** After `--` nothing is an option. */
  readonly isPlain: boolean;
  /** Whether the command has got an argument already: then no command below it can follow. */
  readonly hasWords: boolean;
}

function walk(root: Command, words: readonly string[]): Place {
  let place: Place = { command: root, isPlain: false, hasWords: false };
  for (const word of words) place = next(place, word);
  return place;
}

function next({ command, open, isPlain, hasWords }: Place, word: string): Place {
  if (open !== undefined && !word.startsWith('-')) {
    return { command, isPlain, hasWords, ...(open.variadic && { open }) };
  }
  if (isPlain) return { command, isPlain, hasWords: true };
  if (word === '--') return { command, isPlain: true, hasWords };
  if (word.startsWith('-') && word !== '-') {
    const option = findOption(command, word);
    return { command, isPlain, hasWords, ...(option?.required && { open: option }) };
  }
  const below = hasWords ? undefined : visible(command).find((candidate) => candidate.name() === word);
  return below === undefined ? { command, isPlain, hasWords: true } : { command: below, isPlain, hasWords: false };
}

function splitOption(word: string): readonly [name: string, value?: string] {
  const at = word.indexOf('=');
  return word.startsWith('--') && at !== -1 ? [word.slice(0, at), word.slice(at + 1)] : [word];
}

function findOption(command: Command, flag: string): Option | undefined {
  return command.options.find(({ short, long }) => short === flag || long === flag);
}

function valuesOf(option: Option | undefined): Completion {
  if (option === undefined || (!option.required && !option.optional)) return NOTHING;
  if (option.argChoices) return { values: option.argChoices.map((choice) => [choice, '']), files: false };
  return { values: [], files: true };
}

function prefixed(prefix: string, { values, files }: Completion): Completion {
  return { values: values.map(([value, meaning]) => [prefix + value, meaning]), files };
}

function optionsOf(command: Command): Completion['values'] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => [long ?? short ?? '', description]);
}

function argumentsOf(command: Command, hasWords: boolean): Completion {
  const below = hasWords ? [] : commandsOf(command);
  const argument = command.registeredArguments.find(({ variadic }, index) => variadic || index > 0 || !hasWords);
  if (argument === undefined) return { values: below, files: false };
  if (argument.argChoices) return { values: argument.argChoices.map((choice) => [choice, '']), files: false };
  const words = argument.name() === 'what' && !hasWords ? [...kinds(), ...codes()] : sides(argument.name());
  return { values: [...below, ...words], files: /^(paths|what|before|after)$/.test(argument.name()) };
}

/** What a comparison may have in place of a path. */
function sides(argument: string): Completion['values'] {
  return /^(before|after)$/.test(argument) ? [['cluster', 'what the cluster of the current context has']] : [];
}

function commandsOf(command: Command): Completion['values'] {
  return visible(command).map((found) => [found.name(), found.description()]);
}

function visible(command: Command): readonly Command[] {
  return command.createHelp().visibleCommands(command);
}

function kinds(): Completion['values'] {
  return KNOWN_KINDS.map((kind) => [kind, 'kind']);
}

function codes(): Completion['values'] {
  return Object.entries(CATALOGUE).map(([code, { name }]) => [code, name]);
}

/**
 * The command that the shells call, in the protocol of cobra, which kubectl also speaks with its plugins: a value and its
 * meaning on each line, then `:` and a number, 0 where paths may follow and 4 where not.
 */
export function completeCommand(): Command {
  return new Command('__complete')
    .argument('[words...]')
    .allowUnknownOption()
    .helpOption(false)
    .passThroughOptions()
    .action((words: readonly string[], _options, command: Command) => {
      const { values, files } = completionOf(command.parent ?? command, words);
      const lines = values.map(([value, meaning]) => (meaning === '' ? value : `${value}\t${firstLine(meaning)}`));
      writeOut([...lines, files ? ':0' : ':4', ''].join('\n'));
    });
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
