const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** Seconds of a duration such as "1h30m". https://pkg.go.dev/time#ParseDuration, without fractions and small units. */
export function goDurationSeconds(text: string): number {
  return [...text.matchAll(/([0-9]+)([hms])/g)].reduce((sum, [, count, unit = '']) => {
    return sum + Number(count) * (UNITS[unit] ?? 0);
  }, 0);
}
