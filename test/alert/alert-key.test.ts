// Ids of alerts, pinned: an upgrade that changed one would announce what was announced before.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  alertId,
  announcedAmounts,
  announcementKey,
  parseAnnouncementKey,
  shapeOf,
} from '../../lib/alert/alert-key.ts';
import { periodAt } from '../../lib/time/period.ts';
import { budgetWith } from '../budget/budgets-in.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { instantOf } from '../fakes/time-of.ts';

const sixHex = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 6);

describe('the shape of a budget', () => {
  it.each([
    [[], '["cost",[],null,"monthly","usd"]', '8b6c6d'],
    [['each: project'], '["cost",[],"project","monthly","usd"]', 'b66a05'],
    [
      ['period: daily', 'scope: { project: [proj_b, proj_a] }'],
      '["cost",[["project",["proj_a","proj_b"]]],null,"daily","usd"]',
      '11dce2',
    ],
    [
      ['period: daily', 'measure: completions.total_tokens', 'scope: { project: proj_abc }'],
      '["completions.total_tokens",[["project",["proj_abc"]]],null,"daily","usd"]',
      'c1236c',
    ],
  ])('of %j is the hash of %s, as ever', (lines, text, shape) => {
    expect(sixHex(text)).toBe(shape);
    expect(shapeOf(budgetWith(...lines))).toBe(shape);
  });

  it('does not depend on the order in which a scope names its dimensions', () => {
    const shape = sixHex('["cost",[["project",["proj_a"]],["user",["user_b"]]],null,"monthly","usd"]');
    const [project, user] = [['proj_a'], ['user_b']];
    expect(shapeOf({ ...budgetWith(), scope: { project, user } })).toBe(shape);
    expect(shapeOf({ ...budgetWith(), scope: { user, project } })).toBe(shape);
  });

  it('does not change with limits of members, and does with another dimension', () => {
    const each = budgetWith('each: project', 'overrides: { proj_a: { limit: 5 } }');
    expect(shapeOf(each)).toBe('b66a05');
    expect(shapeOf(budgetWith('each: user'))).toBe(sixHex('["cost",[],"user","monthly","usd"]'));
  });
});

it('an alert id names budget, period, shape, member, limit and threshold', () => {
  const budget = budgetWith('id: every-project', 'limit: 1000', 'each: project');
  const period = periodAt('monthly', instantOf('2026-10-21T21:00:00Z'));
  expect(alertId(budget, period, 'gpt-4o, input', amountOf('800'))).toBe(
    'every-project#2026-10#b66a05#gpt-4o%2C%20input#1000:800',
  );
});

describe('the key of what was said', () => {
  it('says the limit and the threshold that it was made of', () => {
    const key = announcementKey(amountOf('0.1'), amountOf('0.08'));
    expect(key).toBe('0.1:0.08');
    const amounts = { limit: amountOf('0.1'), threshold: amountOf('0.08') };
    expect(parseAnnouncementKey(key)).toEqual(amounts);
    expect(announcedAmounts(key)).toEqual(amounts);
  });

  it.each(['', ':', 'x:80', '100:x', '100', '100:80:60', '0100:80', '100:80.0', ' 100:80'])(
    'is not %j',
    (key) => {
      expect(parseAnnouncementKey(key)).toBeNull();
      expect(() => announcedAmounts(key)).toThrow('a latch holds a key of no announcement');
    },
  );
});
