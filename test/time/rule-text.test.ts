// The texts of period rules, which alert ids are made of: they must never change.
import { describe, expect, it } from 'vitest';
import { type PeriodRule, plainRule, ruleText } from '../../lib/time/period-rule.ts';
import { dayOf } from '../fakes/time-of.ts';

const UTC = 'UTC';

describe('the text of a period rule', () => {
  it.each<[string, PeriodRule]>([
    ['daily', { kind: 'daily', zone: UTC }],
    ['daily@Europe/Berlin', { kind: 'daily', zone: 'Europe/Berlin' }],
    ['weekly', { kind: 'weekly', startDay: 'monday', zone: UTC }],
    ['weekly:sunday', { kind: 'weekly', startDay: 'sunday', zone: UTC }],
    ['weekly:sunday@Asia/Tokyo', { kind: 'weekly', startDay: 'sunday', zone: 'Asia/Tokyo' }],
    ['monthly', { kind: 'monthly', startDay: 1, zone: UTC }],
    ['monthly:15', { kind: 'monthly', startDay: 15, zone: UTC }],
    ['quarterly', { kind: 'quarterly', startMonth: 1, zone: UTC }],
    ['quarterly:4', { kind: 'quarterly', startMonth: 4, zone: UTC }],
    ['yearly', { kind: 'yearly', startMonth: 1, zone: UTC }],
    ['yearly:10', { kind: 'yearly', startMonth: 10, zone: UTC }],
    ['rolling:7', { kind: 'rolling', days: 7, zone: UTC }],
    ['rolling:7@Europe/Berlin', { kind: 'rolling', days: 7, zone: 'Europe/Berlin' }],
    [
      'fixed:2026-11-01:2026-12-01',
      { kind: 'fixed', from: dayOf('2026-11-01'), to: dayOf('2026-12-01'), zone: UTC },
    ],
  ])('%s', (text, rule) => {
    expect(ruleText(rule)).toBe(text);
  });

  it.each(['daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const)(
    'of a plain %s rule is its word',
    (kind) => {
      expect(ruleText(plainRule(kind))).toBe(kind);
    },
  );
});
