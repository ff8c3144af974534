// Amounts are plain digits, and every other way of writing one gets the plain digits as advice.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlainDecimal } from '../../lib/budget/plain-decimal.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';

function adviceFor(text: string): string {
  const parsed = parsePlainDecimal(text);
  return parsed.ok ? 'accepted' : parsed.why;
}

describe('plain digits', () => {
  it.each([
    ['0', '0'],
    ['0.0', '0'],
    ['5000', '5000'],
    ['5000.50', '5000.5'],
    ['0.000000000001', '0.000000000001'],
    ['999999999999999.999999999999', '999999999999999.999999999999'],
  ])('%s is read as it stands', (text, exact) => {
    const parsed = parsePlainDecimal(text);
    expect(parsed.ok && formatAmount(parsed.amount)).toBe(exact);
  });

  it('keep every digit', () => {
    const decimal = fc.tuple(fc.bigInt(0n, 10n ** 15n - 1n), fc.stringMatching(/^\d{0,11}[1-9]$/));
    fc.assert(
      fc.property(decimal, ([integer, fraction]) => {
        const parsed = parsePlainDecimal(`${integer}.${fraction}`);
        expect(parsed.ok && formatAmount(parsed.amount)).toBe(`${integer}.${fraction}`);
      }),
    );
  });
});

describe('advice', () => {
  it.each([
    ['$500', 'write 500, without a currency sign'],
    ['$ 500', 'write 500, without a currency sign'],
    ['US$500', 'write 500, without a currency sign'],
    ['500$', 'write 500, without a currency'],
    ['500 USD', 'write 500, without a currency'],
    ['usd 500', 'write 500, without a currency'],
    ['5,000', 'write 5000, without a thousands separator'],
    ['1,234,567.5', 'write 1234567.5, without a thousands separator'],
    ["5'000", 'write 5000, without a thousands separator'],
    ['5 000', 'write 5000, without a thousands separator'],
    ['5_000', 'write 5000, without a thousands separator'],
    ['5,5', 'write 5.5, with a decimal point'],
    ['5k', 'write 5000, in full digits'],
    ['1.25K', 'write 1250, in full digits'],
    ['2M', 'write 2000000, in full digits'],
    ['1.5b', 'write 1500000000, in full digits'],
    ['1e3', 'write 1000, without an exponent'],
    ['1.5E+2', 'write 150, without an exponent'],
    ['25e-1', 'write 2.5, without an exponent'],
    ['.5e-3', 'write 0.0005, without an exponent'],
    ['0x1F', 'write 31, in decimal digits'],
    ['0o17', 'write 15, in decimal digits'],
    ['0X1f', 'write 31, in decimal digits'],
    ['0O17', 'write 15, in decimal digits'],
    ['007k', 'write 7000, in full digits'],
    ['1.23000k', 'write 1230, in full digits'],
    ['5.12300e1', 'write 51.23, without an exponent'],
    ['.5', 'write 0.5, with a digit before the point'],
    ['5.', 'write 5, without a point at the end'],
    ['007', 'write 7, without leading zeros'],
    ['00', 'write 0, without leading zeros'],
    ['00.5', 'write 0.5, without leading zeros'],
    ['+5', 'write 5, without a sign'],
    [' 5 ', 'write 5, without blanks'],
    ['$5k', 'write 5000, without a currency sign'],
    ['$1,234.50', 'write 1234.50, without a currency sign'],
    ['-5', 'it cannot be negative'],
    ['-0', 'it cannot be negative'],
    ['80%', 'it is an amount, not a percentage'],
    ['80%  ', 'it is an amount, not a percentage'],
    ['80% of 5', 'write it in plain digits, like 5000 or 12.50'],
    ['0.1234567890123', 'write at most 12 decimals'],
    ['12.1234567890123', 'write at most 12 decimals'],
    ['$0.1234567890123', 'write it in plain digits, like 5000 or 12.50'],
    ['0.1234567890123k', 'write 123.4567890123, in full digits'],
    ['1000000000000000', 'it must be below 1000000000000000 (10^15)'],
    ['1000000000000000.25', 'it must be below 1000000000000000 (10^15)'],
    ['$1000000000000000', 'write it in plain digits, like 5000 or 12.50'],
    ['1000000000000000k', 'write it in plain digits, like 5000 or 12.50'],
    [`${'$'.repeat(59)}5`, 'write 5, without a currency sign'],
    [`${'$'.repeat(60)}5`, 'write it in plain digits, like 5000 or 12.50'],
    ['', 'write it in plain digits, like 5000 or 12.50'],
    ['unlimited', 'write it in plain digits, like 5000 or 12.50'],
    ['.inf', 'write it in plain digits, like 5000 or 12.50'],
    ['.', 'write it in plain digits, like 5000 or 12.50'],
    ['1e400', 'write it in plain digits, like 5000 or 12.50'],
    ['999999999k', 'write 999999999000, in full digits'],
    ['999999999999k', 'write 999999999999000, in full digits'],
    ['9999999999999k', 'write it in plain digits, like 5000 or 12.50'],
    ['1.000,50', 'write it in plain digits, like 5000 or 12.50'],
    ['٥', 'write it in plain digits, like 5000 or 12.50'],
    ['5\n', 'write 5, without blanks'],
  ])('for %j: %s', (text, advice) => {
    expect(adviceFor(text)).toBe(advice);
  });

  it('names only digits that are accepted then, whatever was written', () => {
    const habit = fc.string({
      unit: fc.constantFrom(..."0123456789.,_ $kKmeE+-x%'", 'USD'),
      maxLength: 14,
    });
    fc.assert(
      fc.property(habit, (text) => {
        const advised = /^write (\d\S*), with/.exec(adviceFor(text))?.[1];
        if (advised !== undefined) expect(parsePlainDecimal(advised).ok).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  // What takes the square of the length outlasts the test's time by far.
  it('comes for text of any length', () => {
    for (const unit of ['9', '9,', ' ', '$', '0', '1e', '9k', '.']) {
      expect(parsePlainDecimal(unit.repeat(200_000)).ok).toBe(false);
    }
  });
});
