import { writeSync } from 'node:fs';

/**
 * Writes to standard output, now: process.stdout would keep all of it in memory. A pipe that is full says EAGAIN, and one
 * whose reader has seen enough, such as `head`, EPIPE: that is no fault of ours.
 */
export function writeOut(piece: string | Uint8Array): void {
  const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
