import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/consumers/**'],
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', ...(existsSync('test/reporter.ts') ? ['./test/reporter.ts'] : [])],
    // What the command keeps of large fleets must neither help a test nor stay in a developer's home.
    env: { XDG_CACHE_HOME: join(tmpdir(), 'balancer-test-cache') },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
