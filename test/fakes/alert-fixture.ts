// An alert in tests: 85 of $100 in November 2026, changed where a case is about something else.
import type { Alert } from '../../lib/alert/alert.ts';
import { periodAt } from '../../lib/time/period.ts';
import { dayOf, instantOf } from './time-of.ts';

export function alertFixture(change: Partial<Alert> = {}): Alert {
  const asOf = instantOf('2026-11-20T10:00:00Z');
  return {
    id: 'org-monthly#2026-11#abcdef#-#100:80',
    budgetId: 'org-monthly',
    budgetName: null,
    member: '-',
    scope: {},
    names: {},
    measure: 'cost',
    unit: 'usd',
    period: periodAt('monthly', asOf),
    limit: '100',
    spent: '85',
    threshold: '80%',
    thresholdAmount: '80',
    supersedes: [],
    reason: 'first-breach',
    severity: 'warning',
    late: false,
    labels: {},
    asOf,
    completeThrough: dayOf('2026-11-19'),
    contributors: [],
    pace: null,
    routes: ['default'],
    ...change,
  };
}
