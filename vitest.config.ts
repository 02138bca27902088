import { defineConfig } from 'vitest/config';

// Unit tests share one PostgreSQL cluster and two workers; the other two drive whole servers and browsers, so they run
// alone, one file after the other, once the unit tests are done.
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          globalSetup: ['scripts/testing/postgres.ts'],
          maxWorkers: 2,
          // No test leaves a key file in the home folder of whoever runs it.
          env: { ZENDO_SECRETS_KEY: Buffer.alloc(32, 7).toString('base64') },
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'compat',
          include: ['compat/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['packages/dashboard/e2e/**/*.test.ts'],
          // A page on a busy machine takes longer than the second that is waited for elsewhere.
          expect: { poll: { timeout: 8000 } },
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    restoreMocks: true,
  },
});
