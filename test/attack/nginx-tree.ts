/** A reader of nginx.conf as nginx sees it: words, quotes, escapes, comments, `;` and blocks. */

/** A directive: its words, and the directives of its block where it has one. */
export interface Directive {
  readonly words: readonly string[];
  readonly block?: readonly Directive[];
}

/** One sign of the grammar, or a word. */
type Token = ';' | '{' | '}' | { readonly word: string };

/** The tree of a configuration. Throws where nginx would: a block that is not closed, a directive without `;`. */
export function parseNginx(text: string): readonly Directive[] {
  const tokens = [...tokensOf(text)];
  const { directives, next } = readBlock(tokens, 0);
  if (next !== tokens.length) throw new Error('a "}" too many');
  return directives;
}

/** All directives of a name, at any depth. */
export function findDirectives(tree: readonly Directive[], name: string): Directive[] {
  return tree.flatMap((directive) => [
    ...(directive.words[0] === name ? [directive] : []),
    ...findDirectives(directive.block ?? [], name),
  ]);
}

function readBlock(tokens: readonly Token[], from: number): { directives: Directive[]; next: number } {
  const directives: Directive[] = [];
  let words: string[] = [];
  let at = from;
  for (; at < tokens.length && tokens[at] !== '}'; at += 1) {
    const token = tokens[at]!;
    if (typeof token === 'object') {
      words.push(token.word);
      continue;
    }
    if (words.length === 0) throw new Error(`"${String(token)}" without a directive`);
    if (token === ';') directives.push({ words });
    else {
      const { directives: block, next } = readBlock(tokens, at + 1);
      if (tokens[next] !== '}') throw new Error('a "{" without "}"');
      directives.push({ words, block });
      at = next;
    }
    words = [];
  }
  if (words.length > 0) throw new Error(`a directive without ";": ${words.join(' ')}`);
  return { directives, next: at };
}

/** https://nginx.org/en/docs/beginners_guide.html#conf_structure; words as ngx_conf_read_token() reads them. */
function* tokensOf(text: string): Generator<Token> {
  const pattern =
    /\s+|#[^\n]*|([;{}])|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|((?:[^\s;{"'\\]|\\[\s\S])(?:[^\s;{\\]|\\[\s\S])*)|([\s\S])/gy;
  for (const [, sign, double, single, plain, rest] of text.matchAll(pattern)) {
    if (rest !== undefined) throw new Error(`cannot be read: ${JSON.stringify(rest)}`);
    if (sign !== undefined) yield sign as ';' | '{' | '}';
    const word = double ?? single ?? plain;
    if (word !== undefined) yield { word };
  }
}
