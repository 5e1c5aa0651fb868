import type { CodeExample } from './generated/examples';

/** A wrong and a right spec of a code, as text for people; the lines that differ are marked as in a diff. */
export function exampleText({ wrong, said, right, removed = [], added = [] }: CodeExample): string {
  const put = right === undefined ? '' : `\nright:\n${indented(right, '+', added)}`;
  return `\nwrong:\n${indented(wrong, '-', removed)}\nsaid:\n${indented(said, ' ', [])}${put}`;
}

/** The same as Markdown. */
export function exampleMarkdown({ wrong, said, right }: CodeExample): string {
  const put = right === undefined ? [] : ['Right:', fenced('yaml', right)];
  return ['Wrong:', fenced('yaml', wrong), 'Said:', fenced('text', said), ...put].join('\n\n');
}

/** The lines of a text behind a margin that marks some of them. */
function indented(text: string, mark: string, marked: readonly number[]): string {
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.map((line, at) => `${marked.includes(at + 1) ? `${mark} ` : line === '' ? '' : '  '}${line}\n`).join('');
}

/** A block whose fence is longer than any that stands in it. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}
