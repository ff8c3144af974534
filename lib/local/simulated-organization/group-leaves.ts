// From leaves to the rows of a bucket: filtered, added up by the requested dimensions, and now and then one row as two.
import { type Amount, addAmounts, amountOfUnits, subtractAmounts } from '../../money/amount.ts';
import { draw } from './draw.ts';
import type { Leaf } from './leaf.ts';
import type { AppliedFilter } from './spend-query.ts';
import type { Dimensions } from './stream.ts';

export interface Group {
  /** The requested ones only. */
  readonly dimensions: Dimensions;
  /** The project, if it is one and the same for the whole group, requested or not. */
  readonly soleProject: string | boolean | null;
  readonly amount: Amount;
  /** `null` where units differ. */
  readonly unit: string | null;
  readonly counts: Readonly<Record<string, number>>;
}

const SPLIT_OF_TEN_DECIMALS = 10n ** 30n;

/** Sums are exact, so that any grouping adds up to any other. In the order of first appearance. */
export function groupLeaves(
  leaves: readonly Leaf[],
  groupBy: readonly string[],
  filters: readonly AppliedFilter[],
): Group[] {
  const groups = new Map<string, Group>();
  for (const leaf of leaves) {
    if (!filters.every((filter) => passes(leaf, filter))) continue;
    const dimensions = Object.fromEntries(groupBy.map((name) => [name, leaf.dimensions[name] ?? null]));
    const key = JSON.stringify(dimensions);
    const group = groups.get(key);
    const soleProject = leaf.dimensions.project_id ?? null;
    const { amount, unit, counts } = leaf;
    groups.set(
      key,
      group === undefined
        ? { dimensions, soleProject, amount, unit, counts }
        : {
            dimensions,
            soleProject: group.soleProject === soleProject ? soleProject : null,
            amount: addAmounts(group.amount, amount),
            unit: group.unit === unit ? unit : null,
            counts: addCounts(group.counts, counts),
          },
    );
  }
  return [...groups.values()];
}

/**
 * In one bucket of eight one row comes as two that agree in every dimension, as OpenAI sends them at times: who
 * overwrites instead of adding loses the first. `name` is the bucket's.
 */
export function withRepeatedRow(groups: readonly Group[], seed: number, ...name: readonly string[]): Group[] {
  const at = Math.floor(draw(seed, 'repeated row', ...name) * 8 * groups.length);
  return groups.flatMap((group, index) => (index === at ? inTwo(group) : [group]));
}

/** Three eighths and the rest; an amount is cut after ten decimals, so that both parts fit a JSON number if it did. */
function inTwo(group: Group): Group[] {
  const amount = amountOfUnits(((group.amount * 3n) / 8n / SPLIT_OF_TEN_DECIMALS) * SPLIT_OF_TEN_DECIMALS);
  const counts = mapCounts(group.counts, (count) => Math.floor((count * 3) / 8));
  return [
    { ...group, amount, counts },
    {
      ...group,
      amount: subtractAmounts(group.amount, amount),
      counts: mapCounts(group.counts, (count) => count - Math.floor((count * 3) / 8)),
    },
  ];
}

function passes(leaf: Leaf, filter: AppliedFilter): boolean {
  const value = leaf.dimensions[filter.dimension] ?? null;
  return value !== null && filter.values.has(value);
}

function addCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>) {
  const sum: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

function mapCounts(counts: Readonly<Record<string, number>>, of: (count: number) => number) {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, of(count)]));
}
