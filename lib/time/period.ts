// Budget periods: which one an instant falls into, where it starts and ends, and its key.
import { type CalendarDate, dateOf, weekdayOf } from './calendar-date.ts';
import { DAY_MS, type Instant, plusMs } from './instant.ts';
import {
  type CalendarKind,
  type CalendarRule,
  type PeriodKind,
  type PeriodRule,
  plainRule,
  WEEKDAYS,
} from './period-rule.ts';
import { daysFrom, plusDays, startOfDay, type UtcDay, utcDayOf } from './utc-day.ts';
import { utcDaysOf } from './utc-days-of.ts';
import { dateIn, startOfDateIn, UTC } from './zone.ts';

/** One concrete period. `end` is exclusive; of a calendar's it is the start of the next one of its rule. */
export interface Period {
  readonly kind: PeriodKind;
  /**
   * Unique and ascending in time within a rule. Plain ones: `2026-11-20`, `2026-W47`, `2026-11`, `2026-Q4`, `2026`.
   * Others are named by when they begin: a month that starts on the 15th by its month, a week that starts on Sunday by
   * its first date, fiscal quarters and years by the year in which the fiscal year begins. A rolling one has the UTC
   * date on which it is looked at, a fixed one `2026-11-01..2026-12-01`.
   */
  readonly key: string;
  readonly start: Instant;
  readonly end: Instant;
  /** IANA. The period begins and ends with days of this zone. */
  readonly zone: string;
}

/** The plain period of `kind` that holds `instant`. */
export function periodAt(kind: CalendarKind, instant: Instant): Period {
  return calendarPeriod(plainRule(kind), instant);
}

/** The period that holds `instant`; `null` only where a fixed one does not. */
export function periodOf(rule: CalendarRule, instant: Instant): Period;
export function periodOf(rule: PeriodRule, instant: Instant): Period | null;
export function periodOf(rule: PeriodRule, instant: Instant): Period | null {
  if (rule.kind !== 'fixed') return calendarPeriod(rule, instant);
  const period = fixedPeriod(rule);
  return period.start <= instant && instant < period.end ? period : null;
}

export function fixedPeriod(rule: Extract<PeriodRule, { kind: 'fixed' }>): Period {
  return between(rule, `${rule.from}..${rule.to}`, rule.from, rule.to);
}

/** Those that have begun by `instant` and end after `endedAfter`, oldest first. A rolling one has no earlier ones. */
export function periodsSince(rule: PeriodRule, instant: Instant, endedAfter: Instant): Period[] {
  if (rule.kind === 'fixed') {
    const period = fixedPeriod(rule);
    return period.start <= instant && endedAfter < period.end ? [period] : [];
  }
  let earliest = calendarPeriod(rule, instant);
  const periods = [earliest];
  if (rule.kind === 'rolling') return periods;
  for (;;) {
    earliest = calendarPeriod(rule, plusMs(earliest.start, -1));
    if (earliest.end <= endedAfter) return periods;
    periods.unshift(earliest);
  }
}

/** The one that ends where `period` starts, a rolling one among them; `null`: a fixed one has none. */
export function periodBefore(rule: PeriodRule, { start }: Period): Period | null {
  return rule.kind === 'fixed' ? null : calendarPeriod(rule, plusMs(start, -1));
}

/**
 * The first of the days that count: those of `dayZone` that begin inside the period. In the period's own zone they are
 * the whole of it; where only UTC days are to be had, they are what is nearest to it.
 */
export function firstDayOf(period: Period, dayZone: string): CalendarDate {
  return firstDayFrom(period.start, dayZone);
}

/** The day after the last that counts. */
export function dayAfter(period: Period, dayZone: string): CalendarDate {
  return firstDayFrom(period.end, dayZone);
}

/** The days that count, up to and including the one of `instant`: those that can hold spend already. */
export function daysSoFar(period: Period, instant: Instant, dayZone: string): CalendarDate[] {
  const tomorrow = plusDays(dateIn(dayZone, instant), 1);
  const end = dayAfter(period, dayZone);
  return daysFrom(firstDayOf(period, dayZone), tomorrow < end ? tomorrow : end);
}

/** The UTC days in which those lie, as far as they have begun. */
export function utcDaysSoFar(period: Period, instant: Instant, dayZone: string): UtcDay[] {
  const days = daysSoFar(period, instant, dayZone);
  if (dayZone === UTC) return days;
  return [...new Set(days.flatMap((day) => utcDaysOf(dayZone, day, instant)))];
}

function firstDayFrom(instant: Instant, dayZone: string): CalendarDate {
  const day = dateIn(dayZone, instant);
  return startOfDateIn(dayZone, day) < instant ? plusDays(day, 1) : day;
}

function calendarPeriod(rule: Exclude<PeriodRule, { kind: 'fixed' }>, instant: Instant): Period {
  const date = dateIn(rule.zone, instant);
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  switch (rule.kind) {
    case 'daily':
      return between(rule, date, date, plusDays(date, 1));
    case 'weekly': {
      const first = plusDays(date, -((weekdayOf(date) - WEEKDAYS.indexOf(rule.startDay) + 7) % 7));
      const key = rule.startDay === 'monday' ? isoWeekKey(first) : first;
      return between(rule, key, first, plusDays(first, 7));
    }
    case 'monthly': {
      const begun = date >= dateOf(year, month, rule.startDay) ? month : month - 1;
      const first = dateOf(year, begun, rule.startDay);
      return between(rule, first.slice(0, 7), first, dateOf(year, begun + 1, rule.startDay));
    }
    case 'quarterly': {
      const startYear = fiscalYear(year, month, rule.startMonth);
      const quarter = Math.floor(((month - rule.startMonth + 12) % 12) / 3);
      const firstMonth = rule.startMonth + 3 * quarter;
      const first = dateOf(startYear, firstMonth, 1);
      return between(rule, `${startYear}-Q${quarter + 1}`, first, dateOf(startYear, firstMonth + 3, 1));
    }
    case 'yearly': {
      const startYear = fiscalYear(year, month, rule.startMonth);
      const first = dateOf(startYear, rule.startMonth, 1);
      return between(rule, String(startYear), first, dateOf(startYear + 1, rule.startMonth, 1));
    }
    case 'rolling': {
      const tomorrow = plusDays(date, 1);
      return between(rule, utcDayOf(instant), plusDays(tomorrow, -rule.days), tomorrow);
    }
  }
}

function between(
  { kind, zone }: Pick<PeriodRule, 'kind' | 'zone'>,
  key: string,
  from: CalendarDate,
  until: CalendarDate,
): Period {
  return { kind, key, start: startOfDateIn(zone, from), end: startOfDateIn(zone, until), zone };
}

/** The year in which the fiscal year of a month began. */
function fiscalYear(year: number, month: number, startMonth: number): number {
  return month < startMonth ? year - 1 : year;
}

/** A week belongs to the year that holds its Thursday. */
function isoWeekKey(monday: CalendarDate): string {
  const thursday = plusDays(monday, 3);
  const year = Number(thursday.slice(0, 4));
  const dayOfYear = Math.round((startOfDay(thursday) - startOfDay(dateOf(year, 1, 1))) / DAY_MS);
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
}
