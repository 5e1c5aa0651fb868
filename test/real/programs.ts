import { describe, it } from 'vitest';
import { findProgram } from '../../judge/find-program';
import { missingPrograms, type ProgramName, realPrograms } from '../../judge/real-programs';

/** Whether a missing program is a failure. */
const MUST_BE_THERE = process.env.CI === 'true';

const FOUND = realPrograms(process.env);

/** Programs that judge in tests only: `balancer verify` has nothing for them to read. */
const TEST_PROGRAMS = ['xmllint'] as const;

type TestProgram = (typeof TEST_PROGRAMS)[number];

/** Those of the needed programs that are missing, in words. */
function missingAmong(needed: readonly (ProgramName | TestProgram)[]): readonly string[] {
  const isTestProgram = (name: string): name is TestProgram => TEST_PROGRAMS.some((own) => own === name);
  const judges = needed.filter((name) => !isTestProgram(name)) as readonly ProgramName[];
  const others = needed.filter((name) => isTestProgram(name) && findProgram(name, process.env) === undefined);
  return [...missingPrograms(FOUND, judges), ...others];
}

/**
 * A `describe` that needs real programs. Where one is missing its tests are skipped by name; with CI=true there is one
 * test in their place, which fails.
 */
export function describeReal(title: string, needed: readonly (ProgramName | TestProgram)[], body: () => void): void {
  const missing = missingAmong(needed);
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
