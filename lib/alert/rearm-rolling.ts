// Forgets what was said about a rolling budget once it has been low again: the next crossing is a new one.
import type { Budget } from '../budget/budget.ts';
import { dayZoneOfBudget } from '../budget/budget-series.ts';
import type { StoredBudget } from '../budget/budget-store.ts';
import { remembered } from '../budget/remembered.ts';
import { pastWindows } from '../budget/rolling-windows.ts';
import { type Amount, ZERO_AMOUNT } from '../money/amount.ts';
import { lastReadOf } from '../spend/read-segments.ts';
import type { Root } from '../spend/root.ts';
import { HOUR_MS, type Instant } from '../time/instant.ts';
import { utcDaysSoFar } from '../time/period.ts';
import { endOfDay, type UtcDay } from '../time/utc-day.ts';
import { type AnnouncedAmounts, announcedAmounts, shapeOf } from './alert-key.ts';
import { isFarBelow } from './far-below.ts';
import { type Announcement, type Latch, latchGroup } from './latch.ts';
import type { SpendOf } from './period-spend.ts';

/** What was stored, and how settled it is. */
export interface StoredSpend {
  readonly spendOf: SpendOf;
  readonly rootOf: (budget: Budget) => Root;
}

/** A day is settled when it was last read so long after its end, and had not changed for so long by then. */
const READ_AFTER_END_MS = 48 * HOUR_MS;
const UNCHANGED_MS = 24 * HOUR_MS;

/**
 * The latches without announcements that have been followed by a settled window below their threshold by the hysteresis.
 * Only settled windows count: figures arrive a day late, and a window that seems low at midnight would speak again every
 * noon. Nothing is written for it: whoever writes the latch next writes it so, and until then every run finds the same.
 */
export function rearmRolling(
  latches: readonly Latch[],
  budgets: readonly StoredBudget[],
  spend: StoredSpend,
  tick: Instant,
): Latch[] {
  const rolling = budgets.filter(({ budget }) => budget.period.kind === 'rolling');
  const budgetOf = new Map(
    rolling.map(({ budget }) => {
      return [latchGroup({ periodEnd: null, budgetId: budget.id, shape: shapeOf(budget) }), budget];
    }),
  );
  const windowsOf = remembered(
    (budget: Budget) => budget.id,
    (budget) => settledWindows(budget, spend, tick),
  );
  return latches.map((latch) => {
    const budget = budgetOf.get(latchGroup(latch.key));
    return budget === undefined ? latch : withoutPast(latch, windowsOf(budget));
  });
}

interface SettledWindow {
  readonly end: Instant;
  readonly spentByMember: ReadonlyMap<string, Amount>;
}

function settledWindows(budget: Budget, { spendOf, rootOf }: StoredSpend, tick: Instant): SettledWindow[] {
  const root = rootOf(budget);
  return pastWindows(budget.period, tick)
    .filter((window) =>
      utcDaysSoFar(window, tick, dayZoneOfBudget(budget)).every((day) => isSettled(root, day)),
    )
    .flatMap((window) => {
      const { byMember, missingDays } = spendOf(budget, window);
      return missingDays.length > 0 ? [] : [{ end: window.end, spentByMember: new Map(byMember) }];
    });
}

function isSettled({ days, reads, doubted }: Root, day: UtcDay): boolean {
  const changedAt = days.get(day)?.changedAt;
  const lastRead = lastReadOf(reads, day);
  if (changedAt === undefined || lastRead === null || doubted.has(day)) return false;
  return lastRead - endOfDay(day) >= READ_AFTER_END_MS && lastRead - changedAt >= UNCHANGED_MS;
}

function withoutPast(latch: Latch, windows: readonly SettledWindow[]): Latch {
  const announced = new Map<string, ReadonlyMap<string, Announcement>>();
  for (const [member, said] of latch.announced) {
    const kept = [...said].filter(([key, { at }]) => {
      const amounts = announcedAmounts(key);
      return !windows.some((window) => isOver(amounts, at, member, window));
    });
    if (kept.length > 0) announced.set(member, new Map(kept));
  }
  return { ...latch, announced };
}

/** A window that ended before something was said tells nothing about what came after. */
function isOver(
  { limit, threshold }: AnnouncedAmounts,
  at: Instant,
  member: string,
  window: SettledWindow,
): boolean {
  if (window.end <= at) return false;
  return isFarBelow(window.spentByMember.get(member) ?? ZERO_AMOUNT, threshold, limit);
}
