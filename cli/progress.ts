import { writeSync } from 'node:fs';

/** Before this time nobody wonders. */
const PATIENCE_MILLISECONDS = 300;

/** Between two words; often enough to be seen, too seldom to cost anything. */
const PERIOD_MILLISECONDS = 100;

/** Where progress is shown. */
interface ProgressScreen {
  /** Whether a person watches: standard error is a terminal that can go back to the start of a line. */
  readonly isWatched: boolean;
  readonly write: (text: string) => void;
  readonly milliseconds: () => number;
}

/** The terminal behind standard error. */
function progressScreen(): ProgressScreen {
  return {
    isWatched: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    write: writeNow,
    milliseconds: () => performance.now(),
  };
}

/** The same items; past 300 ms a line on a terminal counts them, and goes when they end. */
export function* withProgress<T>(items: Iterable<T>, what: string, screen = progressScreen()): Generator<T> {
  if (!screen.isWatched) {
    yield* items;
    return;
  }
  let count = 0;
  let shown = false;
  let next = screen.milliseconds() + PATIENCE_MILLISECONDS;
  try {
    for (const item of items) {
      count += 1;
      const now = screen.milliseconds();
      if (now >= next) {
        screen.write(`\r\u001b[K${count} ${what} ...`);
        shown = true;
        next = now + PERIOD_MILLISECONDS;
      }
      yield item;
    }
  } finally {
    if (shown) screen.write('\r\u001b[K');
  }
}

/** A terminal that is slow or gone is no reason to fail. */
function writeNow(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Progress is not worth an error.
  }
}
