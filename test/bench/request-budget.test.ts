// Runs stay within their budget of requests, whatever machine counts them.
import { expect, it } from 'vitest';
import { holds } from './goal.ts';
import { requestBudget } from './request-budget.ts';

it('makes no more requests of AWS than each kind of run may', async () => {
  const goals = await requestBudget();
  expect(goals.length).toBeGreaterThan(6);
  expect(goals.filter((goal) => !holds(goal))).toEqual([]);
});
