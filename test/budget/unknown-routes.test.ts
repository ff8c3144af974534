// Routes that budgets name and a deployment does not have.
import { describe, expect, it } from 'vitest';
import { unknownRoutes } from '../../lib/budget/unknown-routes.ts';
import { budgetWith } from './budgets-in.ts';

const BUDGET = budgetWith(
  'notify: [team, oncall]',
  'thresholds: [80%, { at: 100%, notify: [pager, oncall] }]',
);

describe('routes that budgets name', () => {
  it.each<[string, readonly string[] | null, readonly string[]]>([
    ['are all known', ['default', 'team', 'oncall', 'pager'], []],
    ['are told once each, those of thresholds too', ['default', 'team'], ['oncall', 'pager']],
    ['are all unknown', [], ['team', 'oncall', 'pager']],
    ['may be any where nobody knows the deployment', null, []],
  ])('%s', (_, known, unknown) => {
    expect(unknownRoutes([BUDGET], known)).toEqual(unknown.map((route) => ({ budgetId: 'a', route })));
  });
});
