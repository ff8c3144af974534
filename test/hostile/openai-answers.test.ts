// No answer of OpenAI's, or of whatever stands in its place, is taken for less than it says, or ends the program.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { parseAmount } from '../../lib/money/parse-amount.ts';
import { CATALOGUE, type SpendKind } from '../../lib/spend/catalogue.ts';
import { datasetOf } from '../../lib/spend/dataset.ts';
import { listOfRows, type SourceBucket, SourceError } from '../../lib/spend/usage-source.ts';
import { changedJson } from '../fakes/changed-json.ts';
import { textOfValue } from '../fakes/text-of-value.ts';
import { dayOf } from '../fakes/time-of.ts';
import { readPage } from '../openai/read-page.ts';
import { failureOf, IN_AN_HOUR, KEY, sourceOver } from '../openai/source-under-test.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const HOSTILE = join(FIXTURES, 'hostile/openai');
const DAYS = { from: dayOf('2026-11-01'), until: dayOf('2026-11-04') };

const RECORDED: readonly (readonly [SpendKind, string])[] = [
  ['costs', 'spec_get_costs.json'],
  ['completions', 'spec_get_usage__completions.json'],
  ['images', 'spec_get_usage__images.json'],
  ['audio_speeches', 'spec_get_usage__audio_speeches.json'],
];

async function readAll(pages: AsyncIterable<unknown>): Promise<void> {
  for await (const _page of pages);
}

describe('a hostile body', () => {
  it.each(readdirSync(HOSTILE))('is refused with the class openai-answer-malformed: %s', async (file) => {
    const body = readFileSync(join(HOSTILE, file), 'utf8');
    await using test = await sourceOver(() => ({ body }));
    const error = await failureOf(
      readAll(test.source.pages(datasetOf('costs'), DAYS, IN_AN_HOUR, listOfRows)),
    );
    expect(error.code).toBe('openai-answer-malformed');
    // One line that can be shown anywhere, and that holds nothing of the body.
    expect(error.message).toMatch(/^[\x20-\x7e]{40,600}$/);
    expect(error.message).not.toMatch(/hostile|<script|sk-/);
    expect(error.message).not.toContain(KEY);
  });

  it.each([
    ['nested far deeper than any stack', `${'['.repeat(2_000_000)}`],
    ['nested and closed', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
    ['a number of millions of digits', `{"data": [], "has_more": ${'9'.repeat(4_000_000)}}`],
    ['millions of almost amounts', '"value":1111111111111111'.repeat(200_000)],
    ['millions of blanks', ' '.repeat(8_000_000)],
    ['millions of halves of escapes', `"${'\\u'.repeat(2_000_000)}`],
  ])('is refused before the test runs out of time, which grows with its length: %s', (_, text) => {
    let isRefused = false;
    try {
      isRefused = !readPage(datasetOf('costs'), text).ok;
    } catch (error) {
      isRefused = error instanceof SourceError;
    }
    expect(isRefused).toBe(true);
  });
});

describe('an amount', () => {
  it.each(['1e999999999', '-1e999999999', '1e99999999999999999999', `1e${'9'.repeat(190)}`])(
    '%s asks for no memory, and is refused',
    (text) => expect(parseAmount(text).ok).toBe(false),
  );

  it.each(['1e-999999999', '0e999999999', `0.${'0'.repeat(190)}1`, `1e-${'9'.repeat(190)}`])(
    '%s asks for none either, and is nothing',
    (text) => expect(parseAmount(text)).toEqual({ ok: true, amount: 0n }),
  );

  it('that is any text is refused, or has the value that the text says', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789.-+eE x,_'), maxLength: 30 });
    fc.assert(
      fc.property(digits, (text) => {
        const parsed = parseAmount(text);
        if (!parsed.ok) return;
        // JavaScript's own reading of the same text, which is exact to 15 digits.
        const [mine, theirs] = [Number(formatAmount(parsed.amount)), Number(text)];
        expect(Math.abs(mine - theirs)).toBeLessThanOrEqual(Math.abs(theirs) * 1e-15 + 1e-40);
      }),
      { numRuns: 20_000 },
    );
  });
});

/** What a changed page still says of itself, read without any of the code under test. */
function resultsIn(body: unknown, object: string): Record<string, unknown>[][] {
  const { data } = body as { data: { results: { object: string }[] }[] };
  return data.map(({ results }) => results.filter((result) => result.object === object));
}

function readAs(raw: unknown): number | null {
  if (raw === null || raw === undefined) return null;
  return Number(raw);
}

/** Nothing is finer than 10^-40: what is counted may differ by that from what is said, and by nothing more. */
function isSame(counted: number | null, said: number | null): boolean {
  if (counted === null || said === null) return counted === said;
  return counted === said || (Math.abs(said) < 1e-20 && Math.abs(counted - said) <= 1e-40);
}

describe.each(RECORDED)('a recorded page of %s with one thing changed', (kind, file) => {
  const page: unknown = JSON.parse(readFileSync(join(FIXTURES, 'openai', file), 'utf8'));
  const { resultObject, measures } = CATALOGUE[kind];

  it('is malformed, or every row that it still has is counted as what it says', () => {
    let decoded = 0;
    let refused = 0;
    fc.assert(
      fc.property(changedJson(page), (body) => {
        const text = JSON.stringify(body) ?? '';
        let buckets: readonly SourceBucket[];
        try {
          const read = readPage(datasetOf(kind), text);
          // Nothing at all is the one change that is no JSON.
          if (!read.ok) {
            expect(text).toBe('');
            return;
          }
          ({ buckets } = read.value);
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError);
          expect(error).toMatchObject({ code: 'openai-answer-malformed' });
          refused += 1;
          return;
        }
        decoded += 1;
        const expected = resultsIn(JSON.parse(text), resultObject);
        expect(buckets.map(({ rows }) => rows.length)).toEqual(expected.map((rows) => rows.length));
        buckets.forEach(({ rows }, bucket) => {
          rows.forEach(({ values }, row) => {
            const result = expected[bucket]?.[row] ?? {};
            const said = Object.entries(measures).map(([field, { unit }]) =>
              readAs(unit === 'usd' ? (result[field] as { value?: unknown } | null)?.value : result[field]),
            );
            const counted = values.map((value) => (value === null ? null : Number(textOfValue(value))));
            const same = counted.map((value, position) =>
              isSame(value, said[position] ?? null) ? said[position] : value,
            );
            expect(same).toEqual(said);
          });
        });
      }),
      { numRuns: 3_000 },
    );
    // Both happen, or the property says nothing.
    expect(Math.min(decoded, refused)).toBeGreaterThan(200);
  });
});
