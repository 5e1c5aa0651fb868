import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/consumers/**'],
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', ...(existsSync('test/reporter.ts') ? ['./test/reporter.ts'] : [])],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
