// The alert that samples show: a support chatbot at 92 % of its $500 for November, on the morning of the 24th.
import type { Alert } from '../../alert/alert.ts';
import { DEFAULT_ROUTE } from '../../budget/route.ts';
import { type Instant, instantOfEpochMs } from '../../time/instant.ts';
import { periodAt } from '../../time/period.ts';
import { plusDays, utcDayOf } from '../../time/utc-day.ts';

/** 24 November 2026, 10:05 UTC. */
export const SAMPLE_TICK: Instant = instantOfEpochMs(Date.UTC(2026, 10, 24, 10, 5));

const PROJECT = 'proj_support';

export function sampleAlert(change: Partial<Alert> = {}): Alert {
  const asOf = SAMPLE_TICK;
  const alert: Alert = {
    id: '',
    budgetId: 'every-project',
    budgetName: 'Every project',
    member: PROJECT,
    scope: { project: PROJECT },
    names: { [PROJECT]: 'Support chatbot' },
    measure: 'cost',
    unit: 'usd',
    period: periodAt('monthly', asOf),
    limit: '500',
    spent: '460.1234',
    threshold: '80%',
    thresholdAmount: '400',
    supersedes: [],
    reason: 'first-breach',
    severity: 'warning',
    late: false,
    labels: { team: 'support' },
    asOf,
    completeThrough: plusDays(utcDayOf(asOf), -1),
    contributors: [
      { label: 'gpt-5-2025-08-07, output', amount: '281.4', previous: '69.2' },
      { label: 'gpt-5-2025-08-07, input', amount: '120.02', previous: '118.5' },
      { label: 'web search tool calls', amount: '41.7', previous: '52.1' },
    ],
    pace: { perDay: '38.02', byEnd: '1140.6' },
    routes: [DEFAULT_ROUTE],
    ...change,
  };
  return { ...alert, id: change.id ?? idOf(alert) };
}

function idOf({ budgetId, period, member, limit, thresholdAmount }: Alert): string {
  return `${budgetId}#${period.key}#5a3c1e#${member}#${limit}:${thresholdAmount}`;
}
