// Keys that people may write for a period, and texts that only look like one.
import { expect, it } from 'vitest';
import { periodOfKey } from '../../lib/time/period-of-key.ts';
import { plainRule } from '../../lib/time/period-rule.ts';

it.each([
  ['daily', '2026-11-20', true],
  ['daily', '2026-11-31', false],
  ['weekly', '2026-W47', true],
  ['weekly', '2026-W54', false],
  ['weekly', 'x2026-W47', false],
  ['weekly', '2026-W471', false],
  ['weekly', '2026-47', false],
  ['monthly', '2026-11', true],
  ['monthly', '2026-13', false],
  ['quarterly', '2026-Q4', true],
  ['quarterly', '2026-Q5', false],
  ['quarterly', 'x2026-Q4', false],
  ['quarterly', '2026-Q45', false],
  ['yearly', '2026', true],
  ['yearly', '12026', false],
  ['yearly', '2026-11', false],
] as const)('of a %s rule, %s names a period: %s', (kind, key, names) => {
  const rule = plainRule(kind);
  expect(periodOfKey(rule, key)?.key ?? null).toBe(names ? key : null);
});
