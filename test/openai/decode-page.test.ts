// Decoding pages: recorded bodies to the last digit, open to what is new, closed to what cannot be counted.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAmounts, ZERO_AMOUNT } from '../../lib/money/amount.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import type { Page } from '../../lib/openai/decode-page.ts';
import { SPEND_KINDS } from '../../lib/spend/catalogue.ts';
import { type Dataset, datasetOf, rowMeasures } from '../../lib/spend/dataset.ts';
import { SourceError, type SourceRow, type SourceValue } from '../../lib/spend/usage-source.ts';
import { formatInstant } from '../../lib/time/instant.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { textOfValue } from '../fakes/text-of-value.ts';
import { bucketOf, completionsResult, costResult, pageOf } from './page-of.ts';
import { readPage } from './read-page.ts';
import { fixture } from './scripted-server.ts';

const COSTS = datasetOf('costs');
const COMPLETIONS = datasetOf('completions');
const DAY = '2026-11-03';

function decode(dataset: Dataset, text: string): Page<SourceRow[]> {
  const read = readPage(dataset, text);
  if (!read.ok) throw new Error(`the test's body is ${read.shape}`);
  return read.value;
}

function decodeDay(dataset: Dataset, ...results: readonly unknown[]): Page<SourceRow[]> {
  return decode(dataset, JSON.stringify(pageOf([bucketOf(DAY, ...results)])));
}

function sumOf(page: Page<SourceRow[]>, position: number): string {
  const amounts = page.buckets.flatMap(({ rows }) =>
    rows.map((row) => amountOf(textOfValue(row.values[position] ?? 0))),
  );
  return formatAmount(amounts.reduce((a, b) => addAmounts(a, b), ZERO_AMOUNT));
}

function malformed(decoding: () => unknown): string {
  try {
    decoding();
  } catch (error) {
    if (error instanceof SourceError && error.code === 'openai-answer-malformed') return error.message;
    throw error;
  }
  throw new Error('it was decoded');
}

describe('recorded bodies', () => {
  // Added up outside this program: Python's Decimal over the literals of the file, 100 digits.
  it('of 31 days of costs add up to the last digit', () => {
    const page = decode(COSTS, fixture('real_costs_cookbook_2025-02.json'));
    expect(page.buckets).toHaveLength(31);
    expect(sumOf(page, 0)).toBe('284.93943937274981134156');
    expect(page.buckets[0]?.rows).toEqual([
      { dimensions: [null, null, 'usd'], values: [amountOf('0.13080438340307526')] },
    ]);
    expect(page.nextCursor).toBeNull();
  });

  // Added up outside this program: Python over the file. These rows have six of the measures and no others.
  it('of completions add up, with an unaligned first and last bucket and five empty days', () => {
    const page = decode(COMPLETIONS, fixture('real_usage_completions_cookbook_2025-02.json'));
    const names = rowMeasures(COMPLETIONS);
    const totals = Object.fromEntries(names.map((name, position) => [name, sumOf(page, position)]));
    expect(totals).toMatchObject({
      input_tokens: '16951009',
      output_tokens: '729421',
      num_model_requests: '19347',
      input_cached_tokens: '168128',
      input_audio_tokens: '49963',
      output_audio_tokens: '18042',
    });
    expect(page.buckets.filter(({ rows }) => rows.length === 0)).toHaveLength(5);
    const [first, last] = [page.buckets[0], page.buckets.at(-1)];
    expect(first && formatInstant(first.start)).toBe('2025-01-11T17:31:00Z');
    expect(last && formatInstant(last.end)).toBe('2025-02-10T17:31:03Z');
    expect(first?.rows[0]?.values[names.indexOf('input_image_tokens')]).toBeNull();
  });

  it('of the specification keep unknown splits apart from 0, and their cursor', () => {
    const page = decode(COMPLETIONS, fixture('spec_get_usage__completions.json'));
    expect(page.nextCursor).toBe('page_AAAAAGdGxdEiJdKOAAAAAGcqsYA=');
    const row = page.buckets[0]?.rows[0];
    const measured = rowMeasures(COMPLETIONS).map((name, position) => {
      const value = row?.values[position] ?? null;
      return [name, value === null ? null : textOfValue(value)];
    });
    expect(Object.fromEntries(measured)).toMatchObject({
      input_tokens: '1000',
      input_uncached_tokens: '500',
      input_cached_tokens: '400',
      input_cache_write_tokens: '100',
      input_cache_write_30m_tokens: null,
      output_tokens: '500',
      num_model_requests: '5',
    });
    expect(sumOf(decode(COSTS, fixture('spec_get_costs.json')), 0)).toBe('0.06');
  });
});

describe('an amount', () => {
  it.each<[unknown, string | null]>([
    [0.06, '0.06'],
    [5, '5'],
    [0, '0'],
    [-1.25, '-1.25'],
    [1e-7, '0.0000001'],
    ['12.50', '12.5'],
    ['0E-6176', '0'],
    ['0.123456789012345678901234567890123456789', '0.123456789012345678901234567890123456789'],
    ['-3', '-3'],
    [null, null],
    [undefined, null],
  ])('%j is %j', (value, expected) => {
    const [row] = decodeDay(COSTS, costResult(value)).buckets[0]?.rows ?? [];
    expect(row?.values).toEqual([expected === null ? null : amountOf(expected)]);
  });

  it('that is a long JSON number is exact', () => {
    const text = JSON.stringify(pageOf([bucketOf(DAY, costResult('?'), costResult(0.5))]));
    const page = decode(COSTS, text.replace('"?"', '0.123456789012345678901234567890123456789'));
    expect(sumOf(page, 0)).toBe('0.623456789012345678901234567890123456789');
  });

  it('that is absent is unknown, and so is its currency', () => {
    for (const amount of [undefined, null]) {
      const [row] = decodeDay(COSTS, costResult(0, { amount })).buckets[0]?.rows ?? [];
      expect(row).toEqual({ dimensions: ['proj_a', 'gpt-5, input', null], values: [null] });
    }
  });

  it.each([
    'not-a-number',
    '1f',
    '0x1.0p0',
    ' 1 ',
    '01',
    '+1',
    '',
    'NaN',
    'Infinity',
    '1e309',
    '1000000000000000',
    true,
    { list: [1] },
  ])('%j is malformed, by path and day, and is not repeated', (value) => {
    const message = malformed(() => decodeDay(COSTS, costResult(1), costResult(value)));
    expect(message).toContain('data[0].results[1].amount.value');
    expect(message).toContain('2026-11-03');
    expect(message).toContain('req_1');
    if (typeof value === 'string' && value.trim().length > 2) expect(message).not.toContain(`"${value}`);
  });

  it('of more than 200 characters is malformed', () => {
    expect(malformed(() => decodeDay(COSTS, costResult(`0.${'1'.repeat(200)}`)))).toContain('amount.value');
  });

  it('that is a number beyond all doubles is malformed', () => {
    const text = JSON.stringify(pageOf([bucketOf(DAY, costResult('?'))])).replace('"?"', '1e309');
    expect(malformed(() => decode(COSTS, text))).toContain('amount.value');
  });

  it.each([[7], ['7'], [[]], [true]])('cannot be %j instead of an object', (amount) => {
    expect(malformed(() => decodeDay(COSTS, costResult(0, { amount })))).toContain('results[0].amount is');
  });
});

describe('a count', () => {
  const inputTokens = (value: unknown): readonly (SourceValue | null)[] =>
    decodeDay(COMPLETIONS, completionsResult({ input_tokens: value })).buckets[0]?.rows[0]?.values ?? [];

  it.each<[unknown, number | null]>([
    [0, 0],
    [141_201, 141_201],
    [999_999_999_999_999, 999_999_999_999_999],
    [null, null],
    [undefined, null],
  ])('%j is %j', (value, expected) => {
    expect(inputTokens(value)[0]).toBe(expected);
  });

  it.each([1.5, -1, '5', '', true, {}, [0], 1e15, 2 ** 53])('%j is malformed', (value) => {
    expect(malformed(() => inputTokens(value))).toContain('data[0].results[0].input_tokens');
  });
});

describe('a dimension', () => {
  const projectOf = (value: unknown): string | null | undefined =>
    decodeDay(COSTS, costResult(1, { project_id: value })).buckets[0]?.rows[0]?.dimensions[0];

  it.each<[unknown, string | null]>([
    ['proj_a', 'proj_a'],
    [' proj\u202E\n', ' proj\u202E\n'],
    [null, null],
    ['', null],
    [undefined, null],
    [true, 'true'],
    [3, '3'],
  ])('%j is %j', (value, expected) => {
    expect(projectOf(value)).toBe(expected);
  });

  it.each([{ value: {} }, { value: ['proj_a'] }])('$value is malformed', ({ value }) => {
    expect(malformed(() => projectOf(value))).toContain('data[0].results[0].project_id');
  });

  it('has at most 1,000 characters', () => {
    expect(projectOf('x'.repeat(1_000))).toHaveLength(1_000);
    expect(malformed(() => projectOf('x'.repeat(1_001)))).toContain('data[0].results[0].project_id');
  });

  it('of money is the currency, in small letters', () => {
    const amounts = [{ value: 1, currency: 'EUR' }, { value: 1, currency: '' }, { value: 1 }];
    const page = decodeDay(COSTS, ...amounts.map((amount) => costResult(0, { amount })));
    expect(page.buckets[0]?.rows.map(({ dimensions }) => dimensions[2])).toEqual(['eur', null, null]);
    const nonsense = { amount: { value: 1, currency: 1 } };
    expect(malformed(() => decodeDay(COSTS, costResult(0, nonsense)))).toContain('amount.currency');
  });
});

describe('a page', () => {
  it('keeps duplicate rows apart for whoever adds them up', () => {
    expect(decodeDay(COSTS, costResult(1), costResult(1)).buckets[0]?.rows).toHaveLength(2);
  });

  it('is open to fields, units and kinds of results that nobody knows yet', () => {
    const known = costResult(1, { quantity: 2.5, quantity_unit: 'teapots', user_email: 'a@b', n: { n: 1 } });
    const unknown = { object: 'organization.discounts.result', amount: 'half' };
    const bucket = { ...bucketOf(DAY, known, unknown), start_time_iso: '2026-11-03' };
    const page = decode(COSTS, JSON.stringify({ ...pageOf([bucket]), warnings: [] }));
    expect(page.buckets[0]?.rows).toHaveLength(1);
    expect(page.buckets[0]?.ignoredRows).toBe(1);
  });

  it('with results, none of which is of the kind that was asked for, is not "nothing spent"', () => {
    expect(malformed(() => decode(COMPLETIONS, fixture('spec_get_usage__embeddings.json')))).toContain(
      'none of the kind',
    );
  });

  it('without buckets, or with empty ones, is fine', () => {
    expect(decode(COSTS, JSON.stringify(pageOf([]))).buckets).toEqual([]);
    expect(decode(COSTS, JSON.stringify(pageOf([bucketOf(DAY)]))).buckets[0]?.rows).toEqual([]);
  });

  it('may leave next_page out when it is the last', () => {
    expect(decode(COSTS, '{"data":[],"has_more":false}').nextCursor).toBeNull();
  });

  const bucket = bucketOf(DAY);
  it.each<[string, unknown, string]>([
    ['null', null, 'the body'],
    ['a list', [], 'the body'],
    ['an error', { error: { message: 'no' } }, 'data'],
    ['data that is an object', { data: {}, has_more: false }, 'data'],
    ['no has_more', { data: [] }, 'has_more'],
    ['has_more as a text', { data: [], has_more: 'false' }, 'has_more'],
    ['no cursor', { data: [], has_more: true }, 'next_page'],
    ['an empty cursor', { data: [], has_more: true, next_page: '' }, 'next_page'],
    ['a cursor of blanks', { data: [], has_more: true, next_page: ' ' }, 'next_page'],
    ['half a character for a cursor', { data: [], has_more: true, next_page: '\ud800' }, 'next_page'],
    ['a bucket of nothing', { data: [null], has_more: false }, 'data[0]'],
    ['a start as a text', { data: [{ ...bucket, start_time: '1' }], has_more: false }, 'data[0].start_time'],
    [
      'a start in parts',
      { data: [bucket, { ...bucket, start_time: 1.5 }], has_more: false },
      'data[1].start_time',
    ],
    [
      'a start beyond all calendars',
      { data: [{ ...bucket, start_time: 1e15 }], has_more: false },
      'data[0].start_time',
    ],
    ['no end', { data: [{ ...bucket, end_time: undefined }], has_more: false }, 'data[0].end_time'],
    ['an end before the start', { data: [{ ...bucket, end_time: 1 }], has_more: false }, 'data[0].end_time'],
    [
      'result for results',
      { data: [{ ...bucket, results: undefined, result: [] }], has_more: false },
      'data[0].results',
    ],
    ['a row that is a number', { data: [bucketOf(DAY, 7)], has_more: false }, 'data[0].results[0]'],
    [
      'a row of no kind',
      { data: [bucketOf(DAY, { amount: null })], has_more: false },
      'data[0].results[0].object',
    ],
  ])('with %s is malformed', (_, body, path) => {
    expect(malformed(() => decode(COSTS, JSON.stringify(body)))).toContain(`cannot be counted: ${path} `);
  });

  it('of any JSON whatever is decoded or malformed, and nothing else', () => {
    const anyResult = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          object: fc.constantFrom('organization.costs.result', 'organization.usage.completions.result', 'x'),
          amount: fc.oneof(fc.jsonValue(), fc.record({ value: fc.jsonValue(), currency: fc.jsonValue() })),
          project_id: fc.jsonValue(),
          input_tokens: fc.jsonValue(),
        },
        { requiredKeys: ['object'] },
      ),
    );
    const anyPage = fc.record({
      data: fc.oneof(
        fc.jsonValue(),
        fc.array(
          fc.record({
            start_time: fc.oneof(fc.nat(), fc.jsonValue()),
            end_time: fc.oneof(
              fc.nat().map((s) => s + 2 ** 31),
              fc.jsonValue(),
            ),
            results: fc.oneof(fc.jsonValue(), fc.array(anyResult)),
          }),
        ),
      ),
      has_more: fc.oneof(fc.boolean(), fc.jsonValue()),
      next_page: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.constantFrom(...SPEND_KINDS), fc.oneof(fc.jsonValue(), anyPage), (kind, body) => {
        try {
          decode(datasetOf(kind), JSON.stringify(body));
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError);
          expect(error).toMatchObject({ code: 'openai-answer-malformed', requestId: 'req_1' });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
