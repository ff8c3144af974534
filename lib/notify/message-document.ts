// The versioned JSON of a message: what programs read, the same on every channel that carries JSON.
import type { Alert } from '../alert/alert.ts';
import { formatInstant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { UTC } from '../time/zone.ts';
import { alertTitle } from './alert-title.ts';
import type { AlertView } from './alert-view.ts';
import type { DigestView } from './digest-view.ts';
import { emailText } from './email-text.ts';
import type { Message, MessageAttributes, TargetFlags } from './message.ts';
import { moreAlerts } from './more-alerts.ts';
import { statusCommand } from './shell-command.ts';
import { viewAlert } from './view-alert.ts';

export const ALERT_SCHEMA = 'budget-alerts/alert/v1';

export interface PeriodDocument {
  readonly kind: string;
  readonly start: string;
  readonly end: string;
  /** Whose days the period begins and ends with; absent for UTC. */
  readonly timezone?: string;
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
  /** What channels for people lay out; texts to be shown, not to be computed with. */
  readonly view: AlertView;
}

/** `alert-v1.schema.json` describes it to readers. */
export interface MessageDocument {
  readonly schema: typeof ALERT_SCHEMA;
  readonly messageId: string;
  readonly title: string;
  readonly text: string;
  readonly attributes: MessageAttributes;
  readonly alerts: readonly AlertDocument[];
  /** Alerts that are part of the message but did not fit into `alerts`. */
  readonly omitted: number;
  /** Where all of them are listed; absent where nothing is omitted. */
  readonly notice?: string;
  /** What several alerts come to together. */
  readonly summary?: string;
  /** The command that lists every budget; absent where the message is about none. */
  readonly status?: string;
  /** The command that finds what is wrong; only where operations are told that something is. */
  readonly doctor?: string;
  /** Alerts that did not fit into this run, and that the next one sends; absent where there are none. */
  readonly waiting?: number;
  /** On messages of the kind `digest`. */
  readonly digest?: DigestView;
}

/** Lists the first `listed` alerts - all of them, unless a channel has a limit - and counts the others. */
export function messageDocument(message: Message, listed = message.alerts.length): MessageDocument {
  const { messageId, title, text, attributes, flags, summary, doctor, waiting, digest } = message;
  const status = statusCommand(flags);
  const isAboutBudgets = message.alerts.length > 0 || digest !== undefined;
  const alerts = message.alerts.slice(0, listed);
  const omitted = message.alerts.length - alerts.length;
  return {
    schema: ALERT_SCHEMA,
    messageId,
    title,
    text,
    attributes,
    alerts: alerts.map((alert) => alertDocument(alert, messageId, flags)),
    omitted,
    ...(omitted === 0 ? {} : { notice: moreAlerts(omitted, `\`${status}\``) }),
    ...(summary === undefined ? {} : { summary }),
    ...(isAboutBudgets && { status }),
    ...(doctor === undefined ? {} : { doctor }),
    ...(waiting === undefined ? {} : { waiting }),
    ...(digest === undefined ? {} : { digest }),
  };
}

export function alertDocument(alert: Alert, messageId: string, flags: TargetFlags): AlertDocument {
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
    text: emailText(alert, flags),
    view: viewAlert(alert, flags),
  };
}

export function periodDocument({ kind, start, end, zone }: Period): PeriodDocument {
  return {
    kind,
    start: formatInstant(start),
    end: formatInstant(end),
    ...(zone !== UTC && { timezone: zone }),
  };
}
