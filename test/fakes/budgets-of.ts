// Budgets in tests: a whole budget from the few fields that a case is about.
import type { Budget } from '../../lib/budget/budget.ts';
import type { StoredBudget } from '../../lib/budget/budget-store.ts';
import type { Amount } from '../../lib/money/amount.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { MEASURES } from '../../lib/spend/measure.ts';
import { type CalendarKind, type PeriodRule, plainRule } from '../../lib/time/period-rule.ts';
import { amountOf } from './amount-of.ts';
import { instantOf } from './time-of.ts';

export interface BudgetCase {
  readonly id?: string;
  readonly name?: string | null;
  readonly projects?: readonly string[];
  readonly each?: boolean;
  readonly except?: readonly string[];
  readonly measure?: string;
  readonly limit?: string;
  /** A word is the plain form. */
  readonly period?: CalendarKind | PeriodRule;
  /** Period key → limit. */
  readonly planned?: Readonly<Record<string, string>>;
  /** `80%` or an absolute amount; ascending. */
  readonly thresholds?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly notify?: readonly string[];
  readonly decidedAt?: string;
}

export function budgetOf(given: BudgetCase = {}): Budget {
  const measure = MEASURES.get(given.measure ?? 'cost');
  if (measure === undefined) throw new Error(`no measure ${given.measure}`);
  const limit = amountOf(given.limit ?? '100');
  return {
    id: given.id ?? 'org-monthly',
    name: given.name ?? null,
    scope: given.projects === undefined ? {} : { project: given.projects },
    each: given.each === true ? 'project' : null,
    except: given.except ?? [],
    overrides: new Map(),
    measure,
    limit,
    planned: new Map(Object.entries(given.planned ?? {}).map(([key, text]) => [key, amountOf(text)])),
    period: ruleOf(given.period ?? 'monthly'),
    thresholds: (given.thresholds ?? ['80%', '100%']).map((text) => {
      if (!text.endsWith('%')) return { label: text, amount: amountOf(text) };
      return { label: text, amount: hundredth(limit, text.slice(0, -1)) };
    }),
    labels: given.labels ?? {},
    notify: given.notify ?? [],
  };
}

function ruleOf(period: CalendarKind | PeriodRule): PeriodRule {
  return typeof period === 'string' ? plainRule(period) : period;
}

/** Decided long ago, unless the case says otherwise. */
export function storedBudgetOf(given: BudgetCase = {}): StoredBudget {
  const decidedAt = instantOf(given.decidedAt ?? '2020-01-01');
  return { budget: budgetOf(given), version: 1, decidedAt, limitLoweredAt: null };
}

/** Whole percents are enough for tests. */
function hundredth(limit: Amount, percent: string): Amount {
  return amountOf(formatAmount(((limit * BigInt(percent)) / 100n) as Amount));
}
