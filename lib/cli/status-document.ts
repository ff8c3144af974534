// What `status` prints for programs: `check`'s document, and beside it what a check keeps to itself.

import { alertIdOf, announcementKey, correctionId } from '../alert/alert-key.ts';
import { scopeOf } from '../alert/alert-of-intent.ts';
import type { NoticeLatch } from '../alert/notice.ts';
import type { Silence } from '../budget/silence.ts';
import { formatAmount } from '../money/format-amount.ts';
import { type PeriodDocument, periodDocument } from '../notify/message-document.ts';
import type { HeldBack, StatusReport } from '../run/read-status.ts';
import type { SourceState } from '../spend/source-state.ts';
import { formatInstant } from '../time/instant.ts';
import { type BudgetDocument, type CheckDocument, checkDocument } from './check-document.ts';
import { timeOrNull } from './time-or-null.ts';

export interface SilenceDocument {
  readonly id: string;
  /** `null`: every budget, and every member. */
  readonly budgetId: string | null;
  readonly member: string | null;
  readonly until: string;
  readonly reason: string;
  readonly createdAt: string;
  readonly by: string;
}

/** `null` for what has not happened, or does not hold. */
interface SourceRunDocument {
  readonly source: string;
  readonly lastSuccessAt: string | null;
  readonly failingSince: string | null;
  readonly code: string | null;
  readonly failures: number;
  readonly hint: string | null;
}

interface SuppressedDocument {
  readonly id: string;
  readonly budgetId: string;
  readonly scope: BudgetDocument['scope'];
  readonly unit: string;
  readonly period: PeriodDocument;
  /** Why it would be said. */
  readonly reason: string;
  readonly threshold: string;
  readonly supersedes: readonly string[];
  readonly spent: string;
  readonly limit: string;
  /** When a check recorded it; `null`: none has run since. */
  readonly since: string | null;
  /** Why it is not: the silence, until when, and the reason that people gave. */
  readonly silence: string;
  readonly until: string;
  readonly note: string;
}

interface OperationsDocument {
  readonly subject: string;
  readonly code: string;
  readonly state: string;
  /** When operations were told; `null`: they are being told now. */
  readonly since: string | null;
  /** A message about it is on its way: that it began, that it is different, or that it is over. */
  readonly sending: boolean;
}

export interface StatusDocument extends CheckDocument {
  readonly silences: readonly SilenceDocument[];
  /** `lastCheckAt` is noted at most once an hour; `null`: never. */
  readonly runs: { readonly lastCheckAt: string | null; readonly sources: readonly SourceRunDocument[] };
  readonly suppressed: readonly SuppressedDocument[];
  readonly operations: readonly OperationsDocument[];
}

export function statusDocument(report: StatusReport): StatusDocument {
  return {
    ...checkDocument(report.asOf, report, []),
    silences: report.silences.map(silenceDocument),
    runs: { lastCheckAt: timeOrNull(report.lastCheckAt), sources: report.sources.map(sourceRunDocument) },
    suppressed: report.heldBack.map(suppressedDocument),
    operations: report.notices.map(operationsDocument),
  };
}

export function silenceDocument(silence: Silence): SilenceDocument {
  const { id, budgetId, member, until, reason, createdAt, createdBy } = silence;
  const times = { until: formatInstant(until), createdAt: formatInstant(createdAt) };
  return { id, budgetId, member, reason, by: createdBy, ...times };
}

function sourceRunDocument({ source, lastSuccessAt, failing }: SourceState): SourceRunDocument {
  return {
    source,
    lastSuccessAt: timeOrNull(lastSuccessAt),
    failingSince: timeOrNull(failing?.since ?? null),
    code: failing?.code ?? null,
    failures: failing?.failures ?? 0,
    hint: failing?.hint ?? null,
  };
}

function suppressedDocument({ intent, silence, since }: HeldBack): SuppressedDocument {
  const { observation, latchKey, threshold, supersedes, reason } = intent;
  const { budget, period, member, spent } = observation;
  const id = alertIdOf(latchKey, period, member, announcementKey(budget.limit, threshold.amount));
  return {
    id: reason === 'correction' ? correctionId(id) : id,
    budgetId: budget.id,
    scope: scopeOf(observation),
    unit: budget.measure.unit,
    period: periodDocument(period),
    reason,
    threshold: threshold.label,
    supersedes: supersedes.map(({ label }) => label),
    spent: formatAmount(spent),
    limit: formatAmount(budget.limit),
    since: timeOrNull(since),
    silence: silence.id,
    until: formatInstant(silence.until),
    note: silence.reason,
  };
}

function operationsDocument({ subject, said, claim }: NoticeLatch): OperationsDocument {
  return {
    subject,
    code: said?.code ?? claim?.notice.code ?? '',
    state: said?.state ?? claim?.notice.state ?? '',
    since: timeOrNull(said?.at ?? null),
    sending: claim !== null,
  };
}
