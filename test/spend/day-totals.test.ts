// One pass over a day's rows: by any dimensions, with what is unknown said and not taken for 0.
import { describe, expect, it } from 'vitest';
import { formatAmount } from '../../lib/money/format-amount.ts';
import type { GroupDimension } from '../../lib/spend/catalogue.ts';
import { dayTableOf } from '../../lib/spend/day-table.ts';
import { type DayTotals, dayTotals } from '../../lib/spend/day-totals.ts';
import { MEASURES } from '../../lib/spend/measure.ts';
import { amountOf } from '../fakes/amount-of.ts';

type Sent = Readonly<Record<string, number>>;

const FIELDS = ['input_tokens', 'input_cached_tokens', 'input_cache_write_tokens', 'input_uncached_tokens'];

const tableOf = (rows: readonly (readonly [user: string | null, model: string | null, sent: Sent])[]) =>
  dayTableOf(
    ['user_id', 'model'],
    FIELDS,
    rows.map(([user, model, sent]) => ({
      dimensions: [user, model],
      values: FIELDS.map((field) => (sent[field] === undefined ? null : amountOf(String(sent[field])))),
    })),
  );

const measure = (name: string) => {
  const found = MEASURES.get(`completions.${name}`);
  if (found === undefined) throw new Error(name);
  return found;
};

const amounts = ({ groups }: Pick<DayTotals, 'groups'>) =>
  [...groups.values()].map(({ members, amount }) => [...members, formatAmount(amount)]);

describe('the totals of a day', () => {
  const tables = [
    tableOf([
      ['ann', 'm1', { input_tokens: 1 }],
      ['ann', 'm2', { input_tokens: 20 }],
      [null, 'm1', { input_tokens: 300 }],
    ]),
    tableOf([['ann', 'm1', { input_tokens: 4_000 }]]),
  ];
  const by = (...dimensions: GroupDimension[]) =>
    amounts(dayTotals(tables, measure('input_tokens'), dimensions)).sort();

  it('are by whatever is asked, over all parts of the day', () => {
    expect(by()).toEqual([['4321']]);
    expect(by('user_id')).toEqual([
      [null, '300'],
      ['ann', '4021'],
    ]);
    expect(by('model', 'user_id')).toEqual([
      ['m1', null, '300'],
      ['m1', 'ann', '4001'],
      ['m2', 'ann', '20'],
    ]);
  });

  it('have nobody in a dimension that the rows lack', () => {
    expect(by('api_key_id')).toEqual([[null, '4321']]);
  });
});

describe('uncached input', () => {
  const uncached = (sent: Sent) => {
    const totals = dayTotals([tableOf([['ann', 'm', sent]])], measure('input_uncached_tokens'), []);
    return [amounts(totals)[0]?.[0], totals.unknownRows];
  };

  it.each([
    ['is what OpenAI sends', { input_tokens: 100, input_uncached_tokens: 7 }, '7', 0],
    [
      'is the rest of the input where it does not',
      { input_tokens: 100, input_cached_tokens: 30, input_cache_write_tokens: 20 },
      '50',
      0,
    ],
    [
      'is unknown where a part of the difference is missing',
      { input_tokens: 100, input_cached_tokens: 30 },
      '0',
      1,
    ],
    ['is unknown where nothing was sent', {}, '0', 1],
  ])('%s', (_, sent, amount, unknown) => {
    expect(uncached(sent)).toEqual([amount, unknown]);
  });
});
