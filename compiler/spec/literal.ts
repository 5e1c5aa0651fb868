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
