// How the tests run: every file in a process of its own, nothing shared but the source.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
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
