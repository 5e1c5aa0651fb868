import { extentAt } from './extent';
import { isPlainKey, isSecretName } from './secret-names';

/** What stands in place of a secret. */
export const COVER = '***';

/** A key of YAML or JSON on a line, in block and flow style. */
const KEY =
  /(?<=^|[\s{[,])(?:"((?:[^"\\]|\\.)*)"\s*:|'((?:[^']|'')*)'\s*:|([^\s"'{}[\],:#][^\s{}[\],:"']*)\s*:(?=\s|$))/g;

/** An option of a command, and a password in an address. */
const OPTION = /(?<=(?:^|[\s"'[,])--?([A-Za-z][\w-]*)=)[^\s"',\]]+/g;
const ADDRESS = /(?<=:\/\/[^\s/@:]*:)[^\s/@]+(?=@)/g;

/** What may stand on the lines below a key. */
interface Below {
  readonly indentation: number;
  /** A text of several lines is covered whole; elsewhere, lines with keys of their own are judged by those. */
  readonly isText: boolean;
}

/** The lines of a file; what stands under the name of a secret is covered, whatever else is wrong with it. */
export function withoutNamedSecrets(lines: readonly string[]): readonly string[] {
  let below: Below | undefined;
  return lines.map((line, index) => {
    if (below !== undefined && goesOn(line, below)) {
      if (below.isText || !hasKey(line)) return line.replace(/(?<=^\s*(?:- +)*)[^\s-].*/, COVER);
    } else below = undefined;
    const found = secretsOn(line, neighboursOf(lines, index));
    below = found.below ?? below;
    return found.places.reduceRight(coverAt, withoutInlineSecrets(line));
  });
}

/** A line of the same value: deeper, or the item of a list that stands as deep as its key. */
function goesOn(line: string, { indentation, isText }: Below): boolean {
  if (line.trim() === '') return true;
  const own = line.length - line.trimStart().length;
  return own > indentation || (!isText && own === indentation && /^\s*- /.test(line));
}

function hasKey(line: string): boolean {
  return [...line.matchAll(KEY)].length > 0;
}

/** A part of a line, from its first code unit to the one behind its last. */
type Place = readonly [start: number, end: number];

function secretsOn(
  line: string,
  neighbours: readonly string[],
): { readonly places: readonly Place[]; readonly below?: Below } {
  const places: Place[] = [];
  let below: Below | undefined;
  for (const match of line.matchAll(KEY)) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (!isSecret(name, [line, ...neighbours])) continue;
    const start =
      match.index + match[0].length + (/^\s*/.exec(line.slice(match.index + match[0].length))?.[0].length ?? 0);
    const value = line.slice(start);
    const isText = /^[|>]/.test(value) || /^(?:"(?:[^"\\]|\\.)*|'[^']*)$/.test(value);
    if (!/[{[]/.test(line.slice(0, match.index))) below = { indentation: match.index, isText };
    if (isCovered(value)) places.push([start, isText ? line.length : start + extentAt(line, start + 1)]);
  }
  return { places, ...(below && { below }) };
}

/** Whether a value may be a secret: none are nothing, true and false, an alias, and what has fields of its own. */
function isCovered(value: string): boolean {
  if (/^(?:$|#|[|>][-+\d]*\s*(?:#|$)|[{*&!]|\[[^\]]*[{:])/.test(value)) return false;
  return !/^(?:true|false|null|~)\s*(?:$|[,}\]#])/i.test(value);
}

/** By its name; `value` by the name beside it, as in the variables of a container; `key` unless it is the name of an entry. */
function isSecret(name: string, around: readonly string[]): boolean {
  if (isPlainKey(name)) return !around.some((line) => ENTRY.test(line));
  if (name !== 'value') return isSecretName(name);
  return around.some((line) => isSecretName(NAMED.exec(line)?.[1] ?? ''));
}

/** What stands beside `key` where that is the name of a label, a taint or an entry of a Secret. */
const ENTRY =
  /(?:^|[\s{,"])(?:name|operator|effect|values?|optional|path|mode|tolerationSeconds|topologyKey|weight)"?\s*:/;

const NAMED = /(?:^|[\s{,])"?name"?\s*:\s*["']?([\w.-]+)/;

/** The lines next to one that belong to the same object: as deep as this one, its dash counted as depth. */
function neighboursOf(lines: readonly string[], index: number): readonly string[] {
  const depthOf = (line: string): number => /^[\s-]*/.exec(line)?.[0].length ?? 0;
  const own = depthOf(lines[index] ?? '');
  const isOwn = (line: string | undefined): line is string => line !== undefined && depthOf(line) === own;
  const startsItem = (line: string | undefined): boolean => line !== undefined && /^\s*- /.test(line);
  const before = startsItem(lines[index]) ? [] : [lines[index - 1]];
  const after = startsItem(lines[index + 1]) ? [] : [lines[index + 1]];
  return [...before, ...after].filter(isOwn);
}

/** Where more stands behind it, places on the line stay as they are. */
function coverAt(line: string, [start, end]: Place): string {
  const rest = line.slice(end);
  const cover = /^[\s\]}]*(?:#|$)/.test(rest) ? COVER : '*'.repeat(end - start);
  return line.slice(0, start) + cover + rest;
}

function withoutInlineSecrets(line: string): string {
  return line
    .replace(OPTION, (value, option: string) => (isSecretName(option) ? '*'.repeat(value.length) : value))
    .replace(ADDRESS, (value) => '*'.repeat(value.length));
}
