// The history use case: every alert that the ledger remembers, with what is known of its budget today.

import { alertIdOf, shapeOf } from '../alert/alert-key.ts';
import { type LedgerEntry, ledgerEntries } from '../alert/ledger-entries.ts';
import { NO_MEMBER } from '../alert/spent-by-member.ts';
import type { Budget } from '../budget/budget.ts';
import { budgetInPeriod } from '../budget/budget-in-period.ts';
import { budgetOfMember } from '../budget/budget-of-member.ts';
import { SETTLING_MS } from '../budget/evaluated-periods.ts';
import { BudgetAlertsError } from '../errors.ts';
import { ascending } from '../lists/ascending.ts';
import { formatAmount } from '../money/format-amount.ts';
import { amountOfText } from '../notify/format-quantity.ts';
import type { Unit } from '../spend/catalogue.ts';
import { parseInstantBefore } from '../time/duration.ts';
import { DAY_MS, formatInstant, type Instant, plusMs } from '../time/instant.ts';
import { type Period, periodOf } from '../time/period.ts';
import { NAMED_DIMENSIONS, readNames } from './read-names.ts';
import type { RunState } from './run-state.ts';

/** A period stays in the ledger for longer than this and the 35 days for which it may be spoken of. */
const MAX_BACK_MS = 400 * DAY_MS;

export interface HistoryInput {
  readonly organization: string;
  readonly tick: Instant;
  /** An instant, a day, or how long ago; `null`: whatever was said about periods that are open or settling. */
  readonly since: string | null;
  readonly budgetId: string | null;
}

export interface PastAlert extends LedgerEntry {
  /** As in the message; `null` where the budget is gone or sums something else today, so the period has no name. */
  readonly id: string | null;
  readonly period: Period | null;
  readonly unit: Unit | null;
  /** As it is declared today; a threshold that is declared no more has only its amount. */
  readonly threshold: string;
  readonly memberName: string | null;
}

/** Newest first. @throws BudgetAlertsError `since-invalid` */
export async function readHistory(
  { organization, tick, since, budgetId }: HistoryInput,
  { budgets, ledger, names }: Pick<RunState, 'budgets' | 'ledger' | 'names'>,
): Promise<readonly PastAlert[]> {
  const from = since === null ? null : parseSince(since, tick);
  const [declared, { latches }, known] = await Promise.all([
    budgets.active(organization),
    // What was said since then may be about a period that had ended before and was still settling.
    ledger.read(organization, plusMs(from ?? tick, -SETTLING_MS)),
    readNames(organization, NAMED_DIMENSIONS, names),
  ]);
  const budgetOf = new Map(declared.budgets.map(({ budget }) => [budget.id, budget]));
  return ledgerEntries(latches)
    .filter(
      ({ key, at }) => (budgetId === null || key.budgetId === budgetId) && (from === null || at >= from),
    )
    .sort((a, b) => b.at - a.at || compare(a, b))
    .map((entry) => pastAlert(entry, budgetOf.get(entry.key.budgetId), known));
}

function pastAlert(
  entry: LedgerEntry,
  budget: Budget | undefined,
  names: ReadonlyMap<string, string>,
): PastAlert {
  const { key, member, limit, thresholdAmount, alert, at } = entry;
  const declared = budget !== undefined && shapeOf(budget) === key.shape ? budget : null;
  const within = key.periodEnd === null ? at : plusMs(key.periodEnd, -1);
  const period = alert?.period ?? (declared === null ? null : periodOf(declared.period, within));
  const inPeriod = declared === null || period === null ? declared : budgetInPeriod(declared, period);
  const same = inPeriod === null ? null : budgetOfMember(inPeriod, member);
  const label = (): string | undefined => {
    if (same === null || formatAmount(same.limit) !== limit) return undefined;
    return same.thresholds.find(({ amount }) => formatAmount(amount) === thresholdAmount)?.label;
  };
  return {
    ...entry,
    id: period === null ? null : alertIdOf(key, period, member, `${limit}:${thresholdAmount}`),
    period,
    unit: alert?.unit ?? same?.measure.unit ?? null,
    threshold: label() ?? thresholdAmount,
    memberName: member === NO_MEMBER ? null : (names.get(member) ?? null),
  };
}

function parseSince(text: string, tick: Instant): Instant {
  const since = parseInstantBefore(text, tick);
  if (since === null) {
    throw invalid(
      'Write --since as an instant like 2026-11-01T09:00Z, a day, or a duration like 12h, 7d or 2w.',
    );
  }
  if (since > tick) throw invalid(`--since ${formatInstant(since)} is in the future.`);
  const earliest = plusMs(tick, -MAX_BACK_MS);
  if (since >= earliest) return since;
  throw invalid(`Alerts are remembered for 400 days: --since may go back to ${formatInstant(earliest)}.`);
}

function invalid(message: string): BudgetAlertsError {
  return new BudgetAlertsError('since-invalid', message);
}

/** What was said at the same time: by budget and member, the highest threshold first. */
function compare(a: LedgerEntry, b: LedgerEntry): number {
  return (
    ascending(`${a.key.budgetId} ${a.member}`, `${b.key.budgetId} ${b.member}`) ||
    ascending(amountOfText(b.thresholdAmount), amountOfText(a.thresholdAmount))
  );
}
