// Percentages that never say reached before it is so.
import { describe, expect, it } from 'vitest';
import { percentOf } from '../../lib/money/percent-of.ts';
import { amountOf } from '../fakes/amount-of.ts';

describe('a percentage', () => {
  it.each([
    ['4100.25', '5000', '82.005'],
    ['99.9999', '100', '99.999'],
    ['99.99999999999999999999999999999', '100', '99.999'],
    ['100', '100', '100'],
    ['0', '100', '0'],
    ['0.001', '100', '0.001'],
    ['0.0009', '100', '0'],
    ['1', '3', '33.333'],
    ['250', '100', '250'],
    ['-5', '100', '-5'],
    ['-0.5', '100', '-0.5'],
    ['5', '0', null],
    ['0', '0', null],
  ])('%s of %s is %s', (spent, limit, expected) => {
    expect(percentOf(amountOf(spent), amountOf(limit))).toBe(expected);
  });
});
