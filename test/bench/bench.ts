// Prints the benchmarks' table: goal, result, and whether it holds, on this machine. ARGUMENT: rounds, 5 if absent.
import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { bundleSizes } from './bundle-sizes.ts';
import { measureColdStart } from './cold-start.ts';
import { figureTable, type Goal, goalTable, holds } from './goal.ts';
import { measurePrograms } from './measure-programs.ts';
import { monthlyCost } from './monthly-cost.ts';
import { measurePull } from './pull/measure-pull.ts';
import { requestBudget } from './request-budget.ts';

const rounds = Number(process.argv[2] ?? 5);
const { devDependencies, dependencies } = createRequire(import.meta.url)('../../package.json');
const [processor] = cpus();
const memoryGb = Math.round(totalmem() / 1024 ** 3);
const pull = await measurePull(rounds);
const dollars = (await monthlyCost(200))['A month'];
const goals: readonly Goal[] = [
  ...pull.goals,
  ...(await measureColdStart(rounds)),
  ...bundleSizes(),
  ...(await requestBudget()),
  ...(await measurePrograms(rounds)),
  { what: 'a month of a deployment with 200 budgets', atMost: 0.95, unit: '$', is: dollars },
];
const missed = goals.filter((goal) => !holds(goal)).length;

process.stdout.write(
  `${processor?.model ?? 'unknown'}, ${cpus().length} cores, ${memoryGb} GB, ${type()} ${release()}; ` +
    `Node ${process.versions.node}, undici ${dependencies.undici}, openai ${devDependencies.openai}; ` +
    `medians of ${rounds} rounds, load ${loadavg()[0]?.toFixed(1)} at the end\n\n` +
    `${goalTable(goals)}\n${figureTable(pull.figures)}\n` +
    `${missed === 0 ? 'All hold.' : `${missed} of ${goals.length} do not hold.`}\n`,
);
