// Reading decimals as OpenAI writes them: exactly, or not at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { parseAmount } from '../../lib/money/parse-amount.ts';

const exactText = (value: string | number): string => {
  const parsed = parseAmount(value);
  return parsed.ok ? formatAmount(parsed.amount) : `refused: ${parsed.why}`;
};

describe('a decimal', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['0E-6176', '0'],
    ['0e999999999999', '0'],
    ['12.50', '12.5'],
    [0.13080438340307526, '0.13080438340307526'],
    [1e-7, '0.0000001'],
    [5e-324, '0'],
    ['-3.25', '-3.25'],
    ['1E+3', '1000'],
    ['1.5e2', '150'],
    ['0.0000001e20', '10000000000000'],
    [0.96000000000000008, '0.9600000000000001'],
    [96.000000000000014, '96.00000000000001'],
    [0.30000000000000004, '0.30000000000000004'],
    [900719925474098.9, '900719925474098.9'],
    [-0.30000000000000004, '-0.30000000000000004'],
    ['999999999999999.9', '999999999999999.9'],
    ['0.123456789012345678901234567890123456789', '0.123456789012345678901234567890123456789'],
    ['0.0000000000000000000000000000000000000001', '0.0000000000000000000000000000000000000001'],
  ])('%s is exactly %s', (value, expected) => {
    expect(exactText(value)).toBe(expected);
  });

  it.each([
    ['a tie goes to the even neighbour below', `0.${'0'.repeat(39)}05`, '0'],
    ['a tie goes to the even neighbour above', `0.${'0'.repeat(39)}15`, `0.${'0'.repeat(39)}2`],
    ['more than a tie goes up', `0.${'0'.repeat(39)}0500001`, `0.${'0'.repeat(39)}1`],
    ['less than a tie goes down', `0.${'0'.repeat(39)}14999`, `0.${'0'.repeat(39)}1`],
    ['a carry runs through', `0.${'9'.repeat(41)}`, '1'],
    ['exponents count', '15e-41', `0.${'0'.repeat(39)}2`],
    ['a tie of several digits goes to the even neighbour too', '2.50e-40', `0.${'0'.repeat(39)}2`],
    ['far below is zero', '1e-6176', '0'],
    ['less than half of the finest is zero, however many nines', '9e-43', '0'],
  ])('finer than 40 decimals: %s', (_, value, expected) => {
    expect(exactText(value)).toBe(expected);
  });

  it.each([
    'not-a-number',
    '1f',
    '0x1.0p0',
    ' 1 ',
    '01',
    '+1',
    '.5',
    '5.',
    '',
    '1e',
    'NaN',
    'Infinity',
    '1_000',
    '1,5',
    '١',
    '1e309',
    '1e15',
    '1000000000000000',
    '1e99999999999999999999',
    '9'.repeat(201),
    `0.${'0'.repeat(250)}1`,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    1e15,
    123456789012345680000,
  ])('refuses %j', (value) => {
    expect(parseAmount(value).ok).toBe(false);
  });

  it.each([
    ['9'.repeat(201), 'longer than 200 characters'],
    ['1e309', '10^15 or more'],
    ['1000000000000000', '10^15 or more'],
    ['12 dollars', 'not a decimal number: "12 dollars"'],
    ['a'.repeat(60), `not a decimal number: "${'a'.repeat(40)}"`],
    ['', 'not a decimal number: ""'],
  ])('says of %s why it is none', (value, why) => {
    expect(parseAmount(value)).toEqual({ ok: false, why });
  });

  it('may have 200 characters', () => {
    expect(parseAmount(`1.${'0'.repeat(198)}`)).toEqual({ ok: true, amount: 10n ** 40n });
  });

  it('survives being written and read again', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 54n), max: 10n ** 54n }).filter((units) => units < 10n ** 55n),
        (units) => {
          const digits = units.toString().replace('-', '').padStart(41, '0');
          const text = `${units < 0n ? '-' : ''}${digits.slice(0, -40)}.${digits.slice(-40)}`;
          const parsed = parseAmount(text);
          expect(parsed).toEqual({ ok: true, amount: units });
          if (parsed.ok) expect(parseAmount(formatAmount(parsed.amount))).toEqual(parsed);
        },
      ),
    );
  });

  it('takes every double at its shortest text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e14, max: 1e14 }), (double) => {
        const parsed = parseAmount(double);
        expect(parsed.ok).toBe(true);
        if (parsed.ok && Math.abs(double) > 1e-20) expect(Number(formatAmount(parsed.amount))).toBe(double);
      }),
    );
  });

  it('takes a number for what its shortest text says, however many digits that has', () => {
    const decimal = fc
      .tuple(fc.maxSafeInteger(), fc.nat(22))
      .map(([digits, places]) => digits / 10 ** places);
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.oneof(decimal, double), (value) => {
        expect(parseAmount(value)).toEqual(parseAmount(String(value)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws and never takes long, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseAmount(text).ok).toBe(/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text));
      }),
    );
  });
});
