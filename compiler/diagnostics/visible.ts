/** A text for a terminal: control characters in it are shown, not obeyed. Line breaks stay. */
export function visible(text: string): string {
  return [...text]
    .map((sign) => (isControl(sign) ? `\\u${sign.codePointAt(0)!.toString(16).padStart(4, '0')}` : sign))
    .join('');
}

function isControl(sign: string): boolean {
  const code = sign.codePointAt(0)!;
  return (code < 32 && sign !== '\n') || (code > 126 && code < 160);
}
