import type { Reporter, TestModule } from 'vitest/node';
import { describeProgram, realPrograms } from '../judge/real-programs';

/** A vitest reporter that says last which real programs judged, and how many tests passed, failed and were skipped. */
export default function reporter(): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      const programs = realPrograms(process.env);
      const used = programs.filter(({ path }) => path !== undefined);
      const missing = programs.filter(({ path }) => path === undefined);
      const lines = [
        `real programs used: ${used.map(describeProgram).join(', ') || 'none'}`,
        `real programs missing: ${missing.map(describeProgram).join(', ') || 'none'}`,
        countsOf(modules, errors.length),
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
    },
  };
}

/** A file that could not even be read counts as one failed test, and so does each error outside of tests. */
function countsOf(modules: readonly TestModule[], errors: number): string {
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
  const broken = modules.filter((module) => module.errors().length > 0).length;
  const count = (state: string): number => states.filter((each) => each === state).length;
  return `${count('passed')} passed, ${count('failed') + broken + errors} failed, ${count('skipped')} skipped`;
}
