// A message: one or more alerts on their way to one channel.
import type { Alert } from '../alert/alert.ts';
import type { Severity } from '../budget/severity.ts';
import type { DigestView } from './digest-view.ts';
import type { MessageKind } from './message-kinds.ts';

export interface MessageAttributes {
  readonly kind: MessageKind;
  readonly severity: Severity;
  /** Absent where the alerts differ in it. */
  readonly budgetId?: string;
  readonly projectId?: string;
  /** On which route it goes; absent on messages to operations. */
  readonly route?: string;
  /** The runbook's heading, of an `operations` message. */
  readonly code?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Flags of the `budget-alerts` command that lead to the same state, for commands to copy: `['--stack', 'Prod']`. */
export type TargetFlags = readonly string[];

export interface Message {
  readonly messageId: string;
  readonly title: string;
  /** For a subject: with an id where ASCII cannot spell the name. Absent where the title serves. */
  readonly asciiTitle?: string;
  /** Plain text that reads well in 72 columns. */
  readonly text: string;
  readonly attributes: MessageAttributes;
  readonly alerts: readonly Alert[];
  readonly flags: TargetFlags;
  /** What several alerts come to together, in one sentence or two; absent of one alert. */
  readonly summary?: string;
  /** Alerts that did not fit into this run, and that the next one sends; absent where there are none. */
  readonly waiting?: number;
  /** Of a digest. */
  readonly digest?: DigestView;
}

/** A message of alerts, which go on routes. */
export interface AlertMessage extends Message {
  readonly attributes: MessageAttributes & { readonly route: string };
}
