// What is mutated, and which tests are asked whether they see it: each folder by its own.

export interface MutationRun {
  readonly name: string;
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  readonly notTests: readonly string[];
}

const SCHEMA = 'lib/budget/budgets-schema.ts';
/** It reads thousands of budgets twice, so each mutant of the parser would take a minute. */
const TESTS_OF_THE_SCHEMA = 'test/budget/budgets-schema.test.ts';
const REFERENCE = 'lib/budget/reference-text.ts';

export const MUTATION_RUNS: readonly MutationRun[] = [
  runOf('alert'),
  {
    ...runOf('budget'),
    mutate: ['lib/budget/**/*.ts', `!${SCHEMA}`, `!${REFERENCE}`],
    notTests: [TESTS_OF_THE_SCHEMA],
  },
  {
    name: 'schema',
    mutate: [SCHEMA, REFERENCE],
    tests: [TESTS_OF_THE_SCHEMA],
    notTests: [],
  },
  runOf('money'),
  runOf('time'),
];

function runOf(folder: string): MutationRun {
  return {
    name: folder,
    mutate: [`lib/${folder}/**/*.ts`],
    tests: [`test/${folder}/**/*.test.ts`],
    notTests: [],
  };
}

/** The one that this process is started for. */
export function mutationRun(): MutationRun {
  const run = MUTATION_RUNS.find(({ name }) => name === process.env.MUTATION_RUN);
  if (run === undefined)
    throw new Error(`MUTATION_RUN is one of ${MUTATION_RUNS.map(({ name }) => name).join(', ')}`);
  return run;
}
