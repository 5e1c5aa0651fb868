import { styleText } from 'node:util';
import { type Palette, PLAIN } from '../compiler/diagnostics';

/** Colours for a terminal; none for a file, a pipe, a terminal without them, or whoever wants none: https://no-color.org */
export function palette(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Palette {
  if (!stream.isTTY || env.NO_COLOR || env.TERM === 'dumb') return PLAIN;
  const style =
    (...formats: Parameters<typeof styleText>[0][]) =>
    (text: string): string =>
      formats.reduce((styled: string, format) => styleText(format, styled), text);
  return {
    error: style('red', 'bold'),
    warning: style('yellow', 'bold'),
    place: style('bold'),
    gutter: style('blue'),
    caret: style('red', 'bold'),
  };
}
