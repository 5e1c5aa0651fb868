/** Control and bidirectional characters are shown, never obeyed: the text may come from a stranger's pull request. */
export function showControls(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value as JSON, indented; what a terminal could obey in its texts is escaped, which changes no value. */
export function printJson(value: unknown): string {
  // JSON itself escapes what is below a space; line feeds stand between its tokens.
  return `${JSON.stringify(value, null, 2).split('\n').map(showControls).join('\n')}\n`;
}

/** The same for a text of several lines, whose line breaks stay. */
export function visible(text: string): string {
  return text.split('\n').map(showControls).join('\n');
}
