// The digest's total and its movers: what was spent in a window of days, and what changed most against the one before.

import { UNATTRIBUTED } from '../budget/budget.ts';
import { ascending } from '../lists/ascending.ts';
import { type Amount, subtractAmounts, sumAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import { compactQuantity } from './compact-quantity.ts';
import type { DigestSection } from './digest-view.ts';
import { oneLine } from './one-line.ts';

const LISTED = 5;

/** Dollars by project id. */
export type SpentByProject = ReadonlyMap<string, Amount>;

export interface DigestSpend {
  readonly spent: SpentByProject;
  /** Of as many days before; `null`: not all days of both are known, so that they cannot be compared. */
  readonly before: SpentByProject | null;
}

export function sumOf(spent: SpentByProject): Amount {
  return sumAmounts(spent.values());
}

export function signedDollars(change: Amount): string {
  return change > 0n ? `+${compactQuantity(change, 'usd')}` : compactQuantity(change, 'usd');
}

/** The largest changes first, whichever way; without a window before, the largest amounts. */
export function digestMovers(
  { spent, before }: DigestSpend,
  names: ReadonlyMap<string, string>,
  every: 'day' | 'week',
): DigestSection {
  const ids = new Set([...spent.keys(), ...(before?.keys() ?? [])]);
  const projects = [...ids].map((id) => {
    const amount = spent.get(id) ?? ZERO_AMOUNT;
    return {
      id,
      amount,
      change: before === null ? amount : subtractAmounts(amount, before.get(id) ?? ZERO_AMOUNT),
    };
  });
  const moved = projects
    .filter(({ change }) => change !== 0n)
    .sort((a, b) => ascending(magnitude(b.change), magnitude(a.change)) || ascending(a.id, b.id));
  return {
    heading: before === null ? 'Largest projects' : `What moved most, against the ${every} before`,
    lines: moved.slice(0, LISTED).map(({ id, amount, change }) => ({
      label: id === UNATTRIBUTED ? 'without a project' : oneLine(names.get(id) ?? id) || id,
      detail: `${compactQuantity(amount, 'usd')}${before === null ? '' : `, ${signedDollars(change)}`}`,
    })),
    more: 0,
  };
}

function magnitude(amount: Amount): Amount {
  return amount < 0n ? subtractAmounts(ZERO_AMOUNT, amount) : amount;
}
