// Proposes a first budgets file from an organization's own last weeks, for people to edit.
import { ascending } from '../lists/ascending.ts';
import { type Amount, sumAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import { formatAmount } from '../money/format-amount.ts';

/** Days of history that a proposal rests on: about a month, so sums are monthly figures. */
export const PROPOSAL_DAYS = 30;

const TOP_PROJECTS = 3;
/** Room above the last month, so that a month like it stays quiet and half as much again does not. */
const HEADROOM_PERCENT = 125;
const SMALLEST_LIMIT_USD = 10;

export interface ProposalFacts {
  /** What each project (`null`: none) cost in the last 30 days. */
  readonly costByProject: ReadonlyMap<string | null, Amount>;
  readonly names: ReadonlyMap<string, string>;
}

/** YAML text: one budget for the organization, one for each of the largest projects, one for every other project. */
export function proposedBudgets({ costByProject, names }: ProposalFacts): string {
  const total = sumAmounts(costByProject.values());
  const largest = [...costByProject]
    .flatMap(([id, amount]) => (id === null || amount <= 0n ? [] : [{ id, amount }]))
    .sort((a, b) => ascending(b.amount, a.amount))
    .slice(0, TOP_PROJECTS);
  const lines = [
    '# Proposed from the last 30 days: their cost and a quarter. Edit it; `budget-alerts validate` checks it.',
    'budgets:',
    '  - id: org-monthly',
    '    name: Whole organization',
    `    limit: ${proposedLimitUsd(total)}`,
    '    period: monthly',
    '    thresholds: [50%, 80%, 100%]',
    '',
    ...largest.flatMap(({ id, amount }, index) => [
      `  - id: project-${index + 1}`,
      `    name: ${JSON.stringify(names.get(id) ?? id)}`,
      `    scope: { project: ${JSON.stringify(id)} }`,
      `    limit: ${proposedLimitUsd(amount)}`,
      '    period: monthly',
      '',
    ]),
    '  - id: every-other-project',
    '    each: project',
    ...(largest.length === 0
      ? []
      : [`    except: [${largest.map(({ id }) => JSON.stringify(id)).join(', ')}]`]),
    `    limit: ${proposedLimitUsd(
      restOf(
        costByProject,
        largest.map(({ id }) => id),
      ),
    )}`,
    '    period: monthly',
    '',
  ];
  return lines.join('\n');
}

/** Two leading digits, rounded up, as people set limits: 1,327 becomes 1,400. */
function proposedLimitUsd(amount: Amount): number {
  const dollars = Math.max(SMALLEST_LIMIT_USD, (Number(formatAmount(amount)) * HEADROOM_PERCENT) / 100);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(dollars)) - 1);
  return Math.ceil(dollars / step) * step;
}

/** The largest of the other projects. */
function restOf(costByProject: ReadonlyMap<string | null, Amount>, named: readonly string[]): Amount {
  return [...costByProject]
    .filter(([id]) => id === null || !named.includes(id))
    .reduce((most, [, amount]) => (amount > most ? amount : most), ZERO_AMOUNT);
}
