// From the model's words to the program's own: budgets, amounts and instants as the code under test takes them.
import type { Budget } from '../../lib/budget/budget.ts';
import type { Amount } from '../../lib/money/amount.ts';
import { MEASURES } from '../../lib/spend/measure.ts';
import type { Instant } from '../../lib/time/instant.ts';
import { type PeriodRule, plainRule } from '../../lib/time/period-rule.ts';
import { type ModelBudget, type Nano, thresholdAmount } from './declared.ts';
import type { ModelRule } from './utc-periods.ts';

const UNITS_OF_A_BILLIONTH = 10n ** 31n;

export function amountOfNano(nano: Nano): Amount {
  return (BigInt(nano) * UNITS_OF_A_BILLIONTH) as Amount;
}

export function instant(time: number): Instant {
  return time as Instant;
}

const MEASURE_NAMES = { cost: 'cost', tokens: 'completions.output_tokens' } as const;

export function budgetAsDeclared(model: ModelBudget): Budget {
  const measure = MEASURES.get(MEASURE_NAMES[model.measure]);
  if (measure === undefined) throw new TypeError(`no measure ${model.measure}`);
  return {
    id: model.id,
    name: model.name === '' ? null : model.name,
    scope: model.projects === null ? {} : { project: model.projects },
    each: model.each ? 'project' : null,
    except: [],
    overrides: new Map(),
    measure,
    limit: amountOfNano(model.limit),
    planned: new Map(),
    period: ruleAsDeclared(model.period),
    thresholds: model.percents.map((percent) => {
      return { label: `${percent}%`, amount: amountOfNano(thresholdAmount(model, percent)) };
    }),
    labels: {},
    notify: [],
  };
}

function ruleAsDeclared(rule: ModelRule): PeriodRule {
  return rule.kind === 'rolling' ? { kind: 'rolling', days: rule.days, zone: 'UTC' } : plainRule(rule.kind);
}
