import type { PlainObject } from '../spec/leaf-differences';

/** A statement of bird.conf, or a block of them. */
interface Statement {
  readonly words: string;
  readonly body?: readonly Statement[];
}

/** Statements whose keyword has several words: https://bird.network.cz/?get_doc&v=16&f=bird-6.html#ss6.3 */
const KEYWORDS =
  /^(router id|source address|next hop (?:self|keep)|hold time|startup hold time|keepalive time|connect (?:delay|retry) time|error (?:wait|forget) time|graceful restart(?: time)?|add paths|merge paths|(?:import|export|receive) limit|kernel table|scan time|allow local as|[a-z][a-z0-9_-]*)(?:\s+(.*))?$/is;

/** Blocks whose names tell them apart, and stand in a path. */
const NAMED = /^(filter|function|template \w+|table)\s+(\w+)/;

/** What bird.conf says, key by key: sessions by the address of their neighbor, other blocks by what they are for. */
export function readBirdConf(text: string): PlainObject {
  return fieldsOf(statementsIn(tokensOf(text)), '');
}

const COMMENT = /#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/;
const TOKEN = new RegExp(`${COMMENT.source}|\\s+|"[^"\\n]*"?|\\[[^\\]]*\\]?|[{};]|[^\\s{};"[#]+|.`, 'gs');

/** Words, texts and sets; comments are nothing. */
function tokensOf(text: string): string[] {
  return (text.match(TOKEN) ?? []).filter((token) => token.trim() !== '' && !/^(?:#|\/\*)/.test(token));
}

/** Blocks that were never closed end with the text. No recursion: a text of a thousand braces is no deeper than one. */
function statementsIn(tokens: readonly string[]): readonly Statement[] {
  const open: { words: string; body: Statement[] }[] = [{ words: '', body: [] }];
  let words: string[] = [];
  const end = (): void => {
    if (words.length > 0) open.at(-1)!.body.push({ words: words.join(' ').replace(/\s+/g, ' ') });
    words = [];
  };
  for (const token of tokens) {
    if (token === ';') end();
    else if (token === '{' && open.length < DEEPEST) {
      const block = { words: words.join(' '), body: [] };
      words = [];
      open.at(-1)!.body.push(block);
      open.push(block);
    } else if (token === '}' && open.length > 1) {
      end();
      open.pop();
    } else words.push(token);
  }
  end();
  return open[0]!.body;
}

const DEEPEST = 16;

function fieldsOf(statements: readonly Statement[], block: string): PlainObject {
  const fields: Record<string, unknown> = Object.create(null);
  const add = (key: string, value: unknown): void => {
    const known = fields[key];
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(value)) return;
    let own = key;
    for (let place = 2; own in fields; place += 1) own = `${key} ${place}`;
    fields[own] = value;
  };
  const isProgram = /^(?:filter|function)\b/.test(block);
  statements.forEach((statement, place) => {
    if (statement.body !== undefined) addBlock(statement.words, statement.body, add);
    else if (isProgram) add(String(place + 1), statement.words);
    else for (const [key, value] of leavesOf(statement.words)) add(key, value);
  });
  return { ...fields };
}

function addBlock(words: string, body: readonly Statement[], add: (key: string, value: unknown) => void): void {
  const [, type, name] = /^protocol (\w+)(?: (\S+))?/.exec(words) ?? [];
  const fields = fieldsOf(body, words);
  if (type !== undefined) {
    const neighbor = type === 'bgp' ? fields.neighbor : undefined;
    const key = typeof neighbor === 'string' ? `session with ${neighbor}` : `protocol ${type}`;
    add(key, { ...(name !== undefined && name !== '{' && { name }), ...fields });
    return;
  }
  const named = NAMED.exec(words);
  const first = named ? `${named[1]} ${named[2]}` : (/^[a-z][a-z0-9_]*/i.exec(words)?.[0] ?? 'block');
  const rest = named ? '' : words.slice(first.length).trim();
  add(first, { ...(rest !== '' && { argument: rest }), ...fields });
}

/** `local` and `neighbor` have several parts, and the address of `local` is that of `source address`. */
function leavesOf(words: string): readonly (readonly [string, string | number])[] {
  const [, keyword, rest = ''] = KEYWORDS.exec(words) ?? [undefined, 'statement', words];
  const key = keyword!.toLowerCase();
  if (key !== 'local' && key !== 'neighbor') return [[key, value(rest)]];
  const [, address, port, asn, more] =
    /^(?:(?!as\b|port\b)([0-9A-Fa-f:.]+(?:%\S+)?))?\s*(?:port (\d+))?\s*(?:as (\d+))?\s*(.*)$/.exec(rest) ?? [];
  const part = (name: string, text: string | undefined) => (text ? ([[name, value(text)]] as const) : []);
  return [
    ...part(key === 'local' ? 'source address' : 'neighbor', address),
    ...part(`${key} port`, port),
    ...part(`${key} as`, asn),
    ...part(`${key} options`, more),
  ];
}

/** Numbers are numbers; a text is what stands between its quotes. */
function value(text: string): string | number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  return /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text;
}
