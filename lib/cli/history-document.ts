// What `history` prints for programs: one JSON document, amounts as exact decimal texts.
import type { AlertReason } from '../alert/alert.ts';
import type { LedgerEntry } from '../alert/ledger-entries.ts';
import { NO_MEMBER } from '../alert/spent-by-member.ts';
import { type PeriodDocument, periodDocument } from '../notify/message-document.ts';
import type { PastAlert } from '../run/read-history.ts';
import { formatInstant, type Instant } from '../time/instant.ts';
import { timeOrNull } from './time-or-null.ts';

interface PastAlertDocument {
  /** As in the message; `null` with a period that has no name any more. */
  readonly id: string | null;
  readonly at: string;
  readonly budgetId: string;
  readonly member: string | null;
  readonly memberName: string | null;
  /**
   * `kind` and `start` are `null` where the budget is gone or sums something else today, and so is `end` if it was a
   * rolling one.
   */
  readonly period:
    | PeriodDocument
    | { readonly kind: null; readonly start: null; readonly end: string | null };
  /** Canonical: `80%`, or the amount. */
  readonly threshold: string;
  readonly thresholdAmount: string;
  readonly reason: AlertReason;
  readonly spent: string;
  readonly limit: string;
  /** Of the amounts; `null` where `period.kind` is. */
  readonly unit: string | null;
  readonly state: LedgerEntry['state'];
  /** The message that said it; of a correction, the one that took it back. */
  readonly messageId: string | null;
  /** Why it was suppressed. */
  readonly note: string | null;
  /** How many runs have tried to send what is `claimed`; else `null`. */
  readonly attempts: number | null;
}

export interface HistoryDocument {
  readonly schema: 'budget-alerts/history/v1';
  readonly asOf: string;
  /** Newest first. */
  readonly alerts: readonly PastAlertDocument[];
}

export function historyDocument(tick: Instant, alerts: readonly PastAlert[]): HistoryDocument {
  return {
    schema: 'budget-alerts/history/v1',
    asOf: formatInstant(tick),
    alerts: alerts.map(pastAlertDocument),
  };
}

function pastAlertDocument(past: PastAlert): PastAlertDocument {
  const { id, at, key, member, memberName, period, threshold, thresholdAmount, reason } = past;
  const { spent, limit, unit, state, messageId, note, attempts } = past;
  return {
    id,
    at: formatInstant(at),
    budgetId: key.budgetId,
    member: member === NO_MEMBER ? null : member,
    memberName,
    period:
      period === null ? { kind: null, start: null, end: timeOrNull(key.periodEnd) } : periodDocument(period),
    threshold,
    thresholdAmount,
    reason,
    spent,
    limit,
    unit,
    state,
    messageId: messageId || null,
    note: note || null,
    attempts: state === 'claimed' ? attempts : null,
  };
}
