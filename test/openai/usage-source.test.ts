// Reading days from OpenAI: what is asked, page after page, and that each day comes once and none is skipped.
import { describe, expect, it } from 'vitest';
import { datasetOf } from '../../lib/spend/dataset.ts';
import { listOfRows, type SourceBucket, type UsageSource } from '../../lib/spend/usage-source.ts';
import type { DayRange } from '../../lib/time/day-range.ts';
import { daysFrom, plusDays, utcDayOf } from '../../lib/time/utc-day.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { dayOf } from '../fakes/time-of.ts';
import { bucketOf, completionsResult, costResult, pageOf } from './page-of.ts';
import { fixture, type ScriptedAnswer, type SeenRequest } from './scripted-server.ts';
import { failureOf, IN_AN_HOUR, KEY, sourceOver } from './source-under-test.ts';

const COSTS = datasetOf('costs');
const COMPLETIONS = datasetOf('completions');

function range(from: string, until: string): DayRange {
  return { from: dayOf(from), until: dayOf(until) };
}

const THREE_DAYS = range('2026-11-01', '2026-11-04');

async function read(source: UsageSource, days: DayRange, dataset = COSTS): Promise<SourceBucket[]> {
  const buckets: SourceBucket[] = [];
  for await (const page of source.pages(dataset, days, IN_AN_HOUR, listOfRows)) buckets.push(...page);
  return buckets;
}

const startDays = (buckets: readonly SourceBucket[]): string[] => buckets.map(({ start }) => utcDayOf(start));

function askedRange({ url }: SeenRequest): { from: string; days: number } {
  const start = Number(url.searchParams.get('start_time'));
  const end = Number(url.searchParams.get('end_time'));
  return { from: new Date(start * 1_000).toISOString().slice(0, 10), days: (end - start) / 86_400 };
}

/** Answers whatever is asked: a bucket for each day, a dollar in each. */
function everyDay(request: SeenRequest): ScriptedAnswer {
  const { from, days } = askedRange(request);
  const asked = daysFrom(dayOf(from), plusDays(dayOf(from), days));
  return { body: pageOf(asked.map((day) => bucketOf(day, costResult(1)))) };
}

describe('a request', () => {
  it('goes to the path of its kind, with the key, and asks for all days at once', async () => {
    await using test = await sourceOver(everyDay, { userAgent: 'me/1' });
    expect(startDays(await read(test.source, THREE_DAYS))).toEqual([
      '2026-11-01',
      '2026-11-02',
      '2026-11-03',
    ]);
    expect(test.server.requests.map(({ rawUrl }) => rawUrl)).toEqual([
      '/v1/organization/costs?start_time=1793491200&end_time=1793750400&bucket_width=1d&limit=3' +
        '&group_by=project_id&group_by=line_item',
    ]);
    expect(test.server.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      accept: 'application/json',
      'user-agent': 'me/1',
    });
  });

  it('for usage names its own path and grouping', async () => {
    const results = [completionsResult({ input_tokens: 7 })];
    await using test = await sourceOver([{ body: pageOf([bucketOf('2026-11-01', ...results)]) }]);
    const [bucket] = await read(test.source, range('2026-11-01', '2026-11-02'), COMPLETIONS);
    expect(test.server.requests[0]?.url.pathname).toBe('/v1/organization/usage/completions');
    expect(test.server.requests[0]?.url.searchParams.getAll('group_by')).toEqual(['project_id', 'model']);
    expect(bucket?.rows[0]?.dimensions).toEqual(['proj_a', 'gpt-5']);
    expect(bucket?.rows[0]?.values[0]).toBe(7);
  });

  it.each([
    [COSTS, 400, [180, 180, 40]],
    [COSTS, 180, [180]],
    [COMPLETIONS, 62, [31, 31]],
    [COMPLETIONS, 32, [31, 1]],
    [datasetOf('completions', '1h'), 16, [7, 7, 2]],
    [datasetOf('completions', '1m'), 3, [1, 1, 1]],
  ])(
    'for more days than OpenAI gives at once is split, oldest first (%#)',
    async (dataset, days, expected) => {
      await using test = await sourceOver(() => ({ body: pageOf([]) }));
      const from = dayOf('2025-01-01');
      await read(test.source, { from, until: plusDays(from, days) }, dataset);
      const asked = test.server.requests.map(askedRange);
      const perDay = { '1d': 1, '1h': 24, '1m': 1_440 }[dataset.width];
      expect(asked.map((request) => request.days)).toEqual(expected);
      expect(test.server.requests.map(({ url }) => Number(url.searchParams.get('limit')) / perDay)).toEqual(
        expected,
      );
      asked.reduce((due, request) => {
        expect(request.from).toBe(due);
        return plusDays(due, request.days);
      }, from);
    },
  );

  it('is not made for no days', async () => {
    await using test = await sourceOver([]);
    expect(await read(test.source, range('2026-11-01', '2026-11-01'))).toEqual([]);
    expect(test.server.requests).toEqual([]);
  });

  it('asks for the key each time and sends it without the line break of a file', async () => {
    const keys = ['sk-admin-old\n', ' sk-admin-new'];
    await using test = await sourceOver(everyDay, { adminKey: async () => keys.shift() ?? '' });
    await read(test.source, THREE_DAYS);
    await read(test.source, THREE_DAYS);
    const sent = test.server.requests.map(({ headers }) => headers.authorization);
    expect(sent).toEqual(['Bearer sk-admin-old', 'Bearer sk-admin-new']);
  });

  it('keeps its distance from the one before', async () => {
    await using test = await sourceOver(everyDay, { minIntervalMs: 1_000 });
    await read(test.source, THREE_DAYS);
    await read(test.source, THREE_DAYS);
    expect(test.slept).toEqual([1_000]);
  });
});

describe('the buckets', () => {
  it('of a recorded answer come whole: the range decides, by where a bucket starts', async () => {
    const body = fixture('real_usage_completions_cookbook_2025-02.json');
    await using all = await sourceOver([{ body }]);
    // The first bucket starts at 17:31 of its day, the last ends there.
    expect(await read(all.source, range('2025-01-11', '2025-02-11'), COMPLETIONS)).toHaveLength(31);
    await using inner = await sourceOver([{ body }]);
    const buckets = await read(inner.source, range('2025-01-12', '2025-02-10'), COMPLETIONS);
    expect(startDays(buckets)).toEqual(daysFrom(dayOf('2025-01-12'), dayOf('2025-02-10')));
  });

  it('outside the range are dropped', async () => {
    const days = ['2026-10-31', '2026-11-01', '2026-11-03', '2026-11-04'];
    await using test = await sourceOver([{ body: pageOf(days.map((day) => bucketOf(day, costResult(1)))) }]);
    expect(startDays(await read(test.source, THREE_DAYS))).toEqual(['2026-11-01', '2026-11-03']);
  });

  it('of today end in the future, and days without spend are there', async () => {
    await using test = await sourceOver([
      { body: pageOf([bucketOf('2026-11-19'), bucketOf('2026-11-20', costResult('0E-6176'))]) },
    ]);
    const [yesterday, today] = await read(test.source, range('2026-11-19', '2026-11-21'));
    expect(yesterday?.rows).toEqual([]);
    expect(today?.end).toBeGreaterThan(IN_AN_HOUR);
    expect(today?.rows[0]?.values).toEqual([amountOf('0')]);
  });

  it('leave results of other kinds out and say how many', async () => {
    const other = { object: 'organization.discounts.result' };
    const days = [
      bucketOf('2026-11-01', costResult(1), other, other),
      bucketOf('2026-11-02', other),
      bucketOf('2026-11-03', costResult(1)),
    ];
    await using test = await sourceOver([{ body: pageOf(days) }]);
    const buckets = await read(test.source, THREE_DAYS);
    expect(buckets.map(({ rows, ignoredRows }) => [rows.length, ignoredRows])).toEqual([
      [1, 2],
      [0, 1],
      [1, undefined],
    ]);
  });
});

describe('pages', () => {
  it('are followed by their cursor, everything else alike', async () => {
    await using test = await sourceOver([
      { body: pageOf([bucketOf('2026-11-01', costResult('1.1'))], 'page_AA==') },
      { body: pageOf([bucketOf('2026-11-02', costResult(2))], 'page_B+/=') },
      { body: { data: [bucketOf('2026-11-03', costResult(3))], has_more: false } },
    ]);
    expect(startDays(await read(test.source, THREE_DAYS))).toEqual([
      '2026-11-01',
      '2026-11-02',
      '2026-11-03',
    ]);
    const [first, second, third] = test.server.requests;
    expect(second?.rawUrl).toBe(`${first?.rawUrl}&page=page_AA==`);
    expect(third?.rawUrl).toBe(`${first?.rawUrl}&page=page_B%2B%2F=`);
    expect(third?.url.searchParams.get('page')).toBe('page_B+/=');
  });

  it('are handed on one by one, before the next is asked for', async () => {
    await using test = await sourceOver([
      { body: pageOf([bucketOf('2026-11-01')], 'page_A') },
      { status: 401, body: fixture('error_401_invalid_api_key.json') },
    ]);
    const seen: number[] = [];
    const reading = (async () => {
      for await (const page of test.source.pages(COSTS, THREE_DAYS, IN_AN_HOUR, listOfRows))
        seen.push(page.length);
    })();
    expect(await failureOf(reading)).toMatchObject({ code: 'openai-key-rejected' });
    expect(seen).toEqual([1]);
  });

  it('whose cursor comes again are an error, not an endless loop', async () => {
    await using test = await sourceOver(() => ({ body: pageOf([], 'page_A') }));
    const error = await failureOf(read(test.source, THREE_DAYS));
    expect(error).toMatchObject({
      code: 'openai-answer-malformed',
      message: expect.stringContaining('next_page'),
    });
    expect(test.server.requests).toHaveLength(2);
  });

  it('without a cursor are an error', async () => {
    await using test = await sourceOver([{ body: { data: [], has_more: true, next_page: null } }]);
    const error = await failureOf(read(test.source, THREE_DAYS));
    expect(error).toMatchObject({
      code: 'openai-answer-malformed',
      message: expect.stringContaining('next_page'),
    });
  });

  it('end after a hundred', async () => {
    await using test = await sourceOver((_, index) => ({ body: pageOf([], `page_${index}`) }));
    const error = await failureOf(read(test.source, THREE_DAYS));
    expect(error).toMatchObject({
      code: 'openai-answer-malformed',
      message: expect.stringContaining('100 pages'),
    });
    expect(test.server.requests).toHaveLength(100);
  });
});

describe('a refused cursor', () => {
  const refused = { status: 400, body: fixture('error_400_invalid_page_token.json') };

  it('is given up for a new request from where the last whole bucket ended', async () => {
    await using test = await sourceOver((request, index) => {
      if (index === 0) {
        const buckets = ['2026-11-01', '2026-11-02'].map((day) => bucketOf(day, costResult(1)));
        return { body: pageOf(buckets, 'page_A') };
      }
      return request.url.searchParams.has('page') ? refused : everyDay(request);
    });
    const days = range('2026-11-01', '2026-11-06');
    expect(startDays(await read(test.source, days))).toEqual(daysFrom(days.from, days.until));
    expect(test.server.requests.map(askedRange)).toEqual([
      { from: '2026-11-01', days: 5 },
      { from: '2026-11-01', days: 5 },
      { from: '2026-11-03', days: 3 },
    ]);
    expect(test.server.requests[2]?.url.searchParams.get('limit')).toBe('3');
  });

  it('every time still brings every day once', async () => {
    await using test = await sourceOver((request) => {
      if (request.url.searchParams.has('page')) return refused;
      const { from, days } = askedRange(request);
      return { body: pageOf([bucketOf(from, costResult(1))], days > 1 ? `page_${from}` : null) };
    });
    const days = range('2026-11-01', '2026-11-08');
    expect(startDays(await read(test.source, days))).toEqual(daysFrom(days.from, days.until));
  });

  it('in the middle of a day of hours brings the whole day once, from its first hour on', async () => {
    const hour = (index: number) => {
      const start_time = 1_793_491_200 + index * 3_600;
      return { object: 'bucket' as const, start_time, end_time: start_time + 3_600, results: [] };
    };
    await using test = await sourceOver((request, index) => {
      const hours = Array.from({ length: 72 }, (_, at) => hour(at));
      if (index === 0) return { body: pageOf(hours.slice(0, 30), 'page_A') };
      if (request.url.searchParams.has('page')) return refused;
      const from = Number(request.url.searchParams.get('start_time'));
      return { body: pageOf(hours.filter(({ start_time }) => start_time >= from)) };
    });
    const buckets = await read(test.source, THREE_DAYS, datasetOf('completions', '1h'));
    const starts = Array.from({ length: 72 }, (_, index) => hour(index).start_time * 1_000);
    expect(buckets.map(({ start }) => start)).toEqual(starts);
    expect(test.server.requests.map(askedRange)).toEqual([
      { from: '2026-11-01', days: 3 },
      { from: '2026-11-01', days: 3 },
      { from: '2026-11-02', days: 2 },
    ]);
  });

  it('is an error where the page before it brought nothing', async () => {
    await using test = await sourceOver([{ body: pageOf([], 'page_A') }, refused]);
    expect(await failureOf(read(test.source, THREE_DAYS))).toMatchObject({ code: 'openai-request-refused' });
    expect(test.server.requests).toHaveLength(2);
  });

  it('is an error where going on after the newest day would skip others', async () => {
    const buckets = ['2026-11-03', '2026-11-02'].map((day) => bucketOf(day));
    await using test = await sourceOver([{ body: pageOf(buckets, 'page_A') }, refused]);
    expect(await failureOf(read(test.source, THREE_DAYS))).toMatchObject({ code: 'openai-answer-malformed' });
  });
});

describe('an answer that is too large', () => {
  /** A bucket of some 200 bytes and `padding` more. */
  const heavyDay =
    (padding: number) =>
    (request: SeenRequest): ScriptedAnswer => {
      const { from, days } = askedRange(request);
      const asked = daysFrom(dayOf(from), plusDays(dayOf(from), days));
      const result = costResult(1, { line_item: 'x'.repeat(padding) });
      return { body: pageOf(asked.map((day) => bucketOf(day, result))) };
    };

  it('is asked for in halves until it fits, and the size is remembered', async () => {
    await using test = await sourceOver(heavyDay(700), { maxBodyBytes: 2_200 });
    const days = range('2026-11-01', '2026-11-10');
    expect(startDays(await read(test.source, days))).toEqual(daysFrom(days.from, days.until));
    // 9 days and 5 and 3 are over 2,200 bytes, 2 are not.
    expect(test.server.requests.map((request) => askedRange(request).days)).toEqual([9, 5, 3, 2, 2, 2, 2, 1]);
    await read(test.source, range('2026-11-01', '2026-11-05'));
    expect(test.server.requests.slice(8).map((request) => askedRange(request).days)).toEqual([2, 2]);
    expect(test.slept).toEqual([]);
  });

  it('is asked for anew with as many days as were seen whole, where that is less than half', async () => {
    const results = Array.from({ length: 2_000 }, (_, index) =>
      costResult(1, { line_item: `item ${index}` }),
    );
    await using test = await sourceOver(
      (request) => {
        const { from, days } = askedRange(request);
        const asked = daysFrom(dayOf(from), plusDays(dayOf(from), days));
        return { body: pageOf(asked.map((day) => bucketOf(day, ...results))) };
      },
      // A day has some 244,000 bytes: the fourth has begun, wherever the sockets cut.
      { maxBodyBytes: 950_000 },
    );
    const buckets = await read(test.source, range('2026-11-01', '2026-11-21'));
    expect(startDays(buckets)).toEqual(daysFrom(dayOf('2026-11-01'), dayOf('2026-11-21')));
    expect(buckets.every(({ rows }) => rows.length === 2_000)).toBe(true);
    expect(test.server.requests.map((request) => askedRange(request).days)).toEqual([
      20, 3, 3, 3, 3, 3, 3, 2,
    ]);
  });

  it('for one day has the larger bound of a day', async () => {
    await using test = await sourceOver(heavyDay(700), { maxBodyBytes: 100, maxDayBytes: 2_000 });
    expect(await read(test.source, THREE_DAYS)).toHaveLength(3);
    expect(test.server.requests.map((request) => askedRange(request).days)).toEqual([3, 2, 1, 1, 1]);
  });

  it('even for one day is an error that names the day', async () => {
    await using test = await sourceOver(heavyDay(900), { maxBodyBytes: 100, maxDayBytes: 500 });
    const error = await failureOf(read(test.source, THREE_DAYS));
    expect(error).toMatchObject({
      code: 'openai-answer-too-large',
      message: expect.stringContaining('2026-11-01'),
    });
  });

  it('on a later page goes on from there', async () => {
    const heavy = costResult(1, { line_item: 'x'.repeat(900) });
    await using test = await sourceOver(
      (request, index) => {
        if (index === 0) return { body: pageOf([bucketOf('2026-11-01', costResult(1))], 'page_A') };
        if (index === 1)
          return { body: pageOf([bucketOf('2026-11-02', heavy), bucketOf('2026-11-03', heavy)]) };
        return everyDay(request);
      },
      { maxBodyBytes: 1_500 },
    );
    expect(startDays(await read(test.source, THREE_DAYS))).toEqual([
      '2026-11-01',
      '2026-11-02',
      '2026-11-03',
    ]);
    expect(test.server.requests.slice(2).map(askedRange)).toEqual([{ from: '2026-11-02', days: 2 }]);
  });
});
