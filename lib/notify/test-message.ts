// A message that tests the way to people: it reads like an alert, and says in every place that it is none.
import type { Alert } from '../alert/alert.ts';
import type { Instant } from '../time/instant.ts';
import { periodAt } from '../time/period.ts';
import { messageOfAlerts } from './group-alerts.ts';
import type { Message } from './message.ts';

const WHAT = 'This is a test';

export function testMessage(tick: Instant, run: string): Message {
  const period = periodAt('monthly', tick);
  const alert: Alert = {
    id: `test#${period.key}#000000#-#100:80`,
    budgetId: 'test',
    budgetName: WHAT,
    member: '-',
    scope: {},
    names: {},
    measure: 'cost',
    unit: 'usd',
    period,
    limit: '100',
    spent: '80',
    threshold: '80%',
    thresholdAmount: '80',
    supersedes: [],
    reason: 'test',
    severity: 'info',
    late: false,
    labels: {},
    asOf: tick,
    completeThrough: null,
    contributors: [],
  };
  const message = messageOfAlerts([alert], run);
  return {
    ...message,
    title: `${WHAT}: messages of budget-alerts reach you`,
    text: `${WHAT}: messages of budget-alerts reach you. Nothing was spent; an alert looks like this:\n\n${message.text}`,
    attributes: { ...message.attributes, kind: 'test' },
  };
}
