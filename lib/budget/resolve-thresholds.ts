// Works out, exactly, the amounts that declared thresholds come to under a limit.
import { ascending } from '../lists/ascending.ts';
import { elementAt } from '../lists/element-at.ts';
import { type Amount, amountOfInteger, amountOfUnits, ZERO_AMOUNT } from '../money/amount.ts';
import { formatAmount } from '../money/format-amount.ts';
import type { Budget, Threshold } from './budget.ts';
import { budgetWarning, type Place } from './budget-problem.ts';
import {
  type AbsoluteThreshold,
  percentLabel,
  shareOfPercent,
  WHOLE_LIMIT_SHARE,
} from './parse-threshold.ts';
import type { DeclaredEntry } from './parse-threshold-entry.ts';
import type { Problem } from './problem.ts';

const DEFAULT_SHARES = [800_000n, WHOLE_LIMIT_SHARE];
const HUNDRED = amountOfInteger(100);
const WHOLE_LIMIT = percentLabel(WHOLE_LIMIT_SHARE);

/** What a budget that does not say speaks at: 80 % and 100 %; under a limit of 0 only the limit itself. */
export function defaultThresholds(limit: Amount): Threshold[] {
  const shares = limit === ZERO_AMOUNT ? [WHOLE_LIMIT_SHARE] : DEFAULT_SHARES;
  return shares.map((share) => ({ label: percentLabel(share), amount: shareOfLimit(limit, share) }));
}

export function areDefaultThresholds(thresholds: readonly Threshold[], limit: Amount): boolean {
  const defaults = defaultThresholds(limit);
  return (
    thresholds.length === defaults.length &&
    thresholds.every(({ label, severity, notify }, index) => {
      const isPlain = severity === undefined && notify === undefined;
      return isPlain && label === elementAt(defaults, index).label;
    })
  );
}

/** A budget's thresholds under another limit: percentages follow it, amounts stay, the defaults stay the defaults. */
export function thresholdsUnder(limit: Amount, budget: Pick<Budget, 'limit' | 'thresholds'>): Threshold[] {
  if (areDefaultThresholds(budget.thresholds, budget.limit)) return defaultThresholds(limit);
  const place: Place = { path: '', line: null };
  const declared = budget.thresholds.map(({ label, amount, ...voice }): DeclaredEntry => {
    const share = shareOfPercent(label);
    return share === null
      ? { form: 'absolute', label, amount, place, voice }
      : { form: 'percent', label, share, place, voice };
  });
  return resolveThresholds(declared, limit, place, []);
}

/**
 * Ascending, no amount twice: a percentage is kept rather than the amount that it comes to, else the first. What looks
 * like a slip becomes a warning; `place` is that of the whole list.
 */
export function resolveThresholds(
  declared: readonly DeclaredEntry[],
  limit: Amount,
  place: Place,
  problems: Problem[],
): Threshold[] {
  const entries = limit === ZERO_AMOUNT ? collapsed(declared, place, problems) : declared;
  const kept = new Map<Amount, DeclaredEntry>();
  for (const entry of entries) {
    if (entry.form === 'absolute') warnOfForgottenPercent(entry, limit, problems);
    const amount = entry.form === 'percent' ? shareOfLimit(limit, entry.share) : entry.amount;
    const earlier = kept.get(amount);
    if (earlier === undefined) {
      kept.set(amount, entry);
      continue;
    }
    const winner = earlier.form === 'absolute' ? entry : earlier;
    kept.set(amount, winner);
    const message = `${earlier.label} and ${entry.label} are the same amount, ${formatAmount(amount)}`;
    const advice = `${winner.label} is kept; remove the other`;
    problems.push(budgetWarning('threshold-duplicate', entry.place, `${message}: ${advice}.`));
  }
  return [...kept]
    .map(([amount, { label, voice }]) => ({ label, amount, ...voice }))
    .sort((a, b) => ascending(a.amount, b.amount));
}

/** Under a limit of 0 every percentage is the amount 0: all of them are one threshold, `100%`. */
function collapsed(
  declared: readonly DeclaredEntry[],
  place: Place,
  problems: Problem[],
): readonly DeclaredEntry[] {
  const [first, ...more] = declared.filter(({ form }) => form === 'percent');
  if (first === undefined) return declared;
  if (more.length > 0 || first.label !== WHOLE_LIMIT) {
    const message =
      `With a limit of 0 every percentage is 0, so all count as one ${WHOLE_LIMIT}, ` +
      `which anything above 0 reaches: write ${WHOLE_LIMIT} alone.`;
    problems.push(budgetWarning('threshold-zero-limit', place, message));
  }
  const { place: at, voice } = [first, ...more].find(({ label }) => label === WHOLE_LIMIT) ?? first;
  const one = { form: 'percent', label: WHOLE_LIMIT, share: WHOLE_LIMIT_SHARE, place: at, voice } as const;
  return [one, ...declared.filter(({ form }) => form === 'absolute')];
}

/** `thresholds: [80]` under a limit of 5000 is 80 dollars, which is seldom what people mean; `[0.8]` even less. */
function warnOfForgottenPercent(
  { label, amount, place }: AbsoluteThreshold,
  limit: Amount,
  problems: Problem[],
): void {
  if (amount > HUNDRED || limit <= HUNDRED) return;
  const isShare = amount <= amountOfInteger(1);
  const meant = isShare ? formatAmount(amountOfUnits(amount * 100n)) : label;
  const message = `${label} is an amount here, not a percentage of the limit ${formatAmount(limit)}`;
  problems.push(budgetWarning('threshold-absolute', place, `${message}; did you mean ${meant}%?`));
}

/**
 * Exact: a limit has at most 12 decimals and a share 6, so the product of 18 decimals is a whole number of 10^-40 and the
 * division leaves nothing over.
 */
function shareOfLimit(limit: Amount, share: bigint): Amount {
  return amountOfUnits((limit * share) / WHOLE_LIMIT_SHARE);
}
