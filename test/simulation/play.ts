// Plays one world from its first hour to its last: the schedule fires, people edit, and the invariants are checked.
import { numberOfText, pick, within } from './chance.ts';
import type { ModelBudget } from './declared.ts';
import { FAULTS, type Fault } from './faults.ts';
import { isRefusing, isUnheard } from './faulty-channel.ts';
import { type Edit, editAt, firstBudgets } from './people.ts';
import { type Alterations, runsIn } from './runs.ts';
import type { Measured } from './true-spend.ts';
import { HOUR } from './utc-periods.ts';
import type { Program } from './virtual-time.ts';
import { HEALTHY_TICKS, watchDues } from './watch-due.ts';
import { watchLedger } from './watch-ledger.ts';
import { watchMessages } from './watch-messages.ts';
import { watchRuns } from './watch-runs.ts';
import { watchTotals } from './watch-totals.ts';
import { createWorld, type Scene, type Violation } from './world.ts';

export interface Played {
  readonly violation: Violation | null;
  readonly injected: readonly string[];
  readonly figures: Figures;
  /** Equal for equal histories. */
  readonly trace: number;
}

export interface Figures {
  readonly ticks: number;
  readonly healthyTicks: number;
  readonly runs: number;
  readonly due: number;
  readonly lost: number;
  readonly messages: number;
  readonly duplicated: number;
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
}

type Job = 'collect' | 'collect-usage' | 'check' | 'heartbeat';

const MINUTE = 60_000;
/** Minutes after the tick, and the time-out. */
const JOBS: Readonly<Record<Job, { readonly minute: number; readonly timeoutMs: number }>> = {
  collect: { minute: 2, timeoutMs: 120_000 },
  'collect-usage': { minute: 4, timeoutMs: 120_000 },
  check: { minute: 7, timeoutMs: 60_000 },
  heartbeat: { minute: 12, timeoutMs: 60_000 },
};
const EDIT_MINUTE = 30;
const AUDIT_MINUTE = 55;
const HEARTBEAT_HOUR = 7;
/** Clocks of two functions never differ by the 60 seconds that a lease forgives. */
const MOST_SKEW_MS = 25_000;

/** Problems of a run that say nothing against it. */
const NOT_ITS_FAULT = new Set(['budget-row-rejected', 'silence-row-rejected']);

export async function play(scene: Scene, altered: Alterations = {}): Promise<Played> {
  const world = createWorld(scene);
  const { time, faults, chance } = world;
  const messages = watchMessages(world);
  const ledger = watchLedger(world, messages);
  const dues = watchDues(world, messages, ledger);
  const words = watchRuns(world);
  world.watchers.accepted = messages.accepted;
  world.watchers.latch = ledger.wrote;
  const runs = runsIn(world, altered);

  let budgets: readonly ModelBudget[] = firstBudgets(chance);
  let gone: readonly ModelBudget[] = [];
  const hasUsage = budgets.some(({ measure }) => measure === 'tokens');
  let trace = 0;
  let started = 0;
  let ticks = 0;
  let healthyTicks = 0;
  let healthyInARow = 0;
  let disturbed = false;
  let disturbancesBefore = 0;
  let finished = new Set<string>();

  function note(text: string): void {
    trace = (Math.imul(trace, 31) + numberOfText(text)) | 0;
  }

  function start(job: Job, tick: number, suffix: string, delayMs: number): void {
    const name = `${job} ${new Date(tick).toISOString().slice(0, 13)}${suffix}`;
    time.at(tick + JOBS[job].minute * MINUTE + delayMs, () => run(job, name));
  }

  function run(job: Job, name: string): void {
    const number = numberOfText(name);
    const differs = faults.happens('clock differs', time.now(), () => name, number, 0);
    const skewMs = differs ? within(-MOST_SKEW_MS, MOST_SKEW_MS, chance('skew', number)) : 0;
    const program = programOf(name, JOBS[job].timeoutMs, skewMs);
    if (time.running() > 0 || name.split(' ').length > 2) disturbed = true;
    started += 1;
    let failed = false;
    time.start(
      program,
      async () => {
        failed = await problemsOf(job, program);
      },
      (error) => {
        note(`${name} ${program.state}`);
        if (program.state === 'failed') words.failed(program, error);
        if (program.state === 'done' && !failed) finished.add(job);
        // Lambda repeats a failed invocation once.
        else if (!name.endsWith('retry')) time.at(time.now() + MINUTE, () => run(job, `${name} retry`));
      },
    );
  }

  function programOf(name: string, timeoutMs: number, skewMs: number): Program {
    const startedAt = time.now();
    const times = { startedAt, diesAt: startedAt + timeoutMs, skewMs };
    // `check 2026-11-12T05 again`
    const tick = Date.parse(`${name.split(' ')[1]}:00:00Z`);
    return { name, number: numberOfText(name), tick, ...times, operations: 0, faults: 0, state: 'running' };
  }

  /** Whether the function would count as failed. */
  async function problemsOf(job: Job, program: Program): Promise<boolean> {
    if (job === 'heartbeat') return (await runs.heartbeat(program)).problems.length > 0;
    if (job === 'check') {
      const report = await runs.check(program);
      watchTotals(world, program, report);
      words.checked(program, report);
      for (const { alert, message } of report.delivered) {
        note(`${alert.id} ${alert.spent} ${message.messageId}`);
      }
      return report.problems.some(({ code, severity }) => severity === 'error' && !NOT_ITS_FAULT.has(code));
    }
    const report = await runs.collect(program, job === 'collect' ? 'costs' : 'completions');
    words.collected(program, job === 'collect' ? 'cost' : 'tokens', report);
    return report.problems.some(({ severity }) => severity === 'error');
  }

  function schedule(job: Job, tick: number): void {
    const hour = tick / HOUR;
    const where = () => `${job} ${new Date(tick).toISOString().slice(0, 13)}`;
    const id = numberOfText(job);
    if (faults.happens('run missing', tick, where, hour, id)) return;
    const late = faults.happens('run late', tick, where, hour, id);
    const delayMs = late ? within(5, 170, chance(`late ${job}`, hour)) * MINUTE : 0;
    start(job, tick, late ? ' late' : '', delayMs);
    if (faults.happens('run twice', tick, where, hour, id)) {
      // Close enough to meet at every operation of the first, at a slow one, or when it has ended.
      const mostApartMs = pick([60, 5_000, 90_000], chance(`apart ${job}`, hour));
      const apartMs = within(0, mostApartMs, chance(`twice ${job}`, hour));
      start(job, tick, ' again', delayMs + apartMs);
    }
  }

  function edit(hour: number, tick: number): void {
    const wanted = editAt(hour, tick, budgets, gone, chance, faults);
    if (wanted === null) return;
    disturbed = true;
    if (wanted.what === 'budgets') {
      gone = [...gone, ...budgets].filter(({ id }) => !wanted.budgets.some((budget) => budget.id === id));
      budgets = wanted.budgets;
    }
    const startedAt = tick + EDIT_MINUTE * MINUTE;
    time.at(startedAt, () => person(wanted, `people ${new Date(tick).toISOString().slice(0, 13)}`));
  }

  function person(wanted: Edit, name: string): void {
    const program = programOf(name, 10 * MINUTE, 0);
    time.start(
      program,
      () => runs.edit(program, wanted),
      (error) => {
        if (program.state === 'failed') words.failed(program, error);
      },
    );
  }

  function audit(tick: number): void {
    ticks += 1;
    const disturbances = faults.disturbances();
    const isCalm = !disturbed && disturbances === disturbancesBefore && time.running() === 0;
    const isHealthy = isCalm && !isUnheard(faults, tick) && !isRefusing(faults, tick);
    const jobs: readonly Job[] = hasUsage ? ['collect', 'collect-usage', 'check'] : ['collect', 'check'];
    if (isHealthy) {
      const missing = jobs.filter((job) => !finished.has(job));
      if (missing.length > 0) world.violate('a healthy run succeeds', missing.join());
      const hour = new Date(tick).toISOString().slice(0, 13);
      const collects = new Map<Measured, string>([['cost', `collect ${hour}`]]);
      if (hasUsage) collects.set('tokens', `collect-usage ${hour}`);
      dues.collected(tick, collects);
      healthyTicks += 1;
      healthyInARow += 1;
      if (healthyInARow >= HEALTHY_TICKS) {
        dues.announced(tick);
        if (finished.has('heartbeat')) dues.reported();
      }
    } else {
      healthyInARow = 0;
    }
    finished = new Set();
    disturbed = time.running() > 0;
    disturbancesBefore = faults.disturbances();
  }

  function hourBegins(tick: number): void {
    const hour = tick / HOUR;
    if (tick >= world.until) return;
    schedule('collect', tick);
    if (hasUsage) schedule('collect-usage', tick);
    schedule('check', tick);
    if (new Date(tick).getUTCHours() === HEARTBEAT_HOUR) schedule('heartbeat', tick);
    edit(hour, tick);
    time.at(tick + AUDIT_MINUTE * MINUTE, () => audit(tick));
    time.at(tick + HOUR, () => hourBegins(tick + HOUR));
  }

  const firstEdit = `people ${new Date(world.from - HOUR).toISOString().slice(0, 13)}`;
  person({ what: 'budgets', budgets }, firstEdit);
  time.at(world.from + 10 * MINUTE, () => {});
  time.at(world.from + HOUR, () => hourBegins(world.from + HOUR));
  await time.play(() => world.violation !== null);

  return {
    violation: world.violation,
    injected: faults.injected,
    trace,
    figures: {
      ticks,
      healthyTicks,
      runs: started,
      due: dues.due(),
      lost: world.violation?.invariant === 'no breach stays unannounced' ? 1 : 0,
      messages: world.acceptances.length,
      duplicated: messages.duplicates(),
      faults: Object.fromEntries(FAULTS.map((fault) => [fault, faults.counts.get(fault) ?? 0])),
    },
  };
}
