// The digest's section about budgets: how many stand where, and those worth a look, the worst first.

import type { Observation } from '../alert/evaluate.ts';
import type { Pace } from '../alert/pace.ts';
import { isReached } from '../alert/reached.ts';
import { NO_MEMBER } from '../alert/spent-by-member.ts';
import { ascending } from '../lists/ascending.ts';
import { formatAmount } from '../money/format-amount.ts';
import { percentOf } from '../money/percent-of.ts';
import { compactLimit, compactQuantity, roundQuantity } from './compact-quantity.ts';
import type { DigestLine, DigestSection } from './digest-view.ts';
import { oneLine } from './one-line.ts';
import { ruleName } from './rule-name.ts';

const LISTED = 15;

export interface DigestBudget {
  readonly observation: Observation;
  readonly pace: Pace | null;
}

export interface DigestBudgets {
  readonly section: DigestSection;
  /** `2 of 17 budgets at their limit`; `null` where none is. */
  readonly alarm: string | null;
}

/** `budgets`: open periods of what the route hears of. Fine ones are counted only, unless their pace ends over the limit. */
export function digestBudgets(
  budgets: readonly DigestBudget[],
  names: ReadonlyMap<string, string>,
): DigestBudgets {
  const count = (test: (budget: DigestBudget) => boolean) => budgets.filter(test).length;
  const isFiring = ({ observation }: DigestBudget) => observation.known && observation.reached.length > 0;
  const atLimit = count(({ observation }) => observation.known && observation.atLimit);
  const firing = count(isFiring) - atLimit;
  const unknown = count(({ observation }) => !observation.known);
  const tooFast = (budget: DigestBudget) => endsOver(budget) && !budget.observation.atLimit;
  const worth = budgets
    .filter((budget) => budget.observation.known && (isFiring(budget) || tooFast(budget)))
    .sort(worstFirst);
  const states = [
    `${atLimit} at or over ${theirs(atLimit)} limit`,
    `${firing} over a threshold`,
    `${budgets.length - atLimit - firing - unknown} below`,
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ];
  return {
    section: {
      heading: `Budgets: ${states.join(', ')}`,
      lines: worth.slice(0, LISTED).map((budget) => lineOf(budget, names)),
      more: Math.max(0, worth.length - LISTED),
    },
    alarm: atLimit === 0 ? null : atLimitOf(atLimit, budgets.length),
  };
}

function atLimitOf(atLimit: number, all: number): string {
  return all === 1
    ? 'the budget is at its limit'
    : `${atLimit} of ${all} budgets at ${theirs(atLimit)} limit`;
}

function theirs(count: number): string {
  return count === 1 ? 'its' : 'their';
}

function endsOver({ observation: { budget }, pace }: DigestBudget): boolean {
  return pace !== null && isReached(pace.byEnd, budget.limit);
}

function lineOf({ observation, pace }: DigestBudget, names: ReadonlyMap<string, string>): DigestLine {
  const { budget, member, spent } = observation;
  const { unit } = budget.measure;
  const who = member === NO_MEMBER ? (budget.name ?? budget.id) : (names.get(member) ?? member);
  const percent = percentOf(spent, budget.limit);
  const share = percent === null ? '' : `, ${percent.split('.')[0]} %`;
  const ends = pace === null ? '' : `; at this pace ${roundQuantity(pace.byEnd, unit)} by its end`;
  const limit = compactLimit(formatAmount(budget.limit), unit);
  return {
    label: oneLine(who) || budget.id,
    detail: `${compactQuantity(spent, unit)} of ${limit}${share} (${budget.id}, ${ruleName(budget.period)})${ends}`,
  };
}

/** By share of the limit, compared exactly; a limit of 0 that is exceeded comes first. */
function worstFirst({ observation: a }: DigestBudget, { observation: b }: DigestBudget): number {
  return (
    ascending(b.spent * a.budget.limit, a.spent * b.budget.limit) ||
    ascending(a.budget.limit, b.budget.limit) ||
    ascending(a.budget.id, b.budget.id)
  );
}
