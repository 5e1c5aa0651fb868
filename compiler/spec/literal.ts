/** Texts that were meant to be something else: keys that belong into a Secret, and places of a template that nobody filled. */

/** What people call the parts of an AccessKey of Alibaba Cloud, in any spelling. */
const KEY_NAME = /^(alibaba|alicloud|aliyun)?[-_.]?(access[-_.]?key([-_.]?(id|secret))?|secret[-_.]?access[-_.]?key)$/i;

/** Whether a field by this name would hold a key. */
export function isKeyName(field: string): boolean {
  return KEY_NAME.test(field);
}

/** An AccessKey id as Alibaba Cloud gives them out, and the same in base64. */
const ACCESS_KEY_ID = /^(LTAI[A-Za-z0-9]{8,}|TFRBS[A-Za-z0-9+/]{8,}={0,2})$/;

/** Whether a text is an AccessKey id, and not the name of one. */
export function isAccessKeyId(text: string): boolean {
  return ACCESS_KEY_ID.test(text);
}

/** `${NAME}`, `$NAME`, `{{ name }}`, `<name>`, and the stars with which documents hide the rest of a value. */
const PLACEHOLDER = /\$\{[^}]*\}|\$[A-Z][A-Z0-9_]*|\{\{[^}]*\}\}|<[^<>]+>|\*{3,}/;

/** The first place of a template in a value that nobody filled. */
export function placeholderIn(value: unknown): string | undefined {
  return typeof value === 'string' ? PLACEHOLDER.exec(value)?.[0] : undefined;
}

/** What people call the secrets of an API server's users, in any spelling. */
const TOKEN_NAME =
  /^(static|bearer|auth|access|admin|user|api)?[-_]?(tokens?|passwords?|credentials?)([-_]?(csv|lines|data))?$/i;

/** Whether a field by this name would hold a token or a password. */
export function isTokenName(field: string): boolean {
  return TOKEN_NAME.test(field);
}

/** Forms in which tokens and passwords are written, the published ones of 004's documents first. */
const STATIC_TOKENS: readonly (readonly [form: RegExp, what: string])[] = [
  [/\badmin:teleport\b/, "the original's published user and password"],
  [/BpLnfgDsc2WD8F2qNfHK5a84/, "the original's published token"],
  [/(^|\n)\s*[^\s,]{6,},[^\s,]+,("?\d+"?|[^\s,]+,)|(^|\n)\s*[^\s,]{16,},[^\s,]+,[^\s,]+/, 'a line of a token file'],
  [/:\/\/[^/\s@]*:[^/\s@]*@/, 'an address with a password'],
  [/^bearer\s+\S/i, 'a bearer token'],
  [/(^|[-\s])(token|password)=\S/i, 'an option with a token'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/, 'a JSON Web Token'],
];

/** What kind of token or password a text has in it. */
export function staticTokenIn(text: string): string | undefined {
  return STATIC_TOKENS.find(([form]) => form.test(text))?.[1];
}
