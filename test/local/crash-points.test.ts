// SIGKILL after each write, or around every call, that a local run makes of its ports: the next run on the same disk makes all good.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../lib/alert/evaluate.ts';
import { checkLocally } from '../../lib/cli/check-locally.ts';
import { type LocalState, openLocalState } from '../../lib/local/local-state.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { mapInFlight } from '../../lib/run/in-flight.ts';
import { readStatus } from '../../lib/run/read-status.ts';
import type { Death } from '../fakes/dying-ports.ts';
import {
  bucketOf,
  costResult,
  pageOf,
  type Replay,
  type ReplayedOpenAi,
  startReplayedOpenAi,
} from '../fakes/replayed-openai.ts';
import { instantOf } from '../fakes/time-of.ts';
import { type CrashRun, localRunOf, sourceAt } from './crash-run.ts';
import { type CrashWorld, LARGE_WORLD, SMALL_WORLD, type Spend } from './crash-worlds.ts';

/** `npm run crash-points`: the larger world too, and deaths before and after every call, whatever disk they leave. */
const EVERYTHING = process.env.CRASH_POINTS === 'all';

const PROGRAM = join(import.meta.dirname, 'dying-check.ts');
const ORGANIZATION = 'default';
const WRITE = /^(?:put|delete|deliver) /;
const NEVER: Death = { call: 0, moment: 'before' };
/** Processes side by side. */
const LANES = 2;

interface Call {
  readonly call: number;
  readonly what: string;
}

interface Crashed {
  readonly signal: string | null;
  readonly begun: readonly Call[];
  readonly ended: readonly Call[];
}

/** Runs the program until it dies or ends. */
async function crash(run: CrashRun, compiled: string): Promise<Crashed> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  const end = once(child, 'close');
  let told = '';
  child.stdout.on('data', (chunk) => {
    told += chunk;
  });
  await end;
  const calls = (direction: string) =>
    [...told.matchAll(new RegExp(`^${direction} (\\d+) (.+)$`, 'gm'))].map(
      ([, call, what]): Call => ({ call: Number(call), what: what ?? '' }),
    );
  return { signal: child.signalCode, begun: calls('>'), ended: calls('<') };
}

/** OpenAI, saying what it says at one step of the world. */
function say(openai: ReplayedOpenAi, { costs, tokens = {} }: Spend): void {
  openai.replay(
    'costs',
    window((day) => Object.entries(costs[day] ?? {}).map(([id, usd]) => costResult(id, usd))),
  );
  openai.replay(
    'usage/completions',
    window((day) =>
      Object.entries(tokens[day] ?? {}).map(([project_id, count]) => ({
        object: 'organization.usage.completions.result',
        project_id,
        output_tokens: Number(count),
      })),
    ),
  );
}

function window(resultsOf: (day: string) => readonly unknown[]): Replay {
  return (url) => {
    const from = Number(url.searchParams.get('start_time')) * 1_000;
    const until = Number(url.searchParams.get('end_time')) * 1_000;
    const starts = Array.from({ length: (until - from) / 86_400_000 }, (_, day) => from + day * 86_400_000);
    const days = starts.map((at) => new Date(at).toISOString().slice(0, 10));
    return { body: pageOf(days.map((day) => bucketOf(day, resultsOf(day)))) };
  };
}

function openState(directory: string, at: string): Promise<LocalState> {
  return openLocalState(
    directory,
    () => instantOf(at),
    0,
    () => {},
  );
}

/** `<budget> <project or ->` → spent. */
function sumsOf(observations: readonly Observation[]): Record<string, string> {
  return Object.fromEntries(
    observations.map(({ budget, member, spent }) => [
      `${budget.id} ${budget.each === null ? '-' : member}`,
      formatAmount(spent),
    ]),
  );
}

interface Said {
  readonly id: string;
  /** `<budget> <project or -> <threshold>` */
  readonly about: string;
  readonly budgetId: string;
}

function outboxOf(directory: string): Said[] {
  const lines = readFileSync(join(directory, 'outbox.jsonl'), 'utf8').trimEnd().split('\n');
  return lines
    .flatMap((line) => JSON.parse(line).alerts)
    .map(({ id, budgetId, scope, threshold }) => {
      return { id, budgetId, about: `${budgetId} ${scope.project ?? '-'} ${threshold}` };
    });
}

/** Budgets of which this run had sent alerts that it may not have recorded: the one window for duplicates. */
function unrecorded({ begun, ended }: Crashed): string[] {
  const sent = ended.find(({ what }) => what === 'deliver outbox');
  if (sent === undefined) return [];
  const recorded = ended.filter(({ call }) => call > sent.call).map(({ what }) => what);
  const claimed = begun
    .filter(({ call, what }) => call < sent.call && /^put ledger (?:\d|open#)/.test(what))
    .filter(({ what }) => !recorded.includes(what));
  return claimed.map(({ what }) => what.split('#')[1] ?? '');
}

/** The disk and what OpenAI says, up to the run that is to die. */
async function upToTheDeath(world: CrashWorld, directory: string, openai: ReplayedOpenAi): Promise<void> {
  const source = sourceAt(openai.baseUrl);
  for (const step of world.before) {
    say(openai, step);
    await using state = await openState(directory, step.at);
    const { silence } = world;
    if (silence !== undefined) {
      await state.budgets.putSilence(ORGANIZATION, {
        ...{ id: 's', budgetId: null, member: silence.member, until: instantOf(silence.until) },
        ...{ reason: 'a test', createdAt: instantOf(step.at), createdBy: 'a test' },
      });
    }
    await checkLocally(
      localRunOf(world.yaml, step.at),
      { organization: ORGANIZATION, state, alone: true },
      source,
    );
  }
  await source.close();
  say(openai, world.dying);
}

/** What is wrong after the crash and after the restart; how many alerts were said twice. */
async function lookAfter(world: CrashWorld, directory: string, crashed: Crashed, baseUrl: string) {
  const wrong: unknown[] = [];
  const source = sourceAt(baseUrl);
  {
    await using state = await openState(directory, world.restartAt);
    const before = await readStatus({ organization: ORGANIZATION, tick: instantOf(world.dying.at) }, state);
    const found = sumsOf(before.observations);
    for (const [old, whole] of world.sums) {
      const ofDataset = Object.fromEntries(Object.keys(whole).map((key) => [key, found[key]]));
      const isOneOf = [old, whole].some((sums) => JSON.stringify(sums) === JSON.stringify(ofDataset));
      if (!isOneOf) wrong.push({ torn: ofDataset });
    }

    const target = { organization: ORGANIZATION, state, alone: true };
    const again = await checkLocally(localRunOf(world.yaml, world.restartAt), target, source);
    const sums = sumsOf(again.report.observations);
    const wanted = Object.assign({}, ...world.sums.map(([, whole]) => whole));
    for (const [key, spent] of Object.entries(wanted)) {
      if (sums[key] !== spent) wrong.push({ key, spent, found: sums[key] });
    }
    const settled = await checkLocally(localRunOf(world.yaml, world.restartAt), target, source);
    for (const { report, problems } of [again, settled]) {
      const all = [...problems, ...report.problems];
      if (all.length > 0) wrong.push({ problems: all });
    }
    if (settled.report.delivered.length > 0) wrong.push({ unsettled: settled.report.delivered.length });
  }
  await source.close();

  const said = outboxOf(directory);
  const about = new Set(said.map((alert) => alert.about));
  const ids = new Set(said.map(({ id }) => id));
  if ([...about].sort().join() !== [...world.alerts].sort().join()) wrong.push({ said: [...about] });
  if (ids.size !== about.size) wrong.push({ ids: [...ids] });
  const twice = said.filter(({ id }, position) => said.findIndex((other) => other.id === id) < position);
  const allowed = unrecorded(crashed);
  for (const { id, budgetId } of twice) if (!allowed.includes(budgetId)) wrong.push({ twice: id });
  return { wrong, twice: twice.length };
}

const worlds = [
  ['a small run', SMALL_WORLD],
  ...(EVERYTHING ? ([['a large run', LARGE_WORLD]] as const) : []),
] as const;

describe.each(worlds)('%s that dies at any of its calls', (_, world) => {
  it('leaves whole sums, and a next run that says what is missing and repeats only what was not recorded', async () => {
    await using openai = await startReplayedOpenAi();
    const parent = mkdtempSync(join(tmpdir(), 'budget-alerts-crash-'));
    try {
      const prepared = join(parent, 'prepared');
      await upToTheDeath(world, prepared, openai);
      const attempt = async (death: Death) => {
        const name = `${death.call}-${death.moment}`;
        const directory = join(parent, name);
        cpSync(prepared, directory, { recursive: true });
        const run = { directory, baseUrl: openai.baseUrl, yaml: world.yaml, at: world.dying.at, death };
        const crashed = await crash(run, join(parent, 'compiled'));
        const found = await lookAfter(world, directory, crashed, openai.baseUrl).catch((error) => {
          return { wrong: [String(error)], twice: 0 };
        });
        rmSync(directory, { recursive: true });
        const last = crashed.begun.at(-1)?.what;
        return { ...found, death, signal: crashed.signal, last, calls: crashed.begun };
      };

      const whole = await attempt(NEVER);
      expect([whole.signal, whole.wrong, whole.twice]).toEqual([null, [], 0]);
      const deaths = whole.calls.flatMap(({ call, what }): Death[] => {
        // A death around a read leaves the disk that a death after the write before it leaves.
        const before: Death[] = EVERYTHING || call === 1 ? [{ call, moment: 'before' }] : [];
        return EVERYTHING || WRITE.test(what) ? [...before, { call, moment: 'after' }] : before;
      });
      const attempts = await mapInFlight(LANES, deaths, attempt);

      expect(attempts.filter(({ signal }) => signal !== 'SIGKILL')).toEqual([]);
      expect(attempts.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      // The window is there, and was hit.
      expect(attempts.some(({ twice }) => twice > 0)).toBe(true);
      if (EVERYTHING) process.stdout.write(`${deaths.length} deaths at ${whole.calls.length} calls\n`);
    } finally {
      rmSync(parent, { recursive: true, force: true });
    }
  }, 3_600_000);
});
