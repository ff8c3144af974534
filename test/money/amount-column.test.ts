// Columns of amounts: what goes in comes out to the last digit, as text too, and sums are those of exact whole numbers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOfUnits } from '../../lib/money/amount.ts';
import { type AmountColumn, amountColumn, rowsOfColumn } from '../../lib/money/amount-column.ts';
import { columnValues, readAmountColumn } from '../../lib/money/amount-column-text.ts';
import { formatAmount, readFormattedAmount } from '../../lib/money/format-amount.ts';
import { addColumn, NO_GROUP, newGroupSums, sumOfGroup } from '../../lib/money/group-sums.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { amountsOfColumn } from '../fakes/amounts-of-column.ts';

/** Of any size, those with round numbers and few decimals too. */
const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), fc.nat({ max: 60 }), fc.nat({ max: 45 }))
  .map(([units, cut, shift]) => amountOfUnits((units / 10n ** BigInt(cut)) * 10n ** BigInt(shift)));
const columns = fc.array(fc.option(amounts, { freq: 6 }), { maxLength: 40 });

const textOf = (column: AmountColumn) => JSON.stringify(columnValues(column));
const read = (text: string, length: number, start = 0) => readAmountColumn(Buffer.from(text), start, length);

describe('a column of amounts', () => {
  it('holds every amount exactly, and knows what is not known', () => {
    fc.assert(
      fc.property(columns, (values) => {
        expect(amountsOfColumn(amountColumn(values))).toEqual(values);
      }),
    );
  });

  it('reads back from its text as the same column', () => {
    fc.assert(
      fc.property(columns, (values) => {
        const column = amountColumn(values);
        const text = textOf(column);
        expect(read(`--${text}--`, values.length, 2)).toEqual({ column, end: text.length + 2 });
      }),
      { numRuns: 500 },
    );
  });

  it('takes digits of doubles as they are printed', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true })), (doubles) => {
        const values = doubles.filter((value) => !String(value).includes('e'));
        const column = read(JSON.stringify(values), values.length)?.column;
        expect(amountsOfColumn(column).map((value) => value === null || formatAmount(value))).toEqual(
          values.map((value) => (value === 0 ? '0' : String(value))),
        );
      }),
    );
  });

  it('takes whole numbers as they are', () => {
    const wholes = fc.array(fc.integer({ min: 0, max: 999_999_999_999_999 }));
    fc.assert(
      fc.property(wholes, (values) => {
        expect(amountColumn(values)).toEqual(amountColumn(values.map((value) => amountOf(String(value)))));
      }),
    );
  });

  it('has only the rows that are picked, in their order', () => {
    const column = amountColumn([amountOf('1.5'), null, amountOf('-100000000'), amountOf('0')]);
    expect(amountsOfColumn(rowsOfColumn(column, [3, 1, 2]))).toEqual([
      amountOf('0'),
      null,
      amountOf('-100000000'),
    ]);
  });

  it.each([
    ['99999999', '[99999999]'],
    ['100000000', '[100000000]'],
    ['-0.00000001', '["-0.00000001"]'],
    ['-0.0001', '[-0.0001]'],
    ['123456789012345', '[123456789012345]'],
    ['1234567890123456', '[1234567890123456]'],
    ['12345678901234567.25', '["12345678901234567.25"]'],
    ['0.0000000000000000000000000000000000000001', '["0.0000000000000000000000000000000000000001"]'],
  ])('writes %s as %s', (amount, text) => {
    const column = amountColumn([readFormattedAmount(amount)]);
    expect(textOf(column)).toBe(text);
    expect(read(text, 1)?.column).toEqual(column);
  });

  it.each([
    ['nothing', ''],
    ['another bracket', '{1,2}'],
    ['an opening that is none', '{1,2]'],
    ['no end', '[1,2'],
    ['too few', '[1]'],
    ['too many', '[1,2,3]'],
    ['no comma', '[1 2]'],
    ['no value', '[1,]'],
    ['nothing behind a point', '[1,2.]'],
    ['nothing before a point', '[1,.5]'],
    ['a second point', '[1,1.2.3]'],
    ['nothing but a sign', '[1,-]'],
    ['an exponent', '[1,1e5]'],
    ['an open text', '[1,"2]'],
    ['an empty text', '[1,""]'],
    ['a text of something else', '[1,"two"]'],
    ['half a null', '[1,nul]'],
    ['a null with another end', '[1,nulx]'],
    ['a text with another end', '[1,"2x]'],
    ['a null in quotes', '[1,"null"]'],
    ['a 41st decimal', `[1,"0.${'1'.repeat(41)}"]`],
    ['two points in a long number', '[1,12345678901234567.1.1]'],
  ])('cannot be read from %s', (_, text) => {
    expect(read(text, 2)).toBeNull();
  });
});

describe('sums by group', () => {
  it('are those of the amounts as whole numbers, whatever is added and taken away', () => {
    const groups = 4;
    const added = fc.array(
      fc.record({
        values: columns,
        sign: fc.constantFrom(1, -1),
        seed: fc.array(fc.nat({ max: groups }), { minLength: 40, maxLength: 40 }),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(added, (parts) => {
        const sums = newGroupSums(groups);
        const expected = Array.from({ length: groups }, () => 0n);
        for (const { values, sign, seed } of parts) {
          const groupOf = Int32Array.from(values, (_, row) => (seed[row] ?? 0) - 1);
          addColumn(sums, amountColumn(values), groupOf, sign);
          for (const [row, value] of values.entries()) {
            const group = groupOf[row] ?? NO_GROUP;
            if (group !== NO_GROUP && value !== null)
              expected[group] = (expected[group] ?? 0n) + BigInt(sign) * value;
          }
        }
        expect(expected.map((_, group) => sumOfGroup(sums, group))).toEqual(expected);
      }),
    );
  });

  it('stay exact over many of the largest limbs', () => {
    const rows = 20_000;
    const sums = newGroupSums(1);
    addColumn(
      sums,
      amountColumn(Array.from({ length: rows }, () => amountOf('99999999.99999999'))),
      new Int32Array(rows),
    );
    expect(formatAmount(sumOfGroup(sums, 0))).toBe('1999999999999.9998');
  });

  it.each([
    ['no group', []],
    ['a group that there is not', [1]],
  ])('fail where a row has %s, rather than leave it out', (_, groups) => {
    const add = () => addColumn(newGroupSums(1), amountColumn([amountOf('1')]), Int32Array.from(groups));
    expect(add).toThrow('row 0 is in none of 1 groups');
  });
});
