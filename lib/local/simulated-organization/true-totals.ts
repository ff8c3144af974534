// The truth in a form to compare with: leaves added up by project and one more dimension, amounts as exact text.
import { type Amount, addAmounts, ZERO_AMOUNT } from '../../money/amount.ts';
import { formatAmount } from '../../money/format-amount.ts';
import type { Leaf } from './leaf.ts';

export interface TrueCost {
  readonly projectId: string | null;
  readonly lineItem: string;
  /** Exact decimal text, US dollars. */
  readonly amount: string;
}

export interface TrueUsage {
  readonly projectId: string | null;
  readonly model: string | null;
  /** Whole counts by meter (`input_uncached`, `output`, `requests`, …). */
  readonly counts: Readonly<Record<string, number>>;
}

/** In the order of first appearance. */
export function trueCostsOf(leaves: readonly Leaf[]): TrueCost[] {
  return totals(leaves, 'line_item').map(({ projectId, member, amount }) => ({
    projectId,
    lineItem: member ?? '',
    amount: formatAmount(amount),
  }));
}

/** In the order of first appearance. */
export function trueUsageOf(leaves: readonly Leaf[]): TrueUsage[] {
  return totals(leaves, 'model').map(({ projectId, member, counts }) => ({
    projectId,
    model: member,
    counts,
  }));
}

interface Total {
  readonly projectId: string | null;
  readonly member: string | null;
  amount: Amount;
  readonly counts: Record<string, number>;
}

function totals(leaves: readonly Leaf[], dimension: string): Total[] {
  const found = new Map<string, Total>();
  for (const leaf of leaves) {
    const projectId = textOf(leaf, 'project_id');
    const member = textOf(leaf, dimension);
    const key = JSON.stringify([projectId, member]);
    const total = found.get(key) ?? { projectId, member, amount: ZERO_AMOUNT, counts: {} };
    found.set(key, total);
    total.amount = addAmounts(total.amount, leaf.amount);
    for (const [name, count] of Object.entries(leaf.counts)) {
      total.counts[name] = (total.counts[name] ?? 0) + count;
    }
  }
  return [...found.values()];
}

function textOf(leaf: Leaf, dimension: string): string | null {
  const value = leaf.dimensions[dimension];
  return typeof value === 'string' ? value : null;
}
