#!/usr/bin/env node
import { internalError, isWriteError, outputError, USAGE } from './exit-codes';
import { program } from './program';

async function main(): Promise<void> {
  try {
    await program().parseAsync(process.argv);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

/** commander has written its message already when it throws; its own code tells help from a wrong call. */
function exitCodeOf(error: unknown): number {
  const { code, exitCode } = error as { readonly code?: string; readonly exitCode?: number };
  if (code?.startsWith('commander.')) return exitCode === 0 ? 0 : USAGE;
  return isWriteError(error) ? outputError(error) : internalError(error);
}

// A reader that has seen enough, such as `head`, is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(outputError(error));
});

// What nobody can hear changes nothing of what was done.
process.stderr.on('error', () => {});

void main();
