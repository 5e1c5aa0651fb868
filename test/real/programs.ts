import { describe, it } from 'vitest';
import { missingPrograms, type ProgramName, realPrograms } from '../../judge/real-programs';

/** Whether a missing program is a failure. */
const MUST_BE_THERE = process.env.CI === 'true';

const FOUND = realPrograms(process.env);

/**
 * A `describe` that needs real programs. Where one is missing its tests are skipped by name; with CI=true there is one
 * test in their place, which fails.
 */
export function describeReal(title: string, needed: readonly ProgramName[], body: () => void): void {
  const missing = missingPrograms(FOUND, needed);
  const name = missing.length === 0 ? title : `${title} (missing: ${missing.join(', ')})`;
  if (missing.length > 0 && MUST_BE_THERE) {
    describe(name, () => {
      it(`has ${needed.join(', ')}`, () => {
        throw new Error(`missing: ${missing.join(', ')}. Run scripts/install-judges.sh`);
      });
    });
    return;
  }
  describe.skipIf(missing.length > 0)(name, body);
}
