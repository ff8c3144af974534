// The words that timelines are told in: what OpenAI says, what people do, which runs take place, and what is then heard.
import { expect, onTestFinished } from 'vitest';
import { parseBudgetsText } from '../../lib/cli/read-budgets-file.ts';
import type { Message } from '../../lib/notify/message.ts';
import type { Delivery } from '../../lib/notify/notifier.ts';
import type { CheckReport } from '../../lib/run/check.ts';
import type { CollectReport } from '../../lib/run/collect.ts';
import { rememberNearTimeout } from '../../lib/run/near-timeout.ts';
import { readHistory } from '../../lib/run/read-history.ts';
import { SPEND_KINDS } from '../../lib/spend/catalogue.ts';
import { SourceError, type SourceErrorCode, type UsageSource } from '../../lib/spend/usage-source.ts';
import { formatInstant, type Instant, plusMs } from '../../lib/time/instant.ts';
import type { BudgetCase } from '../fakes/budgets-of.ts';
import { costRow, usageRow } from '../fakes/day-of-rows.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';
import { historyLine, messageLines, noticeLine, rememberedLines, sourceLines, spentLines } from './heard.ts';

/** Day → project → amount; a lone amount is proj_a's. `{}`: nothing was spent. `null`: OpenAI has no bucket for the day. */
export type Days = Readonly<Record<string, Readonly<Record<string, string>> | string | null>>;

export interface SilenceCase {
  readonly budget?: string;
  readonly member?: string;
  readonly until: string;
}

/** Told in order and played by `ends`. Every instant is UTC; a `then` is about all that was heard since the one before. */
export interface Timeline {
  /** It is now `instant`: for the schedule and on the real clock. */
  at(instant: string): Timeline;

  /** From now on OpenAI has these days; days that were never named have a bucket without rows. */
  costsSay(days: Days): Timeline;
  /** Output tokens. */
  usageSays(days: Days): Timeline;
  sourceFails(code: SourceErrorCode): Timeline;
  sourceRecovers(): Timeline;

  /** Applies a budgets file that holds these budgets and no others. */
  budgetsAre(...budgets: readonly BudgetCase[]): Timeline;
  /** The same, from the file itself, which must be without a problem. */
  budgetsFileSays(yaml: string): Timeline;
  /** `reason` is also its name: a silence for the same reason replaces it. */
  silence(reason: string, silence: SilenceCase): Timeline;
  unsilence(reason: string): Timeline;
  /** The deployment has these routes from now on. */
  routesAre(...names: readonly string[]): Timeline;
  /** To anything, or to a route. */
  nobodyIsSubscribed(route?: string): Timeline;
  somebodyConfirms(route?: string): Timeline;
  /** What becomes of messages to people from now on, on every route or on one. */
  channel(outcome: Delivery['outcome'], route?: string): Timeline;
  /** What becomes of messages to operations from now on. */
  operationsChannel(outcome: Delivery['outcome']): Timeline;
  keyExpires(at: string | null): Timeline;
  /** A run of the function is near its time-out now, whatever becomes of it. */
  nearsTimeout(name: string): Timeline;
  /** A collector has needed nearly all of its time. */
  readsSlowly(name: string): Timeline;
  /** Anything that has no word of its own. */
  meanwhile(happens: () => void): Timeline;

  /** Collects costs and usage, as far as budgets need them, then checks. */
  runs(): Timeline;
  /** A run for an earlier tick, late or doubled. */
  runsForTick(tick: string): Timeline;
  /** Runs now and every so often until `until`, itself included. Ends at the last of these ticks. */
  runsEvery(often: '15m' | '1h' | '6h' | '1d', until: string): Timeline;
  /** As many runs at the same time. */
  runsAtOnce(count: number): Timeline;
  collects(): Timeline;
  checks(): Timeline;
  checksEvery(often: '15m' | '1h' | '6h' | '1d', until: string): Timeline;

  heartbeats(): Timeline;
  /** Runs every hour, and the heartbeat at seven. A weekly sign of life comes on Mondays, if it is wanted. */
  livesUntil(until: string, signOfLife?: 'weekly'): Timeline;

  /** These messages reached people and no others, in any order; see `messageLines`. */
  thenAlerts(...lines: readonly string[]): Timeline;
  /** As `thenAlerts`, each line with the route on which it was heard: `oncall: org 80% first-breach`. */
  thenRoutes(...lines: readonly string[]): Timeline;
  /** Operations were told this and nothing else, in this order; see `noticeLine`. */
  thenOperations(...lines: readonly string[]): Timeline;
  /** Neither people nor operations heard anything. */
  thenNothing(): Timeline;
  /** What the last `thenAlerts` or `thenOperations` was about came in so many messages. */
  thenMessages(count: number): Timeline;
  /** … and says each of these, in a title or in a text. */
  thenText(...parts: readonly string[]): Timeline;
  thenNotInText(...parts: readonly string[]): Timeline;

  /** Of the last check; see `spentLines`. */
  thenSpent(line: string): Timeline;
  /** Of the last check; see `sourceLines`. */
  thenSource(line: string): Timeline;
  /** Codes of the last collects and of the last check. */
  thenProblems(...codes: readonly string[]): Timeline;
  /** In the ledger, among others; see `rememberedLines`. */
  thenRemembered(...lines: readonly string[]): Timeline;
  /** All that `history` shows, newest first; see `historyLine`. */
  thenHistory(...lines: readonly string[]): Timeline;

  /** Plays it. Nothing may have been heard since the last `then`. */
  ends(): Promise<void>;
}

const HEARTBEAT_HOUR = 7;
const MONDAY = 1;
const MINUTES = { '15m': 15, '1h': 60, '6h': 360, '1d': 1_440 };

export function timeline(sourceAt?: (now: () => Instant) => UsageSource): Timeline {
  const world = runWorld(sourceAt);
  const steps: (() => Promise<void>)[] = [];
  const heard = { messages: 0, notices: 0 };
  let played = false;
  let about: readonly Message[] = [];
  let collected: readonly CollectReport[] = [];
  let checked: CheckReport | null = null;

  /** A step that fails says when it was, and points to the line of the timeline that told it. */
  function tell(happens: () => unknown): Timeline {
    const told = new Error();
    steps.push(async () => {
      try {
        await happens();
      } catch (error) {
        if (error instanceof Error) {
          error.message = `At ${formatInstant(world.now)}: ${error.message}`;
          error.stack = `${error.name}: ${error.message}\n${told.stack?.split('\n').slice(3).join('\n')}`;
        }
        throw error;
      }
    });
    return line;
  }

  async function collect(tick: Instant): Promise<void> {
    const reports: CollectReport[] = [];
    for (const kind of SPEND_KINDS) reports.push(await world.collect(formatInstant(tick), kind));
    collected = reports;
  }
  async function check(tick: Instant): Promise<void> {
    checked = await world.check(formatInstant(tick));
  }
  async function run(tick: Instant): Promise<void> {
    await collect(tick);
    await check(tick);
  }
  async function every(often: keyof typeof MINUTES, until: string, work: typeof run): Promise<void> {
    for (;;) {
      await work(world.now);
      const next = plusMs(world.now, MINUTES[often] * 60_000);
      if (next > instantOf(until)) return;
      world.now = next;
    }
  }

  function hearMessages(): readonly Message[] {
    about = world.messages.slice(heard.messages);
    heard.messages = world.messages.length;
    return about;
  }
  function hearNotices(): readonly Message[] {
    about = world.notices.slice(heard.notices);
    heard.notices = world.notices.length;
    return about;
  }
  function expectSilence(): void {
    const alerts = hearMessages().flatMap(messageLines);
    expect([...alerts, ...hearNotices().map(noticeLine)], 'what was heard').toEqual([]);
  }
  const saidInAll = (): string => about.map(({ title, text }) => `${title}\n${text}`).join('\n\n');
  function lastCheck(): CheckReport {
    if (checked === null) throw new Error('no check has run yet');
    return checked;
  }

  onTestFinished(() => expect(played, 'A timeline that is told must be played: it needs `ends`').toBe(true));

  const line: Timeline = {
    at: (instant) =>
      tell(() => {
        world.now = instantOf(instant);
      }),

    costsSay: (days) =>
      tell(() => {
        sayDays(world.rows, days, (project, amount) => costRow([project, 'gpt-5, input', amount]));
      }),
    usageSays: (days) =>
      tell(() => {
        sayDays(world.usageRows, days, (project, tokens) =>
          usageRow([project, 'gpt-5', { input_tokens: 0, output_tokens: Number(tokens) }]),
        );
      }),
    sourceFails: (code) =>
      tell(() => {
        world.failure = new SourceError(code, 'What the client says to do.');
      }),
    sourceRecovers: () =>
      tell(() => {
        world.failure = null;
      }),

    budgetsAre: (...budgets) => tell(() => world.apply(formatInstant(world.now), ...budgets)),
    budgetsFileSays: (yaml) =>
      tell(() => {
        const { budgets, problems } = parseBudgetsText(yaml);
        expect(problems).toEqual([]);
        return world.declare(formatInstant(world.now), budgets ?? []);
      }),
    silence: (reason, { budget = null, member = null, until }) =>
      tell(() =>
        world.silence({
          id: reason,
          budgetId: budget,
          member,
          until: instantOf(until),
          reason,
          createdAt: world.now,
          createdBy: 'anna',
        }),
      ),
    unsilence: (reason) => tell(() => world.unsilence(reason)),
    routesAre: (...names) =>
      tell(() => {
        world.routeNames = [...names];
      }),
    nobodyIsSubscribed: (route) =>
      tell(() => {
        if (route === undefined) world.hasAudience = false;
        else world.unheardRoutes.add(route);
      }),
    somebodyConfirms: (route) =>
      tell(() => {
        if (route === undefined) world.hasAudience = true;
        else world.unheardRoutes.delete(route);
      }),
    channel: (outcome, route) =>
      tell(() => {
        const scripted: Delivery = outcome === 'accepted' ? { outcome } : { outcome, why: 'scripted' };
        world.deliver = ({ attributes }) =>
          route === undefined || route === attributes.route ? scripted : { outcome: 'accepted' };
      }),
    operationsChannel: (outcome) =>
      tell(() => {
        world.deliverNotice = () => (outcome === 'accepted' ? { outcome } : { outcome, why: 'scripted' });
      }),
    keyExpires: (at) =>
      tell(() => {
        world.keyExpiry = () => (at === null ? null : { name: 'budget-alerts', expiresAt: instantOf(at) });
      }),
    nearsTimeout: (name) => tell(() => rememberNearTimeout('org', name, world.state)),
    readsSlowly: (name) =>
      tell(() => world.state.slowReads.rememberSlowRead('org', { function: name, at: world.now })),
    meanwhile: (happens) => tell(happens),

    runs: () => tell(() => run(world.now)),
    runsForTick: (tick) => tell(() => run(instantOf(tick))),
    runsEvery: (often, until) => tell(() => every(often, until, run)),
    runsAtOnce: (count) => tell(() => Promise.all(Array.from({ length: count }, () => run(world.now)))),
    collects: () => tell(() => collect(world.now)),
    checks: () => tell(() => check(world.now)),
    checksEvery: (often, until) => tell(() => every(often, until, check)),

    heartbeats: () => tell(() => world.heartbeat(formatInstant(world.now))),
    livesUntil: (until, signOfLife) =>
      tell(() =>
        every('1h', until, async (tick) => {
          await run(tick);
          if (new Date(tick).getUTCHours() !== HEARTBEAT_HOUR) return;
          await world.heartbeat(formatInstant(tick), signOfLife && MONDAY);
        }),
      ),

    thenAlerts: (...lines) =>
      tell(() => {
        const said = hearMessages().flatMap(messageLines);
        expect(said.sort(), 'what people heard').toEqual([...lines].sort());
      }),
    thenRoutes: (...lines) =>
      tell(() => {
        const said = hearMessages().flatMap((message) =>
          messageLines(message).map((said) => `${message.attributes.route}: ${said}`),
        );
        expect(said.sort(), 'what was heard on each route').toEqual([...lines].sort());
      }),
    thenOperations: (...lines) =>
      tell(() => expect(hearNotices().map(noticeLine), 'what operations heard').toEqual(lines)),
    thenNothing: () => tell(expectSilence),
    thenMessages: (count) => tell(() => expect(about.length, 'messages').toBe(count)),
    thenText: (...parts) =>
      tell(() => {
        for (const part of parts) expect(saidInAll()).toContain(part);
      }),
    thenNotInText: (...parts) =>
      tell(() => {
        for (const part of parts) expect(saidInAll()).not.toContain(part);
      }),

    thenSpent: (expected) => tell(() => expect(spentLines(lastCheck())).toContain(expected)),
    thenSource: (expected) => tell(() => expect(sourceLines(lastCheck())).toContain(expected)),
    thenProblems: (...codes) =>
      tell(() => {
        const problems = [...collected, lastCheck()].flatMap((report) => report.problems);
        expect(problems.map(({ code }) => code)).toEqual(codes);
      }),
    thenRemembered: (...lines) =>
      tell(async () => {
        expect(rememberedLines(await world.latches())).toEqual(expect.arrayContaining([...lines]));
      }),
    thenHistory: (...lines) =>
      tell(async () => {
        const when = { organization: 'org', tick: world.now, since: null, budgetId: null };
        expect((await readHistory(when, world.stores)).map(historyLine)).toEqual(lines);
      }),

    async ends() {
      played = true;
      tell(expectSilence);
      for (const step of steps) await step();
    },
  };
  return line;
}

function sayDays(
  said: RunWorld['usageRows'],
  days: Days,
  rowOf: (project: string, amount: string) => ReturnType<typeof costRow>,
): void {
  for (const [day, amounts] of Object.entries(days)) {
    const byProject = typeof amounts === 'string' ? { proj_a: amounts } : amounts;
    said.set(day, byProject && Object.entries(byProject).map(([project, amount]) => rowOf(project, amount)));
  }
}
