/** Loaded before a measured program (`node --require`): at the exit it writes what the process has used to file 3. */
import { readFileSync, writeSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: peak(maxRSS) }));
});

/** `maxRSS` (in KiB) never falls below the memory of the parent at the fork; Linux knows the peak of this program alone. */
function peak(maxRSS: number): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? maxRSS) / 1024;
  } catch {
    return maxRSS / 1024;
  }
}
