import { pointerTo } from '../spec/document';
import type { PlainObject } from '../spec/leaf-differences';
import { textAt } from './field';
import { isName, type NginxDirective, readNginxConf, SYNTAX } from './read-nginx-conf';

/** Where nginx.conf stands in a ConfigMap. */
export const CONF_PATH = '/data/nginx.conf';

/** Names of upstreams as the output has them, by those of the original. */
export type UpstreamNames = ReadonlyMap<string, string>;

/** Blocks of directives. What stands in others, such as `map`, is somebody's values. */
const OF_DIRECTIVES = ['events', 'stream', 'http', 'mail', 'server', 'upstream', 'location', 'if', 'limit_except'];

/** An object whose nginx.conf is compared directive by directive, and not as a text. */
export function withConfFields(object: PlainObject, names: UpstreamNames = new Map()): PlainObject {
  const text = textAt(object, 'data', 'nginx.conf');
  if (object.kind !== 'ConfigMap' || text === undefined) return object;
  const fields = fieldsOf(readNginxConf(text), names);
  return { ...object, data: { ...(object.data as PlainObject), 'nginx.conf': fields } };
}

/** The lines on which directives stand, by the pointers of their fields. */
export function confLines(text: string, names: UpstreamNames = new Map()): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  collect(keyed(readNginxConf(text), names, 'directives'), CONF_PATH, names, lines);
  return lines;
}

/** The line of a field, or of what it stands in. */
export function lineOf(path: string, lines: ReadonlyMap<string, number>): number | undefined {
  for (let inner = path; inner.length > CONF_PATH.length; inner = inner.slice(0, inner.lastIndexOf('/'))) {
    const line = lines.get(inner);
    if (line !== undefined) return line;
  }
  return undefined;
}

function collect(entries: readonly Keyed[], pointer: string, names: UpstreamNames, lines: Map<string, number>): void {
  for (const { key, directive } of entries) {
    const inner = pointerTo(pointer, key);
    lines.set(inner, directive.line);
    if (directive.block !== undefined) collect(blockEntries(directive, names), inner, names, lines);
  }
}

interface Keyed {
  readonly key: string;
  readonly directive: NginxDirective;
}

function blockEntries({ name, block = [] }: NginxDirective, names: UpstreamNames): Keyed[] {
  return keyed(block, names, OF_DIRECTIVES.includes(name) ? 'directives' : 'values');
}

/** Directives by keys of their own: the second of a name has a number. */
function keyed(block: readonly NginxDirective[], names: UpstreamNames, what: 'directives' | 'values'): Keyed[] {
  const next = new Map<string, number>();
  const taken = new Set<string>();
  return block.map((directive) => {
    const base = what === 'directives' ? keyOf(directive, names) : 'entry';
    const isServer = directive.name === 'server' && directive.block === undefined;
    let count = next.get(base) ?? 0;
    let key = count === 0 && !isServer ? base : `${base} ${count}`;
    while (taken.has(key)) {
      count += 1;
      key = `${base} ${count}`;
    }
    next.set(base, count + 1);
    taken.add(key);
    return { key, directive };
  });
}

/** An upstream stands by its name, a server by where it listens: their order has no meaning. */
function keyOf({ name, words, block }: NginxDirective, names: UpstreamNames): string {
  if (name === SYNTAX) return SYNTAX;
  if (name === 'upstream' && block !== undefined && words.length > 0) return names.get(words[0]!) ?? words[0]!;
  if (name === 'server' && block !== undefined) {
    const listen = block.find((inner) => inner.name === 'listen')?.words ?? [];
    const port = /\d+$/.exec(listen[0] ?? '')?.[0];
    return ['server', port, listen.includes('udp') ? 'udp' : undefined].filter((word) => word !== undefined).join(' ');
  }
  return isName(name) ? name : 'entry';
}

function fieldsOf(block: readonly NginxDirective[], names: UpstreamNames): PlainObject {
  return fromEntries(keyed(block, names, 'directives'), names);
}

function fromEntries(entries: readonly Keyed[], names: UpstreamNames): PlainObject {
  return Object.fromEntries(entries.map(({ key, directive }) => [key, fieldOfDirective(directive, names)]));
}

function fieldOfDirective(directive: NginxDirective, names: UpstreamNames): unknown {
  const { name, words, block } = directive;
  if (block !== undefined) {
    const isNamed = words.length > 0 && name !== 'upstream';
    return { ...(isNamed && { '(words)': words.join(' ') }), ...fromEntries(blockEntries(directive, names), names) };
  }
  const text = [...(isName(name) || name === SYNTAX ? [] : [name]), ...words].join(' ');
  return name === 'server' || name === 'listen' ? parametersOf(words) : text;
}

/** `weight=40` is a field, and so is a word such as `udp`. */
function parametersOf([address = '', ...words]: readonly string[]): PlainObject {
  const fields = new Map<string, unknown>([['address', address]]);
  for (const word of words) {
    const [, key, value] = /^([a-z_]+)=(.*)$/s.exec(word) ?? [];
    const name = key ?? word;
    fields.set(fields.has(name) ? `${name} ${fields.size}` : name, key === undefined ? true : value);
  }
  return Object.fromEntries(fields);
}
