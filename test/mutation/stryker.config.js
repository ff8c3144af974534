// How Stryker mutates one folder of `lib`, which MUTATED_FOLDER names.
const folder = process.env.MUTATED_FOLDER ?? '*';

export default {
  packageManager: 'npm',
  testRunner: 'vitest',
  plugins: ['./test/mutation/node_modules/@stryker-mutator/vitest-runner/dist/src/index.js'],
  mutate: [`lib/${folder}/**/*.ts`],
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  // What is worked out when a module is loaded cannot be changed for one test and not for another.
  ignoreStatic: true,
  tsconfigFile: 'none',
  tempDirName: `.stryker-tmp/${folder}`,
  jsonReporter: { fileName: `.stryker-tmp/${folder}.json` },
  reporters: ['json', 'progress-append-only'],
  timeoutMS: 15_000,
};
