// On which routes an alert is heard, and that somebody hears it whatever is declared.
import { describe, expect, it } from 'vitest';
import { heardOn } from '../../lib/alert/heard-on.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { budgetOf } from '../fakes/budgets-of.ts';

/** Routes of a threshold; `undefined`: it has none of its own. */
type Own = readonly string[] | undefined;

const thresholdOf = (notify: Own) => {
  const threshold = { label: '80%', amount: amountOf('80') };
  return notify === undefined ? threshold : { ...threshold, notify };
};

describe('an alert', () => {
  it.each<[string, readonly string[], readonly Own[], readonly string[]]>([
    ['of a budget without routes, on the default one', [], [undefined], ['default']],
    ['of a budget with routes, on these', ['finance', 'dev'], [undefined], ['dev', 'finance']],
    ['of a threshold with routes of its own, on these only', ['finance'], [['dev']], ['dev']],
    ['of a threshold with an empty list of its own, on the default one', ['finance'], [[]], ['default']],
    ['that speaks for lower thresholds, on theirs too', ['finance'], [['ops'], ['dev']], ['dev', 'ops']],
    ['on each route once, sorted', ['ops'], [['ops', 'dev'], undefined, ['dev']], ['dev', 'ops']],
    [
      'on the default one in place of a name that nobody knows',
      ['gone', 'dev'],
      [undefined],
      ['default', 'dev'],
    ],
    ['on the default one once, whatever it stands for', ['gone'], [['lost'], undefined, []], ['default']],
  ])('is heard %s', (_, ofBudget, own, expected) => {
    const knows = (route: string) => ['default', 'finance', 'dev', 'ops'].includes(route);
    expect(heardOn(budgetOf({ notify: ofBudget }), own.map(thresholdOf), knows)).toEqual(expected);
  });
});
