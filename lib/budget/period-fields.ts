// A period rule in the words of the budgets file, all but its timezone, which is a key of its own.
import { elementAt } from '../lists/element-at.ts';
import { MONTHS, type PeriodRule } from '../time/period-rule.ts';

/** `monthly`, `{ monthly: { startDay: "15" } }`, `{ rolling: "7d" }`, `{ from: …, to: … }`; every value a text. */
export type PeriodFields = string | Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export function periodFields(rule: PeriodRule): PeriodFields {
  switch (rule.kind) {
    case 'daily':
      return rule.kind;
    case 'weekly':
      return rule.startDay === 'monday' ? rule.kind : { [rule.kind]: { startDay: rule.startDay } };
    case 'monthly':
      return rule.startDay === 1 ? rule.kind : { [rule.kind]: { startDay: String(rule.startDay) } };
    case 'quarterly':
    case 'yearly': {
      const startMonth = elementAt(MONTHS, rule.startMonth - 1);
      return startMonth === 'january' ? rule.kind : { [rule.kind]: { startMonth } };
    }
    case 'rolling':
      return { rolling: `${rule.days}d` };
    case 'fixed':
      return { from: rule.from, to: rule.to };
  }
}
