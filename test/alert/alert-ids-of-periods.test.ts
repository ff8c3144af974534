// Ids of alerts are stored in every ledger there is: an upgrade must compute the same, or it announces everything again.
import { describe, expect, it } from 'vitest';
import { alertId, shapeOf } from '../../lib/alert/alert-key.ts';
import { latchEndOf, latchId } from '../../lib/alert/latch.ts';
import { periodOf } from '../../lib/time/period.ts';
import { PERIOD_KINDS, type PeriodRule } from '../../lib/time/period-rule.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');

function idOf(period: PeriodRule): string {
  const budget = budgetOf({ id: 'org', period });
  const open = periodOf(period, TICK);
  return open === null ? '' : alertId(budget, open, '-', amountOf('80'));
}

describe('an alert id', () => {
  // As version 0.1.0 computed them, when a period was its word and nothing else.
  it.each([
    ['daily', 'org#2026-11-20#e75633#-#100:80'],
    ['weekly', 'org#2026-W47#9b9f19#-#100:80'],
    ['monthly', 'org#2026-11#8b6c6d#-#100:80'],
    ['quarterly', 'org#2026-Q4#b22c64#-#100:80'],
    ['yearly', 'org#2026#0f7231#-#100:80'],
  ] as const)('of a plain %s budget is what it always was', (period, id) => {
    expect(idOf(budgetOf({ period }).period)).toBe(id);
  });

  it('holds the UTC date of the crossing where the period rolls', () => {
    expect(idOf({ kind: 'rolling', days: 7, zone: 'Europe/Berlin' })).toMatch(
      /^org#2026-11-20#[0-9a-f]{6}#-#100:80$/,
    );
  });

  it('is of another shape for every other period', () => {
    const rules: PeriodRule[] = [
      ...PERIOD_KINDS.map((period) => budgetOf({ period }).period),
      { kind: 'monthly', startDay: 1, zone: 'Europe/Berlin' },
      { kind: 'monthly', startDay: 15, zone: 'UTC' },
      { kind: 'weekly', startDay: 'sunday', zone: 'UTC' },
      { kind: 'yearly', startMonth: 4, zone: 'UTC' },
      { kind: 'quarterly', startMonth: 4, zone: 'UTC' },
      { kind: 'rolling', days: 7, zone: 'UTC' },
      { kind: 'rolling', days: 8, zone: 'UTC' },
      { kind: 'fixed', from: dayOf('2026-11-01'), to: dayOf('2026-12-01'), zone: 'UTC' },
    ];
    expect(new Set(rules.map((period) => shapeOf(budgetOf({ period })))).size).toBe(rules.length);
  });

  it('does not know what is planned', () => {
    expect(shapeOf(budgetOf({ planned: { '2026-12': '8000' } }))).toBe(shapeOf(budgetOf()));
  });
});

describe('a latch', () => {
  it('of a rolling budget stays open, and sorts behind every date', () => {
    const rule: PeriodRule = { kind: 'rolling', days: 7, zone: 'UTC' };
    const period = periodOf(rule, TICK);
    const key = { periodEnd: period && latchEndOf(period), budgetId: 'org', shape: 'abcdef', shard: '-' };
    expect(latchId(key)).toBe('open#org#abcdef#-');
    expect(latchId(key) > '9999-12-31T00:00:00Z').toBe(true);
  });
});
