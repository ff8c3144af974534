// A message: one or more alerts on their way to one channel.
import type { Alert, Severity } from '../alert/alert.ts';

export interface MessageAttributes {
  /** `operations`: about the system itself, without alerts. */
  readonly kind: 'alert' | 'test' | 'operations' | 'heartbeat';
  readonly severity: Severity;
  /** Absent where the alerts differ in it. */
  readonly budgetId?: string;
  readonly projectId?: string;
  /** The runbook's heading, of an `operations` message. */
  readonly code?: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Message {
  readonly messageId: string;
  readonly title: string;
  readonly text: string;
  readonly attributes: MessageAttributes;
  readonly alerts: readonly Alert[];
}
