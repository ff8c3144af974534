// Which tests are asked whether they see a mutant: those of its own folder, but for one that takes as long as all others.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [`test/${process.env.MUTATED_FOLDER ?? '*'}/**/*.test.ts`],
    exclude: ['test/budget/budgets-schema.test.ts'],
    env: { NO_COLOR: '1' },
  },
});
