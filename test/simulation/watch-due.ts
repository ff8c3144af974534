// Invariants of health: after some ticks without a fault everything is read again, and no breach is unannounced.
import { decimalOf, type ModelBudget } from './declared.ts';
import { expectedSpend, spentIn, WHOLE } from './expected-spend.ts';
import type { Measured } from './true-spend.ts';
import { DAY, dayNumber, HOUR, type Span, spansLookedAt } from './utc-periods.ts';
import type { WatchedLedger } from './watch-ledger.ts';
import { alertKey, type WatchedMessages } from './watch-messages.ts';
import { isSilenced, type World } from './world.ts';

/** One for a claim that a dead run left behind, one to send it. */
export const HEALTHY_TICKS = 2;

/** Days before today that every collect reads again. */
const TRAILING_DAYS = 3;
const WEEKLY_READ_MS = 7 * DAY + 2 * HOUR;
const REVISED_FOR_DAYS = 35;

export interface WatchedDues {
  /** After a collect and a check that nothing disturbed; `collects` are the names of the runs. */
  collected(tick: number, collects: ReadonlyMap<Measured, string>): void;
  /** After as many healthy ticks as it takes. */
  announced(tick: number): void;
  /** After a heartbeat as well. */
  reported(): void;
  /** Alerts that had to exist. */
  due(): number;
}

export function watchDues(world: World, messages: WatchedMessages, ledger: WatchedLedger): WatchedDues {
  const due = new Set<string>();
  let lookedAt = '';

  function watchCollect(measure: Measured, run: string, tick: number): void {
    const known = world.known[measure];
    const asked = known.askedBy(run);
    const today = dayNumber(tick);
    const days = known.states.at(-1)?.days ?? new Map();
    const needed = new Set<number>();
    for (const budget of world.declared.values()) {
      if (budget.measure !== measure) continue;
      for (const { from, until } of spansLookedAt(budget.period, tick, budget.decidedAt)) {
        for (let day = from; day < until && day <= today; day += 1) needed.add(day);
      }
    }
    if (needed.size === 0) return;
    if (known.isPending(run)) world.violate('what a healthy collect read is stored', run);
    for (const day of needed) {
      const isRecent = day >= today - TRAILING_DAYS;
      const isMissing = !days.has(day);
      const age = tick - (known.answeredAt(day) ?? 0);
      const isOld = day >= today - REVISED_FOR_DAYS && age > WEEKLY_READ_MS;
      if ((isRecent || isMissing || isOld) && !asked.has(day)) {
        const why = isRecent ? 'recent' : isMissing ? 'missing' : 'old';
        world.violate('a healthy collect reads what is needed', `${run}: ${measure} of ${why} day ${day}`);
      }
    }
  }

  /** The end of a window that is over, settled and low, after which a rolling budget speaks anew. */
  function lowWindowEnd(budget: ModelBudget, member: string, threshold: number, tick: number): number | null {
    if (budget.period.kind !== 'rolling') return null;
    const known = world.known[budget.measure];
    const state = known.states.at(-1);
    if (state === undefined) return null;
    const today = dayNumber(tick);
    for (let until = today; until > today - 9; until -= 1) {
      const span = { from: until - budget.period.days, until };
      const isSettled = daysOf(span).every((day) => {
        const [read, changed] = [known.answeredAt(day), known.changedAt(day)];
        if (read === null || changed === null || known.isDoubted(day)) return false;
        return read >= (day + 1) * DAY + 49 * HOUR && read - changed >= 26 * HOUR;
      });
      const spent = spentIn(state, budget, span, tick).get(member) ?? 0;
      if (isSettled && (threshold - spent) * 100 > budget.limit) return until * DAY;
    }
    return null;
  }

  return {
    due: () => due.size,

    reported() {
      const deadAt = ledger.lastDeadAt();
      if (deadAt === null) return;
      const isReported = world.notices.some(({ message, at }) => {
        return message.attributes.code === 'DeliveryDead' && at > deadAt;
      });
      if (!isReported) world.violate('what was given up is reported', new Date(deadAt).toISOString());
    },

    collected(tick, collects) {
      for (const [measure, run] of collects) watchCollect(measure, run, tick);
    },

    announced(tick) {
      const { cost, tokens } = world.known;
      const looked = [cost.states.length, tokens.states.length, world.declaredAt, tick].join();
      if (looked === lookedAt) return;
      lookedAt = looked;
      const stateOf = (measure: Measured) => world.known[measure].states.at(-1) ?? { at: 0, days: new Map() };
      for (const { budget, span, member, reached, spent } of expectedSpend(
        world.declared.values(),
        stateOf,
        tick,
      )) {
        if (reached.length === 0 || isSilenced(world, budget.id, member, tick)) continue;
        const isRolling = budget.period.kind === 'rolling';
        for (const threshold of reached) {
          const limit = decimalOf(budget.limit);
          const key = alertKey(budget.id, isRolling ? null : span, member, limit, decimalOf(threshold));
          due.add(key);
          if (ledger.isDead(key)) continue;
          const heard = messages.saidOf(key).filter(({ acceptance }) => acceptance.heard);
          const low = isRolling ? lowWindowEnd(budget, member, threshold, tick) : null;
          const isSaid = heard.some(({ acceptance }) => low === null || acceptance.at + 2 * HOUR > low);
          if (!isSaid) {
            const what = `${key}${member === WHOLE ? '' : ` of ${member}`} at ${decimalOf(spent)}`;
            world.violate('no breach stays unannounced', what);
          }
        }
      }
    },
  };
}

function daysOf({ from, until }: Span): number[] {
  return Array.from({ length: until - from }, (_, position) => from + position);
}
