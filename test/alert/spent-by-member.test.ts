// Whom a budget counts, and under which name: scopes, patterns and exceptions over sums by several dimensions.
import { describe, expect, it } from 'vitest';
import { spentByMember } from '../../lib/alert/spent-by-member.ts';
import type { Budget, Scope, ScopeDimension } from '../../lib/budget/budget.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { type Groups, groupKey } from '../../lib/spend/day-totals.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { budgetOf } from '../fakes/budgets-of.ts';

type Sum = readonly [...members: (string | null)[], amount: string];

function groupsOf(sums: readonly Sum[]): Groups {
  return new Map(
    sums.map((sum) => {
      const members = sum.slice(0, -1);
      return [groupKey(members), { members, amount: amountOf(String(sum.at(-1))) }];
    }),
  );
}

const spent = (budget: Partial<Budget>, groups: Groups) =>
  spentByMember({ ...budgetOf(), ...budget }, groups).map(
    ([member, amount]) => `${member} ${formatAmount(amount)}`,
  );

/** By project. */
const PROJECTS = groupsOf([
  ['proj_b', '2'],
  [null, '8'],
  ['dev-x', '16'],
  ['proj_a', '1'],
  ['unattributed', '4'],
]);

describe('a budget of sums by project', () => {
  it.each<[string, Scope, string]>([
    ['everything', {}, '- 31'],
    ['one project', { project: ['proj_a'] }, '- 1'],
    ['two', { project: ['proj_a', 'proj_b'] }, '- 3'],
    ['a pattern', { project: ['proj_*'] }, '- 3'],
    ['a pattern and a project', { project: ['dev-x', 'proj_*'] }, '- 19'],
    ['a pattern of everything, which what has no project is not', { project: ['*'] }, '- 23'],
    ['what has no project, or one of that name', { project: ['unattributed'] }, '- 12'],
    ['a pattern and what has no project', { project: ['proj_*', 'unattributed'] }, '- 15'],
    ['a project without a row', { project: ['proj_z'] }, '- 0'],
  ])('counts %s', (_, scope, expected) => {
    expect(spent({ scope }, PROJECTS)).toEqual([expected]);
  });

  it.each<[string, Partial<Budget>, string[]]>([
    ['all, sorted', {}, ['dev-x 16', 'proj_a 1', 'proj_b 2', 'unattributed 12']],
    ['all but some', { except: ['proj_b', 'dev-*'] }, ['proj_a 1', 'unattributed 12']],
    ['all but what has no project', { except: ['unattributed'] }, ['dev-x 16', 'proj_a 1', 'proj_b 2']],
    ['those of its scope', { scope: { project: ['proj_b', 'proj_a'] } }, ['proj_a 1', 'proj_b 2']],
    [
      'those of a pattern',
      { scope: { project: ['proj_*', 'dev-x'] }, except: ['proj_b'] },
      ['dev-x 16', 'proj_a 1'],
    ],
    ['none without rows', { scope: { project: ['proj_z'] } }, []],
  ])('has a member for each project: %s', (_, budget, expected) => {
    expect(spent({ each: 'project', ...budget }, PROJECTS)).toEqual(expected);
  });
});

describe('a budget of sums by project and user', () => {
  const tokens = budgetOf({ measure: 'completions.total_tokens' });
  const both = groupsOf([
    ['proj_a', 'user_2', '1'],
    ['proj_a', 'user_1', '2'],
    ['proj_b', 'user_1', '4'],
    ['proj_b', null, '8'],
    [null, 'user_2', '16'],
    ['other', 'user_1', '32'],
  ]);
  const seen = (scope: Scope, each: ScopeDimension | null = null, except: readonly string[] = []) =>
    spent({ ...tokens, scope, each, except }, both);

  it.each<[string, Scope, string]>([
    ['a user in a project', { project: ['proj_a'], user: ['user_1'] }, '- 2'],
    [
      'some users in some projects',
      { project: ['proj_a', 'proj_b'], user: ['user_1', 'unattributed'] },
      '- 14',
    ],
    ['patterns of both', { project: ['proj_*'], user: ['user_*'] }, '- 7'],
    ['what has no project, of a user', { project: ['unattributed'], user: ['user_2'] }, '- 16'],
  ])('counts %s', (_, scope, expected) => {
    expect(seen(scope)).toEqual([expected]);
  });

  it.each<[string, Scope, ScopeDimension, readonly string[], string[]]>([
    ['for each user of one project', { project: ['proj_a'] }, 'user', [], ['user_1 2', 'user_2 1']],
    [
      'for each user of several',
      { project: ['proj_a', 'proj_b'] },
      'user',
      [],
      ['unattributed 8', 'user_1 6', 'user_2 1'],
    ],
    [
      'for each user of a pattern, but one',
      { project: ['proj_*'] },
      'user',
      ['user_1'],
      ['unattributed 8', 'user_2 1'],
    ],
    ['for each project of a user', { user: ['user_1'] }, 'project', [], ['other 32', 'proj_a 2', 'proj_b 4']],
    [
      'for each project of a user, but some',
      { user: ['user_*'] },
      'project',
      ['proj_*'],
      ['other 32', 'unattributed 16'],
    ],
  ])('has members %s', (_, scope, each, except, expected) => {
    expect(seen(scope, each, except)).toEqual(expected);
  });
});
