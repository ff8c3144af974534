// The versioned JSON of a message: what programs read, the same on every channel that carries JSON.
import type { Alert } from '../alert/alert.ts';
import { formatInstant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { alertText } from './alert-text.ts';
import { alertTitle } from './alert-title.ts';
import type { Message, MessageAttributes } from './message.ts';

export const ALERT_SCHEMA = 'budget-alerts/alert/v1';

export interface PeriodDocument {
  readonly kind: string;
  readonly start: string;
  readonly end: string;
}

/** Amounts are exact decimal texts in `unit`. */
export interface AlertDocument {
  readonly id: string;
  readonly messageId: string;
  readonly budgetId: string;
  readonly scope: Alert['scope'];
  readonly measure: string;
  readonly unit: string;
  readonly period: PeriodDocument;
  readonly reason: string;
  readonly threshold: string;
  readonly supersedes: readonly string[];
  readonly late: boolean;
  readonly spent: string;
  readonly limit: string;
  readonly severity: string;
  readonly title: string;
  readonly text: string;
}

interface MessageDocument {
  readonly schema: typeof ALERT_SCHEMA;
  readonly messageId: string;
  readonly title: string;
  readonly text: string;
  readonly attributes: MessageAttributes;
  readonly alerts: readonly AlertDocument[];
  /** Alerts that are part of the message but did not fit into `alerts`. */
  readonly omitted: number;
}

export function messageDocument(message: Message): MessageDocument {
  const { messageId, title, text, attributes } = message;
  return {
    schema: ALERT_SCHEMA,
    messageId,
    title,
    text,
    attributes,
    alerts: message.alerts.map((alert) => alertDocument(alert, messageId)),
    omitted: 0,
  };
}

export function alertDocument(alert: Alert, messageId: string): AlertDocument {
  return {
    id: alert.id,
    messageId,
    budgetId: alert.budgetId,
    scope: alert.scope,
    measure: alert.measure,
    unit: alert.unit,
    period: periodDocument(alert.period),
    reason: alert.reason,
    threshold: alert.threshold,
    supersedes: alert.supersedes.map(({ threshold }) => threshold),
    late: alert.late,
    spent: alert.spent,
    limit: alert.limit,
    severity: alert.severity,
    title: alertTitle(alert),
    text: alertText(alert),
  };
}

export function periodDocument({ kind, start, end }: Period): PeriodDocument {
  return { kind, start: formatInstant(start), end: formatInstant(end) };
}
