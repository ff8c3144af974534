// Budget periods: which one an instant falls into, where it starts and ends, and what people call it.
import { type Instant, plusMs } from './instant.ts';
import { daysFrom, plusDays, startOfDay, type UtcDay, utcDayOf } from './utc-day.ts';

export const PERIOD_KINDS = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** One concrete period. `end` is exclusive and is the start of the next one of its kind. */
export interface Period {
  readonly kind: PeriodKind;
  /** Unique among all kinds, ascending in time within one: `2026-11-20`, `2026-W47`, `2026-11`, `2026-Q4`, `2026`. */
  readonly key: string;
  readonly start: Instant;
  readonly end: Instant;
}

/** The period of `kind` that holds `instant`. UTC; weeks are ISO 8601's, beginning on Monday. */
export function periodAt(kind: PeriodKind, instant: Instant): Period {
  const day = utcDayOf(instant);
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  switch (kind) {
    case 'daily':
      return period(kind, day, day, plusDays(day, 1));
    case 'weekly': {
      const monday = plusDays(day, -daysSinceMonday(day));
      return period(kind, isoWeekKey(monday), monday, plusDays(monday, 7));
    }
    case 'monthly':
      return period(kind, day.slice(0, 7), firstOfMonth(year, month), firstOfMonth(year, month + 1));
    case 'quarterly': {
      const quarter = Math.ceil(month / 3);
      const firstMonth = quarter * 3 - 2;
      return period(
        kind,
        `${year}-Q${quarter}`,
        firstOfMonth(year, firstMonth),
        firstOfMonth(year, firstMonth + 3),
      );
    }
    case 'yearly':
      return period(kind, String(year), firstOfMonth(year, 1), firstOfMonth(year + 1, 1));
  }
}

/** The period at `instant`, before it every earlier one that ended after `endedAfter`; oldest first. */
export function periodsSince(kind: PeriodKind, instant: Instant, endedAfter: Instant): Period[] {
  const periods = [periodAt(kind, instant)];
  for (;;) {
    const earlier = periodBefore(periods[0] as Period);
    if (earlier.end <= endedAfter) return periods;
    periods.unshift(earlier);
  }
}

/** The one that ends where `period` starts. */
export function periodBefore({ kind, start }: Period): Period {
  return periodAt(kind, plusMs(start, -1));
}

export function firstDayOf(period: Period): UtcDay {
  return utcDayOf(period.start);
}

/** The day after the period's last. */
export function dayAfter(period: Period): UtcDay {
  return utcDayOf(period.end);
}

/** The period's days up to and including the one of `instant`: those that can hold spend already. */
export function daysSoFar(period: Period, instant: Instant): UtcDay[] {
  const tomorrow = plusDays(utcDayOf(instant), 1);
  const end = dayAfter(period);
  return daysFrom(firstDayOf(period), tomorrow < end ? tomorrow : end);
}

function period(kind: PeriodKind, key: string, from: UtcDay, until: UtcDay): Period {
  return { kind, key, start: startOfDay(from), end: startOfDay(until) };
}

/** `month` counts from 1 and may run past 12. */
function firstOfMonth(year: number, month: number): UtcDay {
  return utcDayOf(Date.UTC(year, month - 1, 1) as Instant);
}

function daysSinceMonday(day: UtcDay): number {
  return (new Date(startOfDay(day)).getUTCDay() + 6) % 7;
}

/** A week belongs to the year that holds its Thursday. */
function isoWeekKey(monday: UtcDay): string {
  const thursday = plusDays(monday, 3);
  const year = Number(thursday.slice(0, 4));
  const dayOfYear = Math.round((startOfDay(thursday) - startOfDay(firstOfMonth(year, 1))) / 86_400_000);
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
}
