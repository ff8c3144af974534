// How the tests run. What holds no state between calls is loaded once for many files; all else has a process for each file.
import { defineConfig } from 'vitest/config';

/**
 * Of the domain, and of the construct: neither reads its surroundings, nor do these tests change them. Loading the CDK anew
 * for each file took longer than testing with it; together it is a fifth of the time of all tests.
 */
const STATELESS = [
  'alert',
  'budget',
  'infra',
  'lists',
  'money',
  'notify',
  'run',
  'webhook',
  'spend',
  'time',
  'timelines',
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'loaded once', include: STATELESS, isolate: false } },
      { extends: true, test: { name: 'on its own', include: ['test/**/*.test.ts'], exclude: STATELESS } },
    ],
    // Colours are for terminals, and some libraries take a CI for one.
    env: { NO_COLOR: '1' },
    // One process for each core: the default leaves one idle, and on two cores that is half of them.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Of these processes; `npm run coverage` adds what the programs run that tests start.
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts', 'functions/**/*.ts', 'infra/**/*.ts'],
      reporter: ['json'],
    },
  },
});
