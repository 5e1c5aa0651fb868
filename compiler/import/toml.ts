import type { PlainObject } from '../spec/leaf-differences';

type Table = Record<string, unknown>;

/** Tables within tables. */
const DEEPEST = 16;

/**
 * The part of TOML that configurations of gobgpd are written in: tables, lists of tables, and keys with texts, numbers, booleans
 * and lists of them. A line of any other form is a field `line N`, so that it is told too. https://toml.io/en/v1.0.0
 */
export function readToml(text: string): PlainObject {
  const root: Table = Object.create(null);
  let table: Table = root;
  for (const { line, number } of logicalLines(text)) {
    const head = /^\[([^[\]]+)\]$/.exec(line) ?? /^\[\[([^[\]]+)\]\]$/.exec(line);
    if (head !== null) {
      const next = tableAt(root, keysOf(head[1]!), line.startsWith('[[') ? 'list' : 'table');
      table = next ?? unread(root, number, line);
      continue;
    }
    if (!setField(table, line)) root[`line ${number}`] = line;
  }
  return copyOf(root) as PlainObject;
}

/** Remembers a line that was not understood; what follows in its table belongs to nothing. */
function unread(root: Table, number: number, line: string): Table {
  root[`line ${number}`] = line;
  const lost: Table = Object.create(null);
  root[`below line ${number}`] = lost;
  return lost;
}

function setField(table: Table, line: string): boolean {
  const [, key, value] = /^((?:[\w-]+|"[\w.-]+")(?:\s*\.\s*(?:[\w-]+|"[\w.-]+"))*)\s*=\s*(.+)$/s.exec(line) ?? [];
  const keys = keysOf(key ?? '');
  const parsed = value === undefined ? undefined : tomlValue(value.trim());
  const inner = keys.length > 1 ? tableAt(table, keys.slice(0, -1), 'table') : table;
  const name = keys.at(-1);
  if (parsed === undefined || name === undefined || inner === undefined || name in inner) return false;
  inner[name] = parsed;
  return true;
}

/** Lines without comments; a list may go over several. */
function* logicalLines(text: string): Generator<{ readonly line: string; readonly number: number }> {
  let open = '';
  let start = 0;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const clean = withoutComment(line).trim();
    if (clean === '') continue;
    if (open === '') start = index + 1;
    const whole = open === '' ? clean : `${open} ${clean}`;
    open = isOpen(whole) ? whole : '';
    if (open === '') yield { line: whole, number: start };
  }
  if (open !== '') yield { line: open, number: start };
}

function withoutComment(line: string): string {
  return /^(?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*')*/.exec(line)![0];
}

function isOpen(line: string): boolean {
  return /^[\w".-]+\s*=\s*\[/.test(line) && !line.endsWith(']');
}

function keysOf(head: string): string[] {
  return (head.match(/"[^"]*"|[^.\s"]+/g) ?? []).map((key) => key.replaceAll('"', ''));
}

function tableAt(root: Table, keys: readonly string[], form: 'table' | 'list'): Table | undefined {
  if (keys.length === 0 || keys.length > DEEPEST || keys.some((key) => !/^[\w.-]+$/.test(key))) return undefined;
  let table = root;
  for (const [index, key] of keys.entries()) {
    const known = table[key];
    if (index === keys.length - 1 && form === 'list') {
      if (known !== undefined && !Array.isArray(known)) return undefined;
      const item: Table = Object.create(null);
      table[key] = [...(known ?? []), item];
      return item;
    }
    if (known === undefined) table[key] = Object.create(null);
    const next: unknown = Array.isArray(known) ? known.at(-1) : table[key];
    if (typeof next !== 'object' || next === null || Array.isArray(next)) return undefined;
    table = next as Table;
  }
  return table;
}

function tomlValue(text: string): unknown {
  if (/^"(?:[^"\\]|\\["\\nt])*"$/.test(text)) return JSON.parse(text.replaceAll('\t', '\\t'));
  if (/^'[^']*'$/.test(text)) return text.slice(1, -1);
  if (/^[+-]?\d(?:_?\d){0,14}$/.test(text)) return Number(text.replaceAll('_', ''));
  if (/^[+-]?\d{1,15}\.\d{1,15}$/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return text.startsWith('[') && text.endsWith(']') ? listOf(text.slice(1, -1)) : undefined;
}

function listOf(text: string): unknown[] | undefined {
  const item = /"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,"']+/g;
  const values = (text.match(item) ?? []).map(tomlValue);
  const rest = text.replace(item, '').replace(/[\s,]/g, '');
  return rest === '' && !values.includes(undefined) ? values : undefined;
}

/** Tables without a prototype become ordinary objects for those who compare them. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // Nothing was lost below a line that nothing followed.
      .filter(([key, field]) => !key.startsWith('below line ') || Object.keys(field as object).length > 0)
      .map(([key, field]) => [key, copyOf(field)]),
  );
}
