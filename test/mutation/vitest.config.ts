// The tests that are asked in one of the runs.
import { defineConfig } from 'vitest/config';
import { mutationRun } from './mutation-runs.ts';

const { tests, notTests } = mutationRun();

export default defineConfig({
  test: {
    include: [...tests],
    exclude: [...notTests],
    env: { NO_COLOR: '1' },
    setupFiles: ['test/mutation/few-runs.ts'],
  },
});
