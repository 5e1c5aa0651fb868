/**
 * The helpers of the templates. Every text passes through one: what a helper lets through cannot end a directive,
 * open a block, start a comment or call a variable. The model has been checked before; this is the second line of defence.
 */

/** The names of the helpers: all that a template may call. */
export const KNOWN_HELPERS = ['token', 'tokens', 'number', 'image', 'xml', 'cell', 'if', 'each'] as const;

/** Letters, digits and the signs in names, addresses, ports, paths and nginx parameters. */
const TOKEN = /^[A-Za-z0-9_./:=[\]-]+$/;

/** The variable of nginx that our own renderer writes; no user text ever has a `$`. */
const CLIENT_ADDRESS = '$remote_addr';

/** One word that means itself to nginx and to a shell. */
export function token(value: unknown): string {
  if (typeof value !== 'string' || !(TOKEN.test(value) || value === CLIENT_ADDRESS)) {
    throw new Error(`${JSON.stringify(value)} is no token for a template`);
  }
  return value;
}

/** Several words, with a space between them. An empty one leaves its space: the original's `listen 80 ;`. */
export function tokens(values: unknown): string {
  if (!Array.isArray(values)) throw new Error(`${JSON.stringify(values)} is no list of tokens`);
  return values.map((value) => (value === '' ? '' : token(value))).join(' ');
}

/** A whole number in decimal. */
export function number(value: unknown): string {
  if (!Number.isSafeInteger(value)) throw new Error(`${JSON.stringify(value)} is no number for a template`);
  return String(value);
}

/** Registry, name, tag and digest of an image. */
const IMAGE = /^[a-z0-9][A-Za-z0-9._/:-]*(@sha256:[a-f0-9]{64})?$/;

/** The name of an image in a Dockerfile: one word, not an option, nothing that a builder replaces. */
export function image(value: unknown): string {
  if (typeof value !== 'string' || !IMAGE.test(value)) {
    throw new Error(`${JSON.stringify(value)} is no image for a template`);
  }
  return value;
}

/** Characters that no text for people needs, and that would hide or end what stands beside them; XML knows no U+FFFE and U+FFFF. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;

/** One line of text between two tags of XML, or in a quoted attribute. */
export function xml(value: unknown): string {
  const marks: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
  return lineOf(value).replace(/[&<>"']/g, (mark) => `&${marks[mark]};`);
}

/** One line of text in a cell of a Markdown table, without any meaning as Markdown, HTML or a link: https://github.github.com/gfm/ */
export function cell(value: unknown): string {
  return lineOf(value)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/(?<=www)\./gi, '&#46;')
    .replace(/[\\`*_{}[\]()!|~^$=]/g, '\\$&');
}

function lineOf(value: unknown): string {
  if (typeof value !== 'string' || INVISIBLE.test(value)) {
    throw new Error(`${JSON.stringify(value)} is no line of text for a template`);
  }
  return value;
}
