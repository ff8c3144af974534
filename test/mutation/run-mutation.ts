// Mutates the pure folders one after the other and prints what no test sees, and the scores. ARGUMENTS: names of runs, if not all.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MutationReport, type MutationScore, scoreOf, survivorsOf } from './mutation-report.ts';
import { MUTATION_RUNS } from './mutation-runs.ts';

const ROOT = join(import.meta.dirname, '../..');
const STRYKER = join(import.meta.dirname, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const LEAST_PERCENT = 90;

const given = process.argv.slice(2);
const reports = MUTATION_RUNS.filter(({ name }) => given.length === 0 || given.includes(name)).map(
  ({ name }) => {
    const { status } = spawnSync(process.execPath, [STRYKER, 'run', 'test/mutation/stryker.config.js'], {
      cwd: ROOT,
      env: { ...process.env, MUTATION_RUN: name },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (status !== 0) throw new Error(`Stryker ended with ${status} in ${name}`);
    const report: MutationReport = JSON.parse(readFileSync(join(ROOT, `.stryker-tmp/${name}.json`), 'utf8'));
    return { name, report };
  },
);

const percentOf = ({ seen, all }: MutationScore): number => (100 * seen) / all;
const rows = reports.map(({ name, report }) => ({ name, ...scoreOf(report) }));
const together = {
  name: 'all',
  seen: rows.reduce((sum, { seen }) => sum + seen, 0),
  all: rows.reduce((sum, { all }) => sum + all, 0),
};
const lines = [...rows, together].map((row) => {
  return `| ${row.name} | ${row.all} | ${row.seen} | ${row.all - row.seen} | ${percentOf(row).toFixed(1)} % |\n`;
});
process.stdout.write(`\n${reports.flatMap(({ report }) => survivorsOf(report)).join('\n')}\n`);
process.stdout.write(
  `\n| | mutants | seen | not seen | score |\n| --- | ---: | ---: | ---: | ---: |\n${lines.join('')}`,
);
process.exitCode = rows.every((row) => percentOf(row) >= LEAST_PERCENT) ? 0 : 1;
