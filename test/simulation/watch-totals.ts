// Invariant: every total that a check reports is, to the billionth, that of one state that the data was in.
import type { CheckReport } from '../../lib/run/check.ts';
import { amountOfNano } from './as-declared.ts';
import { decimalOf, type ModelBudget } from './declared.ts';
import { type ExpectedSpend, expectedSpend } from './expected-spend.ts';
import { PAST_MS } from './faulty-table.ts';
import type { KnownState } from './known-spend.ts';
import { dayNumber } from './utc-periods.ts';
import type { Program } from './virtual-time.ts';
import type { World } from './world.ts';

/** A check may see any state since it began, and what an eventually consistent read shows of the minutes before. */
export function watchTotals(world: World, program: Program, report: CheckReport): void {
  const since = program.startedAt - PAST_MS;
  if (world.declaredAt >= since) return;
  const tick = program.tick;
  const seen = new Map(
    report.observations.map(({ budget, period, member, spent, reached }) => {
      const key = keyOf(budget.id, dayNumber(period.start), dayNumber(period.end), member);
      return [key, { spent, reached: reached.length }];
    }),
  );
  for (const measure of ['cost', 'tokens'] as const) {
    const declared = [...world.declared.values()].filter((budget) => budget.measure === measure);
    if (declared.length === 0) continue;
    const candidates = statesSince(world.known[measure].states, since);
    let difference = '';
    const matches = candidates.some((state) => {
      difference = differenceOf(
        expectedSpend(declared, () => state, tick),
        declared,
        seen,
      );
      return difference === '';
    });
    if (!matches) world.violate('totals are exact', `${program.name}: ${difference}`);
  }
}

/** Newest first; the one that counted at `since` is the last. */
function statesSince(states: readonly KnownState[], since: number): KnownState[] {
  const found: KnownState[] = [];
  for (let at = states.length - 1; at >= 0; at -= 1) {
    const state = states[at];
    if (state === undefined) break;
    found.push(state);
    if (state.at < since) break;
  }
  return found;
}

type Seen = ReadonlyMap<string, { readonly spent: bigint; readonly reached: number }>;

function differenceOf(
  expected: readonly ExpectedSpend[],
  declared: readonly ModelBudget[],
  seen: Seen,
): string {
  for (const { budget, span, member, spent, reached } of expected) {
    const key = keyOf(budget.id, span.from, span.until, member);
    const own = seen.get(key);
    if (own === undefined) return `${key} is missing, and should be ${decimalOf(spent)}`;
    if (own.spent !== amountOfNano(spent)) {
      return `${key} is ${Number(own.spent / 10n ** 31n) / 1e9}, and should be ${decimalOf(spent)}`;
    }
    if (own.reached !== reached.length)
      return `${key} reached ${own.reached}, not ${reached.length} thresholds`;
  }
  const ids = new Set(declared.map(({ id }) => id));
  const extra = [...seen.keys()].filter((key) => ids.has(key.split(' ')[0] ?? ''));
  return extra.length > expected.length ? `there are ${extra.length - expected.length} totals too many` : '';
}

function keyOf(budgetId: string, from: number, until: number, member: string): string {
  return `${budgetId} ${from}-${until} ${member}`;
}
