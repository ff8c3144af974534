// What `explain` prints for programs: one JSON document, amounts as exact decimal texts in the budget's unit.

import { NO_MEMBER } from '../alert/spent-by-member.ts';
import type { SummedDay } from '../alert/summed-days.ts';
import type { ThresholdStanding } from '../alert/threshold-standing.ts';
import { type SpecFields, specFields } from '../budget/budget-spec.ts';
import { formatAmount } from '../money/format-amount.ts';
import { percentOf } from '../money/percent-of.ts';
import { type PeriodDocument, periodDocument } from '../notify/message-document.ts';
import type { ExplainedMember, Explanation } from '../run/explain-budget.ts';
import { formatInstant } from '../time/instant.ts';
import { type SourceDocument, sourceDocument } from './check-document.ts';
import { type SilenceDocument, silenceDocument } from './status-document.ts';
import { timeOrNull } from './time-or-null.ts';

interface DayDocument {
  readonly day: string;
  /** `null`: the day was never read (`missing`). */
  readonly amount: string | null;
  readonly changedAt: string | null;
  readonly lastReadAt: string | null;
  readonly provisional: boolean;
  readonly missing: boolean;
  /** Since when OpenAI has answered nothing for a day that had spend, until a later read agrees. */
  readonly doubtedSince: string | null;
}

interface ThresholdDocument {
  readonly threshold: string;
  readonly amount: string;
  readonly reached: boolean;
  /** What the ledger holds about it under the present limit: `announced`, `suppressed`, …; `null`: nothing. */
  readonly said: string | null;
  readonly at: string | null;
  readonly messageId: string | null;
  /** Why it was suppressed. */
  readonly note: string | null;
}

interface MemberDocument {
  readonly member: string | null;
  readonly name: string | null;
  readonly spent: string;
  readonly percent: string | null;
  readonly atLimit: boolean;
  readonly days: readonly DayDocument[];
  readonly thresholds: readonly ThresholdDocument[];
  /** The longest first; the first decides. */
  readonly silences: readonly SilenceDocument[];
  /** Reached and unsaid: the next check says it, or the first after the silence. */
  readonly due: string | null;
  /** `missing` more reaches it; "0": anything more does. */
  readonly next: { readonly threshold: string; readonly amount: string; readonly missing: string } | null;
}

export interface ExplainDocument {
  readonly schema: 'budget-alerts/explain/v1';
  readonly asOf: string;
  /** In the words of the budgets file. */
  readonly budget: SpecFields & {
    readonly measure: string;
    readonly unit: string;
    /** Since when it decides as it does now. */
    readonly decidedAt: string;
  };
  readonly period: PeriodDocument;
  readonly source: SourceDocument & { readonly lastSuccessAt: string | null; readonly code: string | null };
  readonly members: readonly MemberDocument[];
}

export function explainDocument(explanation: Explanation): ExplainDocument {
  const { asOf, budget, decidedAt, period, source, members, names } = explanation;
  const { name: measure, unit } = budget.measure;
  const { lastSuccessAt, failing } = source;
  return {
    schema: 'budget-alerts/explain/v1',
    asOf: formatInstant(asOf),
    budget: { ...specFields(budget), measure, unit, decidedAt: formatInstant(decidedAt) },
    period: periodDocument(period),
    source: {
      ...sourceDocument(source),
      lastSuccessAt: timeOrNull(lastSuccessAt),
      code: failing?.code ?? null,
    },
    members: members.map((member) => memberDocument(member, names)),
  };
}

function memberDocument(
  { observation, days, thresholds, silences, due, next }: ExplainedMember,
  names: ReadonlyMap<string, string>,
): MemberDocument {
  const { member, spent, budget, atLimit } = observation;
  return {
    member: member === NO_MEMBER ? null : member,
    name: member === NO_MEMBER ? null : (names.get(member) ?? null),
    spent: formatAmount(spent),
    percent: percentOf(spent, budget.limit),
    atLimit,
    days: days.map(dayDocument),
    thresholds: thresholds.map(thresholdDocument),
    silences: silences.map(silenceDocument),
    due: due?.label ?? null,
    next:
      next === null
        ? null
        : {
            threshold: next.threshold.label,
            amount: formatAmount(next.threshold.amount),
            missing: formatAmount(next.missing),
          },
  };
}

function dayDocument({
  day,
  amount,
  changedAt,
  lastReadAt,
  provisional,
  doubtedSince,
}: SummedDay): DayDocument {
  return {
    day,
    amount: amount === null ? null : formatAmount(amount),
    changedAt: timeOrNull(changedAt),
    lastReadAt: timeOrNull(lastReadAt),
    provisional,
    missing: amount === null,
    doubtedSince: timeOrNull(doubtedSince),
  };
}

function thresholdDocument({ threshold, reached, entry }: ThresholdStanding): ThresholdDocument {
  return {
    threshold: threshold.label,
    amount: formatAmount(threshold.amount),
    reached,
    said: entry?.state ?? null,
    at: timeOrNull(entry?.at ?? null),
    messageId: entry?.messageId || null,
    note: entry?.note || null,
  };
}
