// Prints the benchmarks' table: goal, result, and whether it holds, on this machine. ARGUMENT: rounds, 5 if absent.
import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { figureTable, goalTable, holds } from './goal.ts';
import { measurePull } from './pull/measure-pull.ts';

const rounds = Number(process.argv[2] ?? 5);
const { devDependencies, dependencies } = createRequire(import.meta.url)('../../package.json');
const [processor] = cpus();
const memoryGb = Math.round(totalmem() / 1024 ** 3);
const { goals, figures } = await measurePull(rounds);
const missed = goals.filter((goal) => !holds(goal)).length;

process.stdout.write(
  `${processor?.model ?? 'unknown'}, ${cpus().length} cores, ${memoryGb} GB, ${type()} ${release()}; ` +
    `Node ${process.versions.node}, undici ${dependencies.undici}, openai ${devDependencies.openai}; ` +
    `medians of ${rounds} rounds, load ${loadavg()[0]?.toFixed(1)} at the end\n\n` +
    `${goalTable(goals)}\n${figureTable(figures)}\n` +
    `${missed === 0 ? 'All hold.' : `${missed} of ${goals.length} do not hold.`}\n`,
);
