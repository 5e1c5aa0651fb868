import { visible } from '../compiler/diagnostics/show-controls';

/** Says why a command does not do what it was asked to. Answers the exit code, the one that is given. */
export function refuse(problem: string, exitCode: number): number {
  process.stderr.write(`error: ${visible(problem)}\n`);
  return exitCode;
}
