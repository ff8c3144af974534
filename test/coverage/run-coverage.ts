// `npm run coverage`: runs the tests, counts what they and the programs that they start run, and prints it as one table.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { coverageTable } from './coverage-table.ts';
import { measuredFile, vitestCoverageSchema } from './measured-file.ts';
import { programRuns } from './program-runs.ts';
import { PROGRAMS_COVERAGE } from './programs-coverage.ts';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAMS = join(ROOT, 'coverage/programs');

rmSync(PROGRAMS, { recursive: true, force: true });
const vitest = dirname(createRequire(import.meta.url).resolve('vitest/package.json'));
/** Which test files to run, as Vitest takes them; without any, all. */
const [, , ...filters] = process.argv;
const { status } = spawnSync(
  process.execPath,
  [join(vitest, 'vitest.mjs'), 'run', '--coverage', '--coverage.reportOnFailure', ...filters],
  { cwd: ROOT, env: { ...process.env, [PROGRAMS_COVERAGE]: PROGRAMS }, stdio: 'inherit' },
);

// Vitest has emptied `coverage` when it began, and there may have been no program.
mkdirSync(PROGRAMS, { recursive: true });
if (filters.length === 0) playTheDemonstration();
const document = JSON.parse(readFileSync(join(ROOT, 'coverage/coverage-final.json'), 'utf8'));
const files = Object.values(v.parse(vitestCoverageSchema, document)).map((file) =>
  measuredFile(file, readFileSync(file.path, 'utf8')),
);
const { runsOf, written, cutOff } = programRuns(
  PROGRAMS,
  ROOT,
  new Map(files.map((file) => [file.path, file])),
);
rmSync(PROGRAMS, { recursive: true });
const table = coverageTable(files, ROOT, (measured) => measured.runs + runsOf(measured));
process.stdout.write(
  `\n${table}\nPrograms wrote their counts ${written} times, ${cutOff} of them in part.\n`,
);
process.exitCode = status ?? 1;

/** `npm start` without a key: it takes a minute, so CI runs it beside the tests and no test does. */
function playTheDemonstration(): void {
  const folder = mkdtempSync(join(tmpdir(), 'budget-alerts-start-'));
  const env = { INIT_CWD: folder, NODE_V8_COVERAGE: PROGRAMS };
  spawnSync(process.execPath, [join(ROOT, 'lib/cli/start.ts')], { cwd: folder, env, stdio: 'ignore' });
  rmSync(folder, { recursive: true });
}
