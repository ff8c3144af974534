// Reads `{ rolling: 7d }`: a budget over the last days, today included.
import { elementAt } from '../lists/element-at.ts';
import type { PeriodRule } from '../time/period-rule.ts';
import { UTC } from '../time/zone.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf, textOf } from './field.ts';
import { MAX_PERIOD_DAYS, tooLong } from './period-length.ts';
import type { Problem } from './problem.ts';

/**
 * Figures settle within three days, and only settled ones say that a window is low again. In a shorter window a second
 * breach could come and go before the first is known to be over, and would never be told.
 */
export const MIN_ROLLING_DAYS = 3;

const LENGTH = /^(\d{1,5})d$/;
const SAME_LENGTH = /^(\d{1,3})\s*(w|weeks?|d|days?)$/i;

/** In UTC: the caller knows the zone. */
export function parseRollingPeriod(field: Field, problems: Problem[]): PeriodRule | null {
  const { node } = field;
  const text = textOf(node);
  const refuse = (why: string): null => {
    problems.push(budgetError('period-invalid', placeOf(field), why));
    return null;
  };
  const match = LENGTH.exec(text);
  if (match === null) {
    const advice = meantLength(text);
    return refuse(
      `A rolling period is a number of days, not ${described(node)}; ` +
        (advice === null ? 'write it like period: { rolling: 7d }.' : `write it as { rolling: ${advice} }.`),
    );
  }
  const days = Number(match[1]);
  if (days < MIN_ROLLING_DAYS) {
    const instead = days === 1 ? ' For one day, write period: daily.' : '';
    return refuse(
      `A rolling period is at least ${MIN_ROLLING_DAYS}d, not ${described(node)}: it takes that long until figures settle, ` +
        `and until then nobody can say that a breach is over.${instead}`,
    );
  }
  if (days > MAX_PERIOD_DAYS) {
    problems.push(budgetError('period-too-long', placeOf(field), tooLong(days)));
    return null;
  }
  return { kind: 'rolling', days, zone: UTC };
}

function meantLength(text: string): string | null {
  const match = SAME_LENGTH.exec(text.trim());
  if (match !== null) return `${Number(match[1]) * (/w/i.test(elementAt(match, 2)) ? 7 : 1)}d`;
  return /^\d{1,3}$/.test(text) ? `${Number(text)}d` : null;
}
