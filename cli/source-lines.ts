import { type LinesOf, linesIn } from '../compiler/diagnostics';
import type { Source } from '../compiler/spec/document';

/** The lines of what was read, for the frames of diagnostics. */
export interface SourceLines {
  /** The same sources; their texts are kept. They are in memory until the last one is read anyway. */
  readonly watch: (sources: Iterable<Source>) => Generator<Source>;
  readonly linesOf: LinesOf;
  /** The names of the files. */
  readonly files: () => readonly string[];
}

/** No lines yet. Those of a file are cut once, when something is told of it. */
export function sourceLines(): SourceLines {
  const texts = new Map<string, string>();
  const cut = new Map<string, readonly string[]>();
  return {
    *watch(sources) {
      for (const source of sources) {
        texts.set(source.file, source.text);
        yield source;
      }
    },
    linesOf(file) {
      const text = texts.get(file);
      if (text !== undefined && !cut.has(file)) cut.set(file, linesIn(text));
      return cut.get(file);
    },
    files: () => [...texts.keys()],
  };
}
