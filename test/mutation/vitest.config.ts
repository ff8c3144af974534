// Which tests are asked whether they see a mutant: those of the domain, but for one that takes as long as all others.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{alert,budget,money,spend,time}/**/*.test.ts'],
    exclude: ['test/budget/budgets-schema.test.ts'],
    env: { NO_COLOR: '1' },
  },
});
