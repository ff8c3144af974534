// Messages in tests, made as a run makes them.
import type { Alert } from '../../lib/alert/alert.ts';
import { type AddressedAlert, type Grouping, groupAlerts } from '../../lib/notify/group-alerts.ts';
import type { Message } from '../../lib/notify/message.ts';
import { alertFixture } from './alert-fixture.ts';

/** Alerts on their way to all of their routes. */
export function addressed(alerts: readonly Alert[]): AddressedAlert[] {
  return alerts.map((alert) => ({ alert, routes: alert.routes }));
}

export const GROUPING: Grouping = { run: 'run', organization: 'default', flags: [], waiting: new Map() };

/** One message; the alerts must share labels and severity. */
export function messageOf(...alerts: readonly Partial<Alert>[]): Message {
  const [message, ...others] = groupAlerts(addressed(alerts.map(alertFixture)), GROUPING);
  if (message === undefined || others.length > 0) throw new Error('these alerts are not one message');
  return message;
}

/** So many alerts, worst first, with ids that tell them apart. */
export function stormOf(count: number, change: Partial<Alert> = {}): Message {
  return messageOf(
    ...Array.from({ length: count }, (_, index) => ({
      ...change,
      id: `storm#2026-11#abcdef#proj_${String(index).padStart(5, '0')}#100:80`,
      member: `proj_${String(index).padStart(5, '0')}`,
    })),
  );
}
