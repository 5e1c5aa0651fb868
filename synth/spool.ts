import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As much text as waits in memory, in characters, before it goes to a temporary file. */
const PIECE = 1024 * 1024;

/** Text that waits until it is known whether anybody may see it; memory stays flat, however much it is. */
export interface Spool {
  readonly add: (text: string) => void;
  /** Everything that was added, in pieces, and the end of the spool. */
  readonly drain: () => Generator<string | Uint8Array>;
  readonly discard: () => void;
}

/** An empty spool. The temporary file, if there is need for one, has no name: it goes with the process. */
export function spool(): Spool {
  let waiting = '';
  let file: number | undefined;
  const close = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return {
    add(text) {
      waiting += text;
      if (waiting.length < PIECE) return;
      file ??= namelessFile();
      writeSync(file, waiting);
      waiting = '';
    },
    *drain() {
      if (file !== undefined) yield* pieces(file);
      close();
      yield waiting;
    },
    discard: close,
  };
}

function namelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'balancer-'));
  const file = openSync(join(folder, 'spool'), 'wx+', 0o600);
  rmSync(folder, { recursive: true });
  return file;
}

function* pieces(file: number): Generator<Uint8Array> {
  const { size } = fstatSync(file);
  for (let position = 0; position < size; ) {
    const piece = new Uint8Array(Math.min(PIECE, size - position));
    position += readSync(file, piece, 0, piece.length, position);
    yield piece;
  }
}
