// `npm run simulate -- --seeds N --days D`: plays worlds on all cores, prints the figures, and exits 1 if an invariant broke.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { playSeeds } from './players.ts';
import { failureText, figuresText } from './report.ts';

const SHRINKING_REPLAYS = 400;
/** More of them say nothing new. */
const MOST_FAILURES = 3;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    days: { type: 'string', default: '30' },
    /** Of the first world. */
    from: { type: 'string', default: '1' },
    /** This world alone. */
    seed: { type: 'string' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});

function wholeNumber(name: 'seeds' | 'days' | 'from' | 'seed' | 'threads'): number {
  const text = values[name] ?? '';
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new RangeError(`--${name} takes a whole number from 1, not "${text}"`);
  return Number(text);
}

const days = wholeNumber('days');
const first = values.seed === undefined ? wholeNumber('from') : wholeNumber('seed');
const count = values.seed === undefined ? wholeNumber('seeds') : 1;
const seeds = Array.from({ length: count }, (_, position) => first + position);
const threads = Math.min(wholeNumber('threads'), count);

const startedAt = Date.now();
let done = 0;
let failures = 0;
const options = { days, mutant: null, worldsOf: null, remembers: true, shrinkingReplays: SHRINKING_REPLAYS };
const played = await playSeeds(seeds, threads, options, (seed) => {
  done += 1;
  if (seed.played.violation !== null) {
    failures += 1;
    process.stderr.write(`${failureText(seed, days)}\n`);
  }
  if (done % 100 === 0) process.stderr.write(`${done} of ${count} worlds\n`);
  return failures >= MOST_FAILURES;
});
process.stdout.write(figuresText(played, days));
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
process.stderr.write(`${minutes} minutes on ${threads} threads\n`);
process.exitCode = failures === 0 ? 0 : 1;
