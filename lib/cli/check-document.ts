// What `check` prints for programs: one JSON document, amounts as exact decimal texts.

import { scopeOf } from '../alert/alert-of-intent.ts';
import type { Observation } from '../alert/evaluate.ts';
import type { Problem } from '../budget/problem.ts';
import { formatAmount } from '../money/format-amount.ts';
import { percentOf } from '../money/percent-of.ts';
import { countedDays } from '../notify/counted-days.ts';
import {
  type AlertDocument,
  alertDocument,
  type PeriodDocument,
  periodDocument,
} from '../notify/message-document.ts';
import type { CheckReport } from '../run/check.ts';
import type { SourceState } from '../spend/source-state.ts';
import { formatInstant, type Instant } from '../time/instant.ts';

export interface BudgetDocument {
  readonly id: string;
  readonly scope: ReturnType<typeof scopeOf>;
  readonly measure: string;
  readonly unit: string;
  readonly period: PeriodDocument;
  /** The UTC days that count in a period of another zone, both included; absent where the whole period does. */
  readonly countedDays?: { readonly first: string; readonly last: string };
  readonly limit: string;
  readonly spent: string;
  /** Cut, never rounded up, to three decimals; `null` with a limit of 0. */
  readonly percent: string | null;
  readonly atLimit: boolean;
  readonly state: 'ok' | 'firing' | 'unknown';
  readonly missingDays: readonly string[];
}

export interface SourceDocument {
  readonly source: string;
  readonly state: string;
  readonly completeThrough: string | null;
  readonly provisionalFrom: string;
}

export interface CheckDocument {
  readonly schema: 'budget-alerts/check/v1';
  readonly asOf: string;
  readonly sources: readonly SourceDocument[];
  readonly budgets: readonly BudgetDocument[];
  readonly notifications: readonly AlertDocument[];
  readonly problems: readonly Problem[];
}

/** `report` is `null` when nothing could be checked at all; `problems` then says why. */
export function checkDocument(
  tick: Instant,
  report: CheckReport | null,
  problems: readonly Problem[],
): CheckDocument {
  return {
    schema: 'budget-alerts/check/v1',
    asOf: formatInstant(tick),
    sources: (report?.sources ?? []).map(sourceDocument),
    budgets: (report?.observations ?? []).filter(({ open }) => open).map(budgetDocument),
    notifications: (report?.delivered ?? []).map(({ alert, message }) =>
      alertDocument(alert, message.messageId, message.flags),
    ),
    problems: [...problems, ...(report?.problems ?? [])],
  };
}

export function sourceDocument(source: SourceState): SourceDocument {
  const { state, completeThrough, provisionalFrom } = source;
  return { source: source.source, state, completeThrough, provisionalFrom };
}

function budgetDocument(observation: Observation): BudgetDocument {
  const { budget, period, spent, reached, atLimit, missingDays, known } = observation;
  const counted = countedDays(period, budget.measure);
  return {
    id: budget.id,
    scope: scopeOf(observation),
    measure: budget.measure.name,
    unit: budget.measure.unit,
    period: periodDocument(period),
    ...(counted !== null && { countedDays: counted }),
    limit: formatAmount(budget.limit),
    spent: formatAmount(spent),
    percent: percentOf(spent, budget.limit),
    atLimit,
    state: !known ? 'unknown' : reached.length > 0 ? 'firing' : 'ok',
    missingDays,
  };
}
