// The arithmetic of exact amounts: whole numbers of 10^-40.
import { describe, expect, it } from 'vitest';
import { addAmounts, amountOfInteger, amountOfUnits, subtractAmounts } from '../../lib/money/amount.ts';

const ONE = amountOfUnits(10n ** 40n);

describe('an amount', () => {
  it.each([
    [0, 0n],
    [1, 10n ** 40n],
    [12n, 12n * 10n ** 40n],
  ])('of the whole number %s is that many times 10^40 units', (integer, units) => {
    expect(amountOfInteger(integer)).toBe(units);
  });

  it('is added and subtracted to the unit', () => {
    const unit = amountOfUnits(1n);
    expect(addAmounts(ONE, unit)).toBe(10n ** 40n + 1n);
    expect(subtractAmounts(ONE, unit)).toBe(10n ** 40n - 1n);
  });
});
