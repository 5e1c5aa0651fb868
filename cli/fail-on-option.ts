import { Option } from 'commander';
import type { FailOn } from './exit-codes';

/** `--fail-on`, the same in all commands that look at specs. */
export function failOnOption(severities: readonly FailOn[] = ['error', 'warning']): Option {
  return new Option('--fail-on <severity>', 'exit with 1 from this severity on').choices(severities).default('error');
}
