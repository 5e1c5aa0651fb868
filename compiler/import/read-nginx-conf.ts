/** A directive of nginx: `name words;` or `name words { ... }`. */
export interface NginxDirective {
  readonly name: string;
  readonly words: readonly string[];
  /** Line of its first word, from 1. */
  readonly line: number;
  readonly block?: readonly NginxDirective[];
}

/** What stands for a place that nginx would refuse: no directive has a blank in its name. */
export const SYNTAX = 'syntax error';

/** Blocks, comments, quoted words and plain ones: https://nginx.org/en/docs/beginners_guide.html#conf_structure */
const TOKEN = /\s+|[{};]|#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?:\$\{[A-Za-z0-9_]{0,64}\}|\\.|[^\s{};\\])+|./sy;

/** Nobody writes deeper ones; what follows is not read. */
const DEEPEST = 16;

interface Token {
  readonly text: string;
  readonly line: number;
}

interface OpenBlock {
  readonly head: readonly Token[];
  readonly block: NginxDirective[];
}

/** The directives of an nginx.conf. Nothing is left out: a place that is none becomes a directive called `syntax error`. */
export function readNginxConf(text: string): readonly NginxDirective[] {
  const open: OpenBlock[] = [{ head: [], block: [] }];
  let words: Token[] = [];
  const refuse = (message: string, line: number): void => {
    open.at(-1)!.block.push({ name: SYNTAX, words: [message], line });
  };
  const endLine = (): void => {
    const [first] = words;
    // The other words may be a key.
    if (first !== undefined) refuse(`";" is missing after "${isName(first.text) ? first.text : '...'}"`, first.line);
    words = [];
  };
  for (const { text: sign, line } of tokensOf(text)) {
    if (!/^[{};]$/.test(sign)) words.push({ text: sign, line });
    else if (sign === '}') {
      endLine();
      if (open.length === 1) refuse('"}" closes nothing', line);
      else close(open);
    } else if (words.length === 0) refuse(`"${sign}" comes without a name`, line);
    else if (sign === ';') open.at(-1)!.block.push(directive(words.splice(0)));
    else if (open.length > DEEPEST) {
      refuse('blocks stand too deep: from here on nothing is read', line);
      words = [];
      break;
    } else open.push({ head: words.splice(0), block: [] });
  }
  endLine();
  while (open.length > 1) {
    refuse('"}" is missing', open.at(-1)!.head[0]!.line);
    close(open);
  }
  return open[0]!.block;
}

/** Whether a word can be the name of a directive. */
export function isName(word: string): boolean {
  return /^[a-z][a-z0-9_]{0,63}$/.test(word);
}

function close(open: OpenBlock[]): void {
  const { head, block } = open.pop()!;
  open.at(-1)!.block.push({ ...directive(head), block });
}

function directive(words: readonly Token[]): NginxDirective {
  const [name, ...others] = words.map(({ text }) => unquoted(text));
  return { name: name!, words: others, line: words[0]!.line };
}

function unquoted(text: string): string {
  const isQuoted = text.length > 1 && /^["']/.test(text) && text.endsWith(text[0]!);
  return isQuoted ? text.slice(1, -1).replace(/\\(["'\\])/g, '$1') : text;
}

function* tokensOf(text: string): Generator<Token> {
  let line = 1;
  for (const [token] of text.matchAll(new RegExp(TOKEN, 'gsy'))) {
    if (!/^[\s#]/.test(token)) yield { text: token, line };
    line += token.split('\n').length - 1;
  }
}
