// Finds the period that a key names: `2026-12` of a monthly rule.
import { type CalendarDate, dateOf } from './calendar-date.ts';
import { type Period, periodOf } from './period.ts';
import type { CalendarRule } from './period-rule.ts';
import { parseUtcDay, plusDays } from './utc-day.ts';
import { startOfDateIn } from './zone.ts';

/** `null` if no period of the rule has this key. */
export function periodOfKey(rule: CalendarRule, key: string): Period | null {
  const date = dateWithin(rule, key);
  if (date === null) return null;
  const period = periodOf(rule, startOfDateIn(rule.zone, date));
  return period.key === key ? period : null;
}

/** Some date that the period of the key, if there is one, holds. */
function dateWithin(rule: CalendarRule, key: string): CalendarDate | null {
  switch (rule.kind) {
    case 'daily':
      return parseUtcDay(key);
    case 'weekly':
      return rule.startDay === 'monday' ? mondayOf(key) : parseUtcDay(key);
    case 'monthly': {
      const first = parseUtcDay(`${key}-01`);
      // The last day of a month is in the period that began in it, whatever its start day.
      return first && dateOf(Number(key.slice(0, 4)), Number(key.slice(5)), 31);
    }
    case 'quarterly': {
      const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(key) ?? [];
      if (year === undefined) return null;
      return dateOf(Number(year), rule.startMonth + 3 * (Number(quarter) - 1), 1);
    }
    case 'yearly':
      return /^\d{4}$/.test(key) ? dateOf(Number(key), rule.startMonth, 1) : null;
  }
}

function mondayOf(week: string): CalendarDate | null {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(week) ?? [];
  // 4 January is always in the first week.
  const inFirst = year === undefined ? null : parseUtcDay(`${year}-01-04`);
  return inFirst && plusDays(inFirst, 7 * (Number(number) - 1));
}
