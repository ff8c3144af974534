// The model's arithmetic: what each budget's periods come to in a state of the data, and which thresholds that reaches.
import type { DeclaredBudget, ModelBudget, Nano } from './declared.ts';
import { thresholdAmount } from './declared.ts';
import type { KnownState } from './known-spend.ts';
import { dayNumber, type Span, spansLookedAt } from './utc-periods.ts';

export interface ExpectedSpend {
  readonly budget: DeclaredBudget;
  readonly span: Span;
  /** `-` where the budget has none. */
  readonly member: string;
  readonly spent: Nano;
  /** Threshold amounts, ascending. */
  readonly reached: readonly Nano[];
}

export const WHOLE = '-';

/** Of a budget's span, the days up to the one of `tick`; by member. */
export function spentIn(
  state: KnownState,
  { projects, each }: ModelBudget,
  { from, until }: Span,
  tick: number,
): Map<string, Nano> {
  const spent = new Map<string, Nano>(each ? [] : [[WHOLE, 0]]);
  const last = Math.min(until - 1, dayNumber(tick));
  for (let day = from; day <= last; day += 1) {
    for (const [project, amount] of state.days.get(day)?.byProject ?? []) {
      if (projects !== null && !projects.includes(project)) continue;
      const member = each ? project : WHOLE;
      spent.set(member, (spent.get(member) ?? 0) + amount);
    }
  }
  return spent;
}

export function isReached(spent: Nano, threshold: Nano): boolean {
  return threshold === 0 ? spent > 0 : spent >= threshold;
}

/** For every budget that is declared, every period that a check for `tick` looks at. */
export function expectedSpend(
  declared: Iterable<DeclaredBudget>,
  stateOf: (measure: ModelBudget['measure']) => KnownState,
  tick: number,
): ExpectedSpend[] {
  const expected: ExpectedSpend[] = [];
  for (const budget of declared) {
    const state = stateOf(budget.measure);
    const thresholds = amountsOf(budget);
    for (const span of spansLookedAt(budget.period, tick, budget.decidedAt)) {
      for (const [member, spent] of spentIn(state, budget, span, tick)) {
        const reached = thresholds.filter((amount) => isReached(spent, amount));
        expected.push({ budget, span, member, spent, reached });
      }
    }
  }
  return expected;
}

/** Under a limit of 0 all percentages are one threshold. */
export function amountsOf(budget: ModelBudget): Nano[] {
  const amounts = budget.percents.map((percent) => thresholdAmount(budget, percent));
  return budget.limit === 0 ? [0] : amounts;
}
