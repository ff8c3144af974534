// Reads `{ from: 2026-11-01, to: 2026-12-01 }`: a budget for one stretch of days, once.
import type { CalendarDate } from '../time/calendar-date.ts';
import type { PeriodRule } from '../time/period-rule.ts';
import { daysBetween, parseUtcDay, plusDays } from '../time/utc-day.ts';
import { UTC } from '../time/zone.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf, textOf } from './field.ts';
import { pathOfKey } from './path-of.ts';
import { MAX_PERIOD_DAYS, tooLong } from './period-length.ts';
import type { Problem } from './problem.ts';

const EXAMPLE = 'period: { from: 2026-11-01, to: 2026-12-01 }';

/** In UTC: the caller knows the zone. */
export function parseFixedPeriod(
  period: Field,
  present: ReadonlyMap<string, Field>,
  misspelt: ReadonlySet<string>,
  problems: Problem[],
): PeriodRule | null {
  const ofKey = (key: string): { readonly date: CalendarDate; readonly field: Field } | null => {
    const field = present.get(key);
    if (field !== undefined) {
      const date = dateOf(field, key, problems);
      return date && { date, field };
    }
    if (misspelt.has(key)) return null;
    const message = `A period from a day to a day needs both; \`${key}\` is missing: write it like ${EXAMPLE}.`;
    problems.push(
      budgetError('missing-key', { path: pathOfKey(period.path, key), line: period.node.line }, message),
    );
    return null;
  };
  const first = ofKey('from');
  const end = ofKey('to');
  if (first === null || end === null) return null;
  const from = first.date;
  const to = end.date;
  const days = daysBetween(from, to);
  if (days < 1) {
    const message =
      `The period ends at the beginning of \`to\`, so that must be after ${from}: ` +
      `for that one day, write to: ${plusDays(from, 1)}.`;
    problems.push(budgetError('period-invalid', placeOf(end.field), message));
    return null;
  }
  if (days > MAX_PERIOD_DAYS) {
    problems.push(budgetError('period-too-long', placeOf(end.field), tooLong(days)));
    return null;
  }
  return { kind: 'fixed', from, to, zone: UTC };
}

function dateOf(field: Field, key: string, problems: Problem[]): CalendarDate | null {
  const { node } = field;
  const date = parseUtcDay(textOf(node));
  if (date !== null) return date;
  const message = `\`${key}\` is a day of the calendar like 2026-11-01, not ${described(node)}.`;
  problems.push(budgetError('period-invalid', placeOf(field), message));
  return null;
}
