// A day's rows as columns: duplicates added up, order irrelevant, the stored text exact and canonical.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceOfTable } from '../../lib/spend/day-table.ts';
import { dayTableText, hashOfText, parseDayTable } from '../../lib/spend/day-table-text.ts';
import { type CostRow, costDay, usageDay } from '../fakes/day-of-rows.ts';

const rowsArbitrary = fc.array(
  fc.tuple(
    fc.constantFrom('proj_a', 'proj_b', null),
    fc.constantFrom('gpt-5, input', 'gpt-5, output', null, '#odd"'),
    fc.constantFrom('0.1', '0.30000000000000004', '12.123456789012345678901234567890123456789', '-1', null),
    fc.constantFrom('usd', 'eur'),
  ),
  { maxLength: 12 },
);

describe('a day of rows', () => {
  it('adds up rows that agree in all dimensions', () => {
    const day = costDay([
      ['proj_a', 'gpt-5, input', '0.1'],
      ['proj_b', 'gpt-5, input', '1'],
      ['proj_a', 'gpt-5, input', '0.2'],
    ]);
    expect(dayTableText(day)).toBe(
      '{"v":1,"n":2,"d":{"project_id":[["proj_a","proj_b"],[0,1]],"line_item":[["gpt-5, input"],[0,0]],' +
        '"currency":[["usd"],[0,0]]},"m":{"amount":[0.3,1]}}',
    );
  });

  it('keeps an unknown value apart from 0, and a column that nobody sent absent', () => {
    const day = usageDay([['proj_a', 'gpt-5', { input_tokens: 5, input_audio_tokens: 0 }]]);
    expect([...day.measures.keys()]).toEqual(['input_tokens', 'input_audio_tokens']);
    expect(dayTableText(costDay([['proj_a', null, null]]))).toContain('"m":{}');
  });

  it('writes 39 decimals as text and short doubles as numbers, and reads both back exactly', () => {
    const text = dayTableText(
      costDay([
        ['a', null, '0.123456789012345678901234567890123456789'],
        ['b', null, '0.13080438340307526'],
      ]),
    );
    expect(text).toContain('["0.123456789012345678901234567890123456789",0.13080438340307526]');
  });

  it('can be read again even where a sum is larger than any single amount may be', () => {
    const row = ['a', null, '999999999999999.9'] as const;
    const day = costDay(Array.from({ length: 1_000 }, () => row));
    expect(dayTableText(day)).toContain('"amount":[999999999999999900]');
    expect(parseDayTable(Buffer.from(dayTableText(day)))).toEqual(day);
  });

  it('has one text whatever the order of rows, and that text reads back as the same day', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.infiniteStream(fc.nat()), (rows, noise) => {
        const shuffled = [...rows]
          .map((row) => ({ row, at: noise.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row);
        const text = dayTableText(costDay(rows as CostRow[]));
        expect(dayTableText(costDay(shuffled as CostRow[]))).toBe(text);
        expect(parseDayTable(Buffer.from(text))).toEqual(costDay(rows as CostRow[]));
      }),
    );
  });

  it('keeps members that look like the text around them', () => {
    const odd = fc.stringMatching(/^[[\]{}",:\\mdné\u{1f600}]{0,12}$/u);
    const rows = fc.array(fc.tuple(fc.option(odd), odd, fc.constant('1.5')), { maxLength: 9 });
    fc.assert(
      fc.property(rows, (some) => {
        const day = costDay(some);
        expect(parseDayTable(Buffer.from(dayTableText(day)))).toEqual(day);
      }),
      { numRuns: 300 },
    );
  });

  it('is no day where anything is missing at its end, or more stands there', () => {
    const text = Buffer.from(
      dayTableText(
        costDay([
          ['a"]', 'é\\', '0.5'],
          ['b', null, '-12.123456789012345678901234567890123456789'],
          ['c', null, null],
        ]),
      ),
    );
    for (let end = 0; end < text.length; end += 1) expect(parseDayTable(text.subarray(0, end))).toBeNull();
    expect(parseDayTable(Buffer.concat([text, Buffer.from(' ')]))).toBeNull();
  });

  it('is cut into slices that hold every row once', () => {
    const day = costDay(Array.from({ length: 10 }, (_, i) => [`p${i % 3}`, `item ${i}`, String(i)] as const));
    const slices = [sliceOfTable(day, 0, 4), sliceOfTable(day, 4, 8), sliceOfTable(day, 8, 12)];
    expect(slices.map(({ rowCount }) => rowCount)).toEqual([4, 4, 2]);
    const items = slices.flatMap((slice) => {
      const column = slice.dimensions.get('line_item');
      return column === undefined ? [] : Array.from(column.index, (at) => column.values[at]);
    });
    expect(items.sort()).toEqual(Array.from({ length: 10 }, (_, i) => `item ${i}`));
  });

  it.each([
    ['not JSON', '{'],
    ['another format', '{"v":2,"n":0,"d":{},"m":{}}'],
    ['an index out of range', '{"v":1,"n":1,"d":{"project_id":[["a"],[1]]},"m":{}}'],
    ['rows, and the word that there are none', '{"v":1,"n":0,"d":{},"m":{"amount":[1]}}'],
    ['a column of the wrong length', '{"v":1,"n":2,"d":{},"m":{"amount":[1]}}'],
    ['an amount that is none', '{"v":1,"n":1,"d":{},"m":{"amount":["abc"]}}'],
    ['more rows than bytes', '{"v":1,"n":999999999,"d":{},"m":{"amount":[1]}}'],
    ['no comma between columns', '{"v":1,"n":1,"d":{},"m":{"amount":[1]"more":[1]}}'],
    ['a comma before the first column', '{"v":1,"n":1,"d":{},"m":{,"amount":[1]}}'],
    ['no name', '{"v":1,"n":1,"d":{},"m":{[1]}}'],
    ['a dictionary that is no list', '{"v":1,"n":1,"d":{"project_id":["a",[0]]},"m":{}}'],
    ['a dictionary that is no JSON', '{"v":1,"n":1,"d":{"project_id":[[a],[0]]},"m":{}}'],
    ['no positions', '{"v":1,"n":1,"d":{"project_id":[["a"]]},"m":{}}'],
    ['too few positions', '{"v":1,"n":2,"d":{"project_id":[["a"],[0]]},"m":{}}'],
    ['too many positions', '{"v":1,"n":1,"d":{"project_id":[["a"],[0,0]]},"m":{}}'],
    ['a position that is none', '{"v":1,"n":1,"d":{"project_id":[["a"],[x]]},"m":{}}'],
    ['nothing between two commas', '{"v":1,"n":2,"d":{"project_id":[["a"],[0,]]},"m":{}}'],
    ['a third list in a dimension', '{"v":1,"n":1,"d":{"project_id":[["a"],[0],[0]]},"m":{}}'],
    ['a value that is no string', '{"v":1,"n":1,"d":{"project_id":[[5],[0]]},"m":{}}'],
    ['a list', '[]'],
    ['null', 'null'],
  ])('refuses a stored text with %s', (_, text) => {
    expect(parseDayTable(Buffer.from(text))).toBeNull();
  });

  it('hashes to 12 hex digits of SHA-256', () => {
    // printf abc | sha256sum
    expect(hashOfText('abc')).toBe('ba7816bf8f01');
  });
});
