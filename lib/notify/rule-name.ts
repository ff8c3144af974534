// What people call how often a budget starts from nothing: "monthly", "weekly from Sunday", "over 7 days".

import { elementAt } from '../lists/element-at.ts';
import { MONTHS, type PeriodRule } from '../time/period-rule.ts';
import { UTC } from '../time/zone.ts';
import { upperFirst } from './upper-first.ts';

/** Stands behind an amount: `$500 monthly`. With the zone where that is not UTC. */
export function ruleName(rule: PeriodRule): string {
  return rule.zone === UTC ? unzonedName(rule) : `${unzonedName(rule)} (${rule.zone})`;
}

function unzonedName(rule: PeriodRule): string {
  switch (rule.kind) {
    case 'daily':
      return rule.kind;
    case 'weekly':
      return rule.startDay === 'monday' ? rule.kind : `${rule.kind} from ${upperFirst(rule.startDay)}`;
    case 'monthly':
      return rule.startDay === 1 ? rule.kind : `${rule.kind} from day ${rule.startDay}`;
    case 'quarterly':
    case 'yearly':
      return rule.startMonth === 1
        ? rule.kind
        : `${rule.kind} from ${upperFirst(elementAt(MONTHS, rule.startMonth - 1))}`;
    case 'rolling':
      return `over ${rule.days} days`;
    case 'fixed':
      return `from ${rule.from} until ${rule.to}`;
  }
}
