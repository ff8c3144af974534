// Reads the name of a period for which an amount is planned: `2026-12` of a monthly budget.

import { dateOf } from '../time/calendar-date.ts';
import { periodOf } from '../time/period.ts';
import { periodOfKey } from '../time/period-of-key.ts';
import type { CalendarRule, PeriodRule } from '../time/period-rule.ts';
import { parseUtcDay } from '../time/utc-day.ts';
import { startOfDateIn } from '../time/zone.ts';
import { budgetError, type Place } from './budget-problem.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';

/** False if the budget has no such period. `rule` is `null` where the period itself is wrong: then any key will do. */
export function parsePlannedKey(
  key: string,
  place: Place,
  rule: PeriodRule | null,
  problems: Problem[],
): boolean {
  if (rule === null) return true;
  if (rule.kind === 'rolling' || rule.kind === 'fixed') {
    const message =
      `${quoted(key)} cannot have an amount of its own: only daily, weekly, monthly, quarterly and yearly ` +
      'budgets have periods with names. Write the limit as one number.';
    problems.push(budgetError('planned-unknown', place, message));
    return false;
  }
  if (periodOfKey(rule, key) !== null) return true;
  const meant = meantKey(rule, key);
  const advice = meant === null ? `write it like ${exampleKey(rule)}.` : `did you mean \`${meant}\`?`;
  problems.push(
    budgetError('planned-unknown', place, `${quoted(key)} is no period of this budget: ${advice}`),
  );
  return false;
}

/** The key in another spelling (`2026Q4`, `2026-w49`, `2026-3`), or the period that begins or lies where it says. */
function meantKey(rule: CalendarRule, key: string): string | null {
  const plain = key
    .trim()
    .toUpperCase()
    .replace(/^(\d{4})[/._ ]?-?/, '$1-')
    .replace(/-$/, '')
    .replace(/^(\d{4})-(W?)(\d)$/, '$1-$20$3');
  if (periodOfKey(rule, plain) !== null) return plain;
  const date = parseUtcDay(plain) ?? parseUtcDay(`${plain}-01`) ?? parseUtcDay(`${plain}-01-01`);
  return date === null ? null : periodOf(rule, startOfDateIn(rule.zone, date)).key;
}

function exampleKey(rule: CalendarRule): string {
  switch (rule.kind) {
    case 'daily':
      return '2026-12-24';
    case 'weekly':
      return rule.startDay === 'monday'
        ? '2026-W49'
        : `${exampleWeek(rule)}, the day on which the week starts`;
    case 'monthly':
      return rule.startDay === 1 ? '2026-12' : '2026-12, the month in which the period starts';
    case 'quarterly':
      return rule.startMonth === 1 ? '2026-Q4' : '2026-Q4, by the year in which the fiscal year starts';
    case 'yearly':
      return rule.startMonth === 1 ? '2026' : '2026, the year in which the fiscal year starts';
  }
}

function exampleWeek(rule: CalendarRule): string {
  return periodOf(rule, startOfDateIn(rule.zone, dateOf(2026, 12, 5))).key;
}
