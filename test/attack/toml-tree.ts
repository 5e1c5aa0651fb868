/** A reader of the part of TOML that config_bgp.toml is written in. Whatever else stands in a text is an error. */

/** A value, a list, or a table. https://toml.io/en/v1.0.0 */
export type Toml = string | number | boolean | readonly Toml[] | TomlTable;

/** A table by its keys. */
export interface TomlTable {
  [key: string]: Toml;
}

const KEY = '[a-z-]+';
const LINES = {
  header: new RegExp(`^\\s*\\[(${KEY}(?:\\.${KEY})*)\\]$`),
  listHeader: new RegExp(`^\\s*\\[\\[(${KEY}(?:\\.${KEY})*)\\]\\]$`),
  value: new RegExp(`^\\s*(${KEY}) = (.+)$`),
  // A comment of the template's own: no text of a user but the path of a password.
  comment: /^\s*# (?:[A-Z][A-Za-z. _-]*|auth-password: [A-Za-z0-9._/-]+)$/,
};

/** The tree of a configuration. */
export function parseToml(text: string): TomlTable {
  const root: TomlTable = Object.create(null);
  let table = root;
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!;
    const [listHeader, header, value] = [LINES.listHeader, LINES.header, LINES.value].map((form) => form.exec(line));
    if (line === '' || LINES.comment.test(line)) continue;
    if (listHeader) table = openTable(root, listHeader[1]!, 'list');
    else if (header) table = openTable(root, header[1]!, 'table');
    else if (value) {
      const [, key, first] = value as unknown as [string, string, string];
      if (key in table) throw new Error(`"${key}" stands twice`);
      if (first !== '[') table[key] = scalar(first);
      else {
        const end = lines.findIndex((other, at) => at > index && /^\s*\]$/.test(other));
        table[key] = lines.slice(index + 1, end).map(item);
        index = end;
      }
    } else throw new Error(`cannot be read: ${JSON.stringify(line)}`);
  }
  return root;
}

function item(line: string): Toml {
  const [, value] = /^\s*(.+),$/.exec(line) ?? [];
  if (value === undefined) throw new Error(`is no item of a list: ${JSON.stringify(line)}`);
  return scalar(value);
}

/** No escapes: our texts have none, so that a `\` is an error too. */
function scalar(text: string): Toml {
  const [, items] = /^\[(.*)\]$/.exec(text) ?? [];
  if (items !== undefined) return items.split(', ').map(scalar);
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^(0|[1-9]\d*)$/.test(text)) return Number(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they end a string
  const [, content] = /^"([^"\\\u0000-\u001f\u007f]*)"$/.exec(text) ?? [];
  if (content === undefined) throw new Error(`is no value: ${JSON.stringify(text)}`);
  return content;
}

function openTable(root: TomlTable, path: string, form: 'table' | 'list'): TomlTable {
  const keys = path.split('.');
  const last = keys.pop()!;
  let table = root;
  for (const key of keys) {
    const next = table[key] ?? Object.create(null);
    table[key] = next;
    // The tables behind a list header belong to the last item of the list.
    table = (Array.isArray(next) ? next.at(-1) : next) as TomlTable;
  }
  const own: TomlTable = Object.create(null);
  if (form === 'list') table[last] = [...((table[last] as Toml[] | undefined) ?? []), own];
  else if (last in table) throw new Error(`[${path}] stands twice`);
  else table[last] = own;
  return own;
}
