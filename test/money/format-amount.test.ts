// The one text of an amount, and the way back from it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOfUnits } from '../../lib/money/amount.ts';
import { formatAmount, readFormattedAmount } from '../../lib/money/format-amount.ts';

describe('the text of an amount', () => {
  it.each([
    [0n, '0'],
    [1n, `0.${'0'.repeat(39)}1`],
    [-1n, `-0.${'0'.repeat(39)}1`],
    [5n * 10n ** 39n, '0.5'],
    [10n ** 40n, '1'],
    [-1205n * 10n ** 38n, '-12.05'],
    [10n ** 57n, `1${'0'.repeat(17)}`],
  ])('of %s units is %s', (units, text) => {
    expect(formatAmount(amountOfUnits(units))).toBe(text);
    expect(readFormattedAmount(text)).toBe(units);
  });

  it('is read back to the unit, sums larger than any that OpenAI may send too', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 90n), max: 10n ** 90n }), (units) => {
        expect(readFormattedAmount(formatAmount(amountOfUnits(units)))).toBe(units);
      }),
    );
  });

  it.each([
    '',
    '-',
    '.5',
    '5.',
    '1e3',
    '+1',
    ' 1',
    '1 ',
    '1,5',
    '0x10',
    `0.${'0'.repeat(41)}`,
    '1'.repeat(201),
  ])('%j is none', (text) => {
    expect(readFormattedAmount(text)).toBeNull();
  });
});
