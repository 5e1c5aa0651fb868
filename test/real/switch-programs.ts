import { type ProgramName, realPrograms } from '../../judge/real-programs';
import { describeReal } from './programs';

export { describeReal };

const FOUND = realPrograms(process.env);

/** The path of a real program; its name where it is missing, for tests that are skipped then. */
export function programPath(name: ProgramName): string {
  return FOUND.find((program) => program.name === name)?.path ?? name;
}
