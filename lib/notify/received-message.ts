// A message as a subscriber of the topic receives it: the part of its JSON that channels show to people.
import type { Severity } from '../budget/severity.ts';
import type { AlertView } from './alert-view.ts';
import type { DigestView } from './digest-view.ts';
import { statusCommand } from './shell-command.ts';

export interface ReceivedAlert {
  /** A correction's is the original alert's with `#correction` at its end. */
  readonly id: string;
  readonly budgetId: string;
  /** `first-breach`, `correction`, …; a later sender may know more. */
  readonly reason: string;
  readonly severity: Severity;
  readonly late: boolean;
  /** `start` and `end` are instants, ISO 8601. */
  readonly period: { readonly kind: string; readonly start: string; readonly end: string };
  readonly title: string;
  readonly text: string;
  readonly view: AlertView;
}

export interface ReceivedMessage {
  readonly messageId: string;
  readonly title: string;
  readonly text: string;
  readonly attributes: {
    /** `alert`, `test`, `operations`, `heartbeat`, `digest`; what is unknown is shown like an ordinary one. */
    readonly kind: string;
    readonly severity: Severity;
    readonly organization?: string;
    readonly budgetId?: string;
    readonly projectId?: string;
    /** The runbook's heading. */
    readonly code?: string;
    readonly route?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  /** The worst first. */
  readonly alerts: readonly ReceivedAlert[];
  /** Alerts of the message that are not in `alerts`. */
  readonly omitted: number;
  readonly notice?: string;
  readonly summary?: string;
  /** A command to copy. */
  readonly status?: string;
  /** A command to copy. */
  readonly doctor?: string;
  /** Alerts that the next run sends. */
  readonly waiting?: number;
  readonly digest?: DigestView;
}

/** The command that lists every budget; without its flags where the sender names none. */
export function listingCommand({ status }: ReceivedMessage): string {
  return status ?? statusCommand([]);
}

const CORRECTION = '#correction';

/** The id of the alert that this one takes back; `null` where it takes nothing back. */
export function takenBackId({ id, reason }: Pick<ReceivedAlert, 'id' | 'reason'>): string | null {
  if (reason !== 'correction') return null;
  return id.endsWith(CORRECTION) ? id.slice(0, -CORRECTION.length) : id;
}
