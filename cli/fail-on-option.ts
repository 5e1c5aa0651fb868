import { Option } from 'commander';
import { FAIL_ON } from './exit-codes';

/** `--fail-on`, the same in all commands that look at specs. */
export function failOnOption(): Option {
  return new Option('--fail-on <severity>', 'exit with 1 from this severity on')
    .choices(Object.keys(FAIL_ON))
    .default('error');
}
