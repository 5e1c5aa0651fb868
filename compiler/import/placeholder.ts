/** Whether somebody was to fill a text in. */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && /\$\{[^}]*\}|\$[A-Z_]{3,}|<[a-z][^>]*>|\*\*\*/.test(value);
}
