// Mutates the pure folders one after the other, each with its own tests, and prints the scores. ARGUMENTS: folders, if not all.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MutationReport, type MutationScore, scoreOf, survivorsOf } from './mutation-report.ts';

const ROOT = join(import.meta.dirname, '../..');
const STRYKER = join(import.meta.dirname, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const FOLDERS = ['alert', 'budget', 'money', 'time'];
const LEAST_PERCENT = 90;

const given = process.argv.slice(2);
const reports = (given.length === 0 ? FOLDERS : given).map((folder) => {
  const { status } = spawnSync(process.execPath, [STRYKER, 'run', 'test/mutation/stryker.config.js'], {
    cwd: ROOT,
    env: { ...process.env, MUTATED_FOLDER: folder },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`Stryker ended with ${status} in ${folder}`);
  const report: MutationReport = JSON.parse(readFileSync(join(ROOT, `.stryker-tmp/${folder}.json`), 'utf8'));
  return { folder, report };
});

const percentOf = ({ seen, all }: MutationScore): number => (100 * seen) / all;
const rows = reports.map(({ folder, report }) => ({ folder: `lib/${folder}`, ...scoreOf(report) }));
const together = {
  folder: 'all',
  seen: rows.reduce((sum, { seen }) => sum + seen, 0),
  all: rows.reduce((sum, { all }) => sum + all, 0),
};
const lines = [...rows, together].map((row) => {
  return `| ${row.folder} | ${row.all} | ${row.seen} | ${row.all - row.seen} | ${percentOf(row).toFixed(1)} % |\n`;
});
process.stdout.write(`\n${reports.flatMap(({ report }) => survivorsOf(report)).join('\n')}\n`);
process.stdout.write(
  `\n| | mutants | seen | not seen | score |\n| --- | ---: | ---: | ---: | ---: |\n${lines.join('')}`,
);
process.exitCode = rows.every((row) => percentOf(row) >= LEAST_PERCENT) ? 0 : 1;
