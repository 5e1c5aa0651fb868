/** What a stranger might write into a field: texts that mean something to nginx, YAML, a shell, JavaScript or a terminal. */

/** One value, and how YAML writes it where JSON has no way. */
export interface Payload {
  readonly value: unknown;
  /** @default the value as JSON */
  readonly yaml?: string;
}

const NGINX = [
  '127.0.0.1:80; server 9.9.9.9',
  'x; } server { listen 9999; proxy_pass 9.9.9.9:1; } upstream evil { server 127.0.0.1',
  'unix:/run/x.sock',
  '169.254.169.254',
  'localhost',
  '$remote_addr',
  '\u0024{remote_addr}',
  'a b',
  'a;',
  '{',
  '}',
  '{}',
  '#',
  'a#b',
  '"',
  "'",
  'a"b',
  "a'b",
  '\\',
  'a\\',
  '\\n',
  'a\nload_module /tmp/x.so;',
  'a\ninclude /etc/passwd;',
  'a weight=1',
  'a:80 backup',
  '*',
  '~^x',
  '@named',
];

const YAML = [
  'x #c',
  'x\nnamespace: kube-system',
  ', evil: b',
  'a: b',
  '- a',
  '---',
  'a\n---\nkind: Secret',
  '...',
  '--- # x',
  '&a',
  '*a',
  '!!binary aGk=',
  '<<',
  '| x',
  '>-',
  '%YAML 1.1',
  '? x',
  '  leading',
  'trailing  ',
  '\ttab',
  'a\tb',
  '\n',
  '\n\n',
  'a\n',
  'a\n\n',
  ' \n a',
  'a\n  evil.conf: y\n b',
  'a\r\nb',
  'a\rb',
];

/** Texts that one YAML reader or another takes for something else. */
const TYPES = [
  ...['', ' ', 'yes', 'no', 'on', 'off', 'y', 'n', 'Y', 'true', 'False', 'null', '~', 'Null'],
  ...['0x50', '0o17', '017', '0b11', '1e3', '1_000', '1:30', ' 80', '80 ', '80\n', '+80', '80.5', '.5', '1.', '-0'],
  ...['.inf', '.nan', 'NaN', 'Infinity', '2026-01-01', '=', '1e400', '08', '0'],
];

const SHELL = [
  '$(reboot)',
  '`reboot`',
  'a && reboot',
  'a | sh',
  'a > /etc/x',
  '\u0024{IFS}',
  '../../etc/passwd',
  '-rf',
  '!1',
];

const TEMPLATES = ['{{x}}', '{{{x}}}', '{{> partial}}', '{{#if x}}', '{{lookup this "constructor"}}', '<%= x %>'];

const JAVASCRIPT = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'toJSON', 'then'];

const CHARACTERS = [
  '\0',
  'a\0b',
  '\u0007',
  '\u001b[2J',
  '\u007f',
  '\u0085',
  'a\u0085b',
  '\u00a0',
  'a\u2028b',
  'a\u2029b',
  '\ufeffa',
  '\u202egnp.exe',
  '\u200bzero',
  'p\u0430yments',
  '\u2024',
  '\uff1b',
  '\ud800',
  '\udc00a',
  '\u{1f600}',
  'e\u0301',
  '\u0130',
];

const OTHERS: readonly Payload[] = [
  { value: null },
  { value: null, yaml: '~' },
  { value: true },
  { value: false },
  { value: 80.5 },
  { value: 1000, yaml: '1e3' },
  { value: 80, yaml: '0x50' },
  { value: 15, yaml: '0o17' },
  { value: -1 },
  { value: -0, yaml: '-0' },
  { value: 2 ** 53 },
  { value: 1e21 },
  { value: Number.POSITIVE_INFINITY, yaml: '1e400' },
  { value: Number.NEGATIVE_INFINITY, yaml: '-.inf' },
  { value: Number.NaN, yaml: '.nan' },
  { value: [] },
  { value: ['a'] },
  { value: [[[]]] },
  { value: {} },
  { value: { a: { b: ['c'] } } },
  { value: { toString: 1, valueOf: 1 } },
  { value: JSON.parse('{"__proto__": {"polluted": true}}') },
  { value: JSON.parse('{"constructor": {"prototype": {"polluted": true}}}') },
  { value: { length: 1e9 } },
];

const TEXTS = [...NGINX, ...YAML, ...TYPES, ...SHELL, ...TEMPLATES, ...JAVASCRIPT, ...CHARACTERS, 'x'.repeat(900)];

/** Every payload that is a text. */
export const TEXT_PAYLOADS: readonly (Payload & { readonly value: string })[] = TEXTS.map((value) => ({ value }));

/** Every payload. */
export const PAYLOADS: readonly Payload[] = [...TEXT_PAYLOADS, { value: 'x'.repeat(5000) }, ...OTHERS];

/** A payload as YAML writes it. */
export function yamlOf({ value, yaml }: Payload): string {
  return yaml ?? JSON.stringify(value);
}

/** A payload as the title of a test. */
export function titleOf(payload: Payload): string {
  const text = payload.yaml ?? JSON.stringify(payload.value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
