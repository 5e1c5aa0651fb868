import { itemsAt, textAt } from './field';

/** How a program is started: its own name, and its words. */
interface FoundCommand {
  readonly words: readonly string[];
  /** Whether a shell starts it, so that its flags stand in a script. */
  readonly isScript: boolean;
}

const SHELL = /^(?:.*\/)?(?:ba|da|a|k|z)?sh$/;

/** Words before a program that a shell takes for itself: `exec`, `VAR=value`. */
const PREFIX = /^(?:exec|command|nohup|[A-Za-z_]\w*=.*)$/s;

/**
 * The command line of a container that starts one of some programs, in whatever folder: by `command`, by `args`, through a shell, or as
 * what the image starts by itself, if image or container are called like it.
 */
export function commandOf(container: unknown, programs: readonly string[]): FoundCommand | undefined {
  const command = itemsAt(container, 'command').map(wordOf);
  const words = [...command, ...itemsAt(container, 'args').map(wordOf)];
  const isProgram = (word: string | undefined): boolean =>
    word !== undefined && programs.includes(word.slice(word.lastIndexOf('/') + 1));
  if (SHELL.test(words[0] ?? '')) {
    const started = scriptsIn(words).find(([first]) => isProgram(first));
    return started && { words: started, isScript: true };
  }
  if (isProgram(words[0])) return { words, isScript: false };
  // Flags alone: the image says what it starts.
  const isNamed = isProgram(imageName(container)) || isProgram(textAt(container, 'name'));
  if (command.length > 0 || words.length === 0 || !words.every((word) => word.startsWith('-'))) return undefined;
  return isNamed ? { words: ['', ...words], isScript: false } : undefined;
}

function wordOf(word: unknown): string {
  return typeof word === 'string' ? word : '';
}

function imageName(container: unknown): string {
  return (textAt(container, 'image') ?? '').replace(/@.*$/, '').replace(/:[^/]*$/, '');
}

/** The commands in the script behind `-c`, each as its words. */
function scriptsIn(words: readonly string[]): readonly (readonly string[])[] {
  const at = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return at === -1 ? [] : wordsOfScript(words[at + 1] ?? '');
}

/** The words of a script's commands: quotes are read, what a shell would put in is left as it is. */
export function wordsOfScript(script: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  const token = /\\\n|[ \t]+|[;&|\n]+|(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s;&|"'\\]|["'])+/gs;
  for (const [text] of script.matchAll(token)) {
    if (/^(?:\\\n|[ \t]+)$/.test(text)) continue;
    if (/^[;&|\n]+$/.test(text)) commands.push([]);
    else commands.at(-1)!.push(unquoted(text));
  }
  return commands.map((words) => words.slice(words.findIndex((word) => !PREFIX.test(word))));
}

function unquoted(text: string): string {
  return text.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs, (_, double?: string, single?: string, one?: string) => {
    return double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? one ?? '';
  });
}
