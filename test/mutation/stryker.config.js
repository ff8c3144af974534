// How Stryker mutates in one of the runs.
import { mutationRun } from './mutation-runs.ts';

const { name, mutate } = mutationRun();

export default {
  packageManager: 'npm',
  testRunner: 'vitest',
  plugins: ['./test/mutation/node_modules/@stryker-mutator/vitest-runner/dist/src/index.js'],
  mutate: [...mutate],
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  // What is worked out when a module is loaded cannot be changed for one test and not for another.
  ignoreStatic: true,
  tsconfigFile: 'none',
  tempDirName: `.stryker-tmp/${name}`,
  jsonReporter: { fileName: `.stryker-tmp/${name}.json` },
  reporters: ['json', 'progress-append-only'],
  timeoutMS: 15_000,
};
