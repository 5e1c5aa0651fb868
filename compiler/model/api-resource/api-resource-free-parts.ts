import { pointerTo } from '../../spec/document';
import type { ApiResourceSpec } from '../../spec/generated/api-resource';
import { show } from '../../spec/shape-errors';
import type { Problems } from '../problems';

/** Levels of maps and lists in a schema or a sample. Printed in its definition, a schema stays below the limits of YAML readers. */
const MAX_LEVELS = 64;

/** Checks the parts of a spec that may hold anything. Whether everything that follows may walk into them, and print them. */
export function checkFreeParts({ versions, sample }: ApiResourceSpec, problems: Problems): boolean {
  const parts = [
    ...versions.map(({ schema }, index) => [`/spec/versions/${index}/schema`, schema] as const),
    ['/spec/sample', sample] as const,
  ];
  const results = parts.map(([pointer, part]) => {
    if (levelsOf(part, 0) <= MAX_LEVELS) return checkNumbers(part, pointer, problems);
    problems.add('BAL3209', pointer, `more than ${MAX_LEVELS} maps and lists are within each other`);
    return false;
  });
  return !results.includes(false);
}

function levelsOf(value: unknown, level: number): number {
  if (typeof value !== 'object' || value === null || level > MAX_LEVELS) return level;
  return Object.values(value).reduce<number>((most, inner) => Math.max(most, levelsOf(inner, level + 1)), level);
}

/** YAML has numbers that JSON lacks, and with it the API server: `.inf` and `.nan`. */
function checkNumbers(value: unknown, pointer: string, problems: Problems): boolean {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    problems.add('BAL2005', pointer, `${show(value)} is no number that the API server reads`);
    return false;
  }
  if (typeof value !== 'object' || value === null) return true;
  const good = Object.entries(value).map(([key, inner]) => checkNumbers(inner, pointerTo(pointer, key), problems));
  return !good.includes(false);
}
