// The contract of costs and usage on the wire: every parameter's rule, buckets, cursors, and the shape of results.
import { describe, expect, it } from 'vitest';
import {
  at,
  type CostResult,
  type Page,
  seconds,
  startDemo,
  sumOf,
  type UsageResult,
} from './demo-server.ts';

const COSTS = '/organization/costs';
const COMPLETIONS = '/organization/usage/completions';
/** Long after everything below has settled. */
const LATER = '2026-11-20T10:00:00Z';
const FROM = seconds('2026-10-05');
const UNTIL = seconds('2026-10-26');
const DAY = 86_400;

interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null };
}

describe('limit counts buckets', () => {
  it.each([
    ['costs by default', `${COSTS}?start_time=${FROM}`, 7],
    ['costs at most', `${COSTS}?start_time=${FROM - 400 * DAY}&limit=180`, 180],
    ['one', `${COSTS}?start_time=${FROM}&limit=1`, 1],
    ['days by default', `${COMPLETIONS}?start_time=${FROM}`, 7],
    ['days at most', `${COMPLETIONS}?start_time=${FROM}&limit=31`, 31],
    ['hours by default', `${COMPLETIONS}?start_time=${FROM}&bucket_width=1h`, 24],
    ['hours at most', `${COMPLETIONS}?start_time=${FROM}&bucket_width=1h&limit=168`, 168],
    ['minutes by default', `${COMPLETIONS}?start_time=${FROM}&bucket_width=1m`, 60],
    ['minutes at most', `${COMPLETIONS}?start_time=${FROM}&bucket_width=1m&limit=1440`, 1440],
  ])('%s', async (_, path, buckets) => {
    const { ask } = await startDemo(LATER);
    const { status, body } = await ask<Page<unknown>>(path);
    expect(status).toBe(200);
    expect(body.object).toBe('page');
    expect(body.data).toHaveLength(buckets);
    expect(body.has_more).toBe(true);
  });
});

describe('what is refused with 400', () => {
  const costs = `${COSTS}?start_time=${FROM}`;
  const usage = `${COMPLETIONS}?start_time=${FROM}`;
  it.each([
    ['no start_time', COSTS, 'start_time'],
    ['a start_time that is no integer', `${COSTS}?start_time=2026-10-05`, 'start_time'],
    ['a start_time with a fraction', `${COSTS}?start_time=1.5`, 'start_time'],
    ['a negative start_time', `${COSTS}?start_time=-1`, 'start_time'],
    ['a start_time beyond the calendar', `${COSTS}?start_time=999999999999999`, 'start_time'],
    ['start_time twice', `${costs}&start_time=${FROM}`, 'start_time'],
    ['an end_time at the start', `${costs}&end_time=${FROM}`, 'end_time'],
    ['an end_time before the start', `${costs}&end_time=${FROM - DAY}`, 'end_time'],
    ['an empty end_time', `${costs}&end_time=`, 'end_time'],
    ['limit 0', `${costs}&limit=0`, 'limit'],
    ['181 days of costs', `${costs}&limit=181`, 'limit'],
    ['32 days of usage', `${usage}&limit=32`, 'limit'],
    ['169 hours', `${usage}&bucket_width=1h&limit=169`, 'limit'],
    ['1,441 minutes', `${usage}&bucket_width=1m&limit=1441`, 'limit'],
    ['hours of costs', `${costs}&bucket_width=1h`, 'bucket_width'],
    ['an unknown width', `${usage}&bucket_width=1w`, 'bucket_width'],
    ['costs by model', `${costs}&group_by=model`, 'group_by'],
    ['completions by line item', `${usage}&group_by=line_item`, 'group_by'],
    ['one wrong group of two', `${costs}&group_by=project_id,size`, 'group_by'],
    ['groups as a JSON array', `${costs}&group_by=["project_id"]`, 'group_by'],
    ['costs by user and project', `${costs}&group_by=project_id&group_by=user_id`, 'group_by'],
    ['costs by user of one project', `${costs}&group_by=user_id&project_ids=proj_a`, 'group_by'],
    ['a batch that is no boolean', `${usage}&batch=yes`, 'batch'],
    ['models of costs', `${costs}&models=gpt-5-2025-08-07`, 'models'],
    ['line items of usage', `${usage}&line_items=x`, 'line_items'],
    ['a parameter that nobody knows', `${costs}&colour=red`, 'colour'],
  ])('%s', async (_, path, param) => {
    const { ask } = await startDemo(LATER);
    const { status, body } = await ask<ErrorBody>(path);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ type: 'invalid_request_error', param });
    expect(body.error.message).not.toBe('');
  });
});

describe('group_by means the same in every form', () => {
  const forms = {
    repeated: 'group_by=project_id&group_by=line_item',
    brackets: 'group_by[]=project_id&group_by[]=line_item',
    'percent-encoded brackets': 'group_by%5B%5D=project_id&group_by%5B%5D=line_item',
    comma: 'group_by=project_id,line_item',
    'percent-encoded comma': 'group_by=project_id%2Cline_item',
  };
  it.each(Object.entries(forms))('%s', async (_, form) => {
    const { ask } = await startDemo(LATER);
    const { text, body } = await ask<Page<CostResult>>(`${COSTS}?start_time=${FROM}&${form}`);
    const expected = await ask(`${COSTS}?start_time=${FROM}&${forms.repeated}`);
    expect(text).toBe(expected.text);
    const first = body.data[0]?.results ?? [];
    expect(new Set(first.map((row) => `${row.project_id} ${row.line_item}`)).size).toBeGreaterThan(20);
  });

  it('and so do filters', async () => {
    const { ask } = await startDemo(LATER);
    const ids = ['proj_l4slUx3kufWDk3q6RVazweyn', 'proj_e19qYqCJWEcYymZjH6WjN2Xn'];
    const from = `${COSTS}?start_time=${FROM}&group_by=project_id`;
    const texts = await Promise.all(
      [
        `project_ids=${ids[0]}&project_ids=${ids[1]}`,
        `project_ids[]=${ids[0]}&project_ids[]=${ids[1]}`,
        `project_ids=${ids.join(',')}`,
      ].map(async (form) => (await ask(`${from}&${form}`)).text),
    );
    expect(new Set(texts).size).toBe(1);
  });
});

describe('filters keep what has one of the values', () => {
  const day = `start_time=${FROM}&end_time=${FROM + DAY}`;
  async function rows(query: string, path = COMPLETIONS) {
    const { ask } = await startDemo(LATER);
    const { status, body } = await ask<Page<Record<string, unknown>>>(`${path}?${day}&${query}`);
    expect(status).toBe(200);
    return body.data.flatMap(({ results }) => results);
  }
  const valuesOf = (found: Record<string, unknown>[], field: string) => [
    ...new Set(found.map((row) => row[field])),
  ];

  it.each([
    ['project_ids=proj_e19qYqCJWEcYymZjH6WjN2Xn', 'project_id', ['proj_e19qYqCJWEcYymZjH6WjN2Xn']],
    ['models=o4-mini-2025-04-16', 'model', ['o4-mini-2025-04-16']],
    [
      'models=ft:gpt-4o-mini-2024-07-18:brightlane:support-tags:Bq7TzR2k',
      'model',
      ['ft:gpt-4o-mini-2024-07-18:brightlane:support-tags:Bq7TzR2k'],
    ],
    ['api_key_ids=key_nWj91lGV1k2rKtc5', 'api_key_id', ['key_nWj91lGV1k2rKtc5']],
    ['user_ids=user-MLGA9I8R6THXOcfpaWa3xVNg', 'user_id', ['user-MLGA9I8R6THXOcfpaWa3xVNg']],
    ['batch=true', 'batch', [true]],
    ['batch=false', 'batch', [false]],
    ['models=no-such-model', 'model', []],
  ])('%s', async (filter, field, values) => {
    expect(valuesOf(await rows(`${filter}&group_by=${field}`), field)).toEqual(values);
  });

  it('a line item is taken whole, its comma included', async () => {
    const item = 'gpt-5-2025-08-07, input';
    const found = await rows(`line_items=${encodeURIComponent(item)}&group_by=line_item`, COSTS);
    expect(valuesOf(found, 'line_item')).toEqual([item]);
    expect(await rows('line_items=gpt-5-2025-08-07', COSTS)).toEqual([]);
  });

  it('two filters must both be met', async () => {
    expect(await rows('models=o4-mini-2025-04-16&project_ids=proj_e19qYqCJWEcYymZjH6WjN2Xn')).toEqual([]);
  });
});

describe('where buckets begin and end', () => {
  const spans = (page: Page<unknown>) => page.data.map(({ start_time, end_time }) => [start_time, end_time]);
  const noon = FROM + DAY / 2 + 17;

  it('usage begins at the very second that was asked for and goes on at the next boundary', async () => {
    const { ask } = await startDemo(LATER);
    const days = await ask<Page<unknown>>(`${COMPLETIONS}?start_time=${noon}&end_time=${FROM + 2 * DAY}`);
    expect(spans(days.body)).toEqual([
      [noon, FROM + DAY],
      [FROM + DAY, FROM + 2 * DAY],
    ]);
    const hours = await ask<Page<unknown>>(
      `${COMPLETIONS}?start_time=${noon}&end_time=${noon + 3600}&bucket_width=1h`,
    );
    expect(spans(hours.body)).toEqual([
      [noon, noon - 17 + 3600],
      [noon - 17 + 3600, noon + 3600],
    ]);
  });

  it('costs begin at 00:00 UTC and hold whole days', async () => {
    const { ask } = await startDemo(LATER);
    const { body } = await ask<Page<unknown>>(`${COSTS}?start_time=${noon}&end_time=${noon + DAY}`);
    expect(spans(body)).toEqual([
      [FROM, FROM + DAY],
      [FROM + DAY, FROM + 2 * DAY],
    ]);
    const aligned = await ask<Page<unknown>>(`${COSTS}?start_time=${FROM}&end_time=${FROM + DAY}`);
    expect(spans(aligned.body)).toEqual([[FROM, FROM + DAY]]);
  });

  it('costs within one UTC day are empty', async () => {
    const { ask } = await startDemo(LATER);
    const { body } = await ask<Page<unknown>>(`${COSTS}?start_time=${FROM}&end_time=${FROM + 3600}`);
    expect(body).toEqual({ object: 'page', data: [], has_more: false, next_page: null });
  });

  it('without end_time usage ends now, and the costs of today end in the future', async () => {
    const { ask } = await startDemo('2026-10-07T15:20:09Z');
    const now = seconds('2026-10-07T15:20:09Z');
    const usage = await ask<Page<unknown>>(`${COMPLETIONS}?start_time=${FROM + DAY}`);
    expect(spans(usage.body)).toEqual([
      [FROM + DAY, FROM + 2 * DAY],
      [FROM + 2 * DAY, now],
    ]);
    const costs = await ask<Page<unknown>>(`${COSTS}?start_time=${FROM + DAY}`);
    expect(spans(costs.body)).toEqual([
      [FROM + DAY, FROM + 2 * DAY],
      [FROM + 2 * DAY, FROM + 3 * DAY],
    ]);
  });

  it('no bucket begins in the future, though end_time may lie there', async () => {
    const { ask } = await startDemo('2026-10-07T15:20:09Z');
    for (const path of [COSTS, COMPLETIONS]) {
      const { body } = await ask<Page<unknown>>(
        `${path}?start_time=${FROM + DAY}&end_time=${FROM + 5 * DAY}`,
      );
      expect(spans(body)).toEqual([
        [FROM + DAY, FROM + 2 * DAY],
        [FROM + 2 * DAY, FROM + 3 * DAY],
      ]);
      expect(body.has_more).toBe(false);
    }
  });

  it('days without activity are there and empty', async () => {
    const { ask } = await startDemo(LATER);
    for (const path of [COSTS, COMPLETIONS]) {
      const { body } = await ask<Page<unknown>>(`${path}?start_time=${FROM - 3 * DAY}&end_time=${FROM}`);
      expect(body.data.map(({ results }) => results)).toEqual([[], [], []]);
    }
  });
});

describe('pages', () => {
  async function allPages(first: string) {
    const { ask } = await startDemo(LATER);
    const pages: Page<unknown>[] = [];
    let cursor: string | null = null;
    do {
      const page: string = cursor === null ? '' : `&page=${encodeURIComponent(cursor)}`;
      const { status, body } = await ask<Page<unknown>>(`${first}${page}`);
      expect(status).toBe(200);
      pages.push(body);
      cursor = body.next_page;
    } while (cursor !== null);
    return pages;
  }

  it.each([
    ['costs', `${COSTS}?start_time=${FROM + 5000}&end_time=${UNTIL}&group_by=project_id`, 180, 21],
    ['usage by day', `${COMPLETIONS}?start_time=${FROM + 5000}&end_time=${UNTIL}&group_by=model`, 31, 21],
    [
      'usage by hour',
      `${COMPLETIONS}?start_time=${FROM + 5000}&end_time=${FROM + 2 * DAY - 5000}&bucket_width=1h`,
      168,
      47 - 1,
    ],
  ])('of %s join up to what one large page holds', async (_, path, most, buckets) => {
    const pages = await allPages(`${path}&limit=4`);
    const [whole] = await allPages(`${path}&limit=${most}`);
    expect(whole?.data).toHaveLength(buckets);
    expect(pages.flatMap(({ data }) => data)).toEqual(whole?.data);
    expect(pages).toHaveLength(Math.ceil(buckets / 4));
    expect(pages.map(({ has_more }) => has_more)).toEqual(pages.map((_page, at) => at < pages.length - 1));
  });

  it('have a cursor of 20 bytes: request time, hash of the parameters, start of the next bucket', async () => {
    const { ask } = await startDemo(LATER);
    const { body } = await ask<Page<unknown>>(`${COSTS}?start_time=${FROM}&limit=2`);
    const [prefix, base64] = (body.next_page ?? '').split('_');
    const bytes = Buffer.from(base64 ?? '', 'base64');
    expect(prefix).toBe('page');
    expect(base64).toMatch(/[^=]=$/);
    expect(bytes).toHaveLength(20);
    expect(Number(bytes.readBigUInt64BE(0))).toBe(seconds(LATER));
    expect(Number(bytes.readBigUInt64BE(12))).toBe(FROM + 2 * DAY);
  });

  it('take the cursor with a raw "=" too', async () => {
    const { ask } = await startDemo(LATER);
    const first = `${COSTS}?start_time=${FROM}&limit=2`;
    const { body } = await ask<Page<unknown>>(first);
    const raw = (body.next_page ?? '').replaceAll('+', '%2B');
    expect(raw.endsWith('=')).toBe(true);
    const { body: second } = await ask<Page<unknown>>(`${first}&page=${raw}`);
    expect(second.data[0]?.start_time).toBe(FROM + 2 * DAY);
  });

  it('keep their end when time goes on and end_time was not sent', async () => {
    const { ask, server } = await startDemo('2026-10-07T23:59:30Z');
    const first = `${COMPLETIONS}?start_time=${FROM}&limit=2`;
    const { body } = await ask<Page<unknown>>(first);
    server.setNow(at('2026-10-09T12:00:00Z'));
    const { body: second } = await ask<Page<unknown>>(
      `${first}&page=${encodeURIComponent(body.next_page ?? '')}`,
    );
    expect(second.data.map(({ end_time }) => end_time)).toEqual([seconds('2026-10-07T23:59:30Z')]);
    expect(second.has_more).toBe(false);
  });

  it.each([
    ['another start', `start_time=${FROM + DAY}&end_time=${UNTIL}&limit=2&group_by=project_id`],
    ['another end', `start_time=${FROM}&end_time=${UNTIL - DAY}&limit=2&group_by=project_id`],
    ['no end', `start_time=${FROM}&limit=2&group_by=project_id`],
    ['another limit', `start_time=${FROM}&end_time=${UNTIL}&limit=3&group_by=project_id`],
    ['another grouping', `start_time=${FROM}&end_time=${UNTIL}&limit=2`],
    ['a filter', `start_time=${FROM}&end_time=${UNTIL}&limit=2&group_by=project_id&project_ids=proj_a`],
  ])('refuse the cursor beside %s', async (_, changed) => {
    const { ask } = await startDemo(LATER);
    const original = `start_time=${FROM}&end_time=${UNTIL}&limit=2&group_by=project_id`;
    const { body } = await ask<Page<unknown>>(`${COSTS}?${original}`);
    const page = `&page=${encodeURIComponent(body.next_page ?? '')}`;
    expect((await ask(`${COSTS}?${original}${page}`)).status).toBe(200);
    const refused = await ask<ErrorBody>(`${COSTS}?${changed}${page}`);
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({
      error: {
        message: 'The page token is invalid, have you modified the query parameters?',
        type: 'invalid_request_error',
        code: 'invalid_request_error',
      },
    });
  });

  it.each(['', 'page_', 'page_AAAA', 'garbage', `page_${Buffer.alloc(20).toString('base64')}`])(
    'refuse %j as a cursor',
    async (cursor) => {
      const { ask } = await startDemo(LATER);
      const { status, body } = await ask<ErrorBody>(
        `${COSTS}?start_time=${FROM}&limit=2&page=${encodeURIComponent(cursor)}`,
      );
      expect(status).toBe(400);
      expect(body.error.message).toContain('page token is invalid');
    },
  );
});

describe('a cursor whose hash is right', () => {
  it.each([
    ['before the window', FROM - DAY],
    ['at its start, which needs no cursor', FROM],
    ['at its end', UNTIL],
    ['within a day', FROM + DAY + 3600],
  ])('is refused if it points %s', async (_, position) => {
    const { ask } = await startDemo(LATER);
    const first = `${COSTS}?start_time=${FROM}&end_time=${UNTIL}&limit=2`;
    const { body } = await ask<Page<unknown>>(first);
    const bytes = Buffer.from((body.next_page ?? '').slice(5), 'base64');
    const forged = () => encodeURIComponent(`page_${bytes.toString('base64')}`);
    bytes.writeBigUInt64BE(BigInt(FROM + 3 * DAY), 12);
    expect((await ask(`${first}&page=${forged()}`)).status).toBe(200);
    bytes.writeBigUInt64BE(BigInt(position), 12);
    expect((await ask(`${first}&page=${forged()}`)).status).toBe(400);
  });
});

describe('results', () => {
  const window = `start_time=${FROM}&end_time=${UNTIL}`;

  it('of costs have every dimension null, and no quantity, unless grouped by it', async () => {
    const { ask } = await startDemo(LATER);
    const { body } = await ask<Page<CostResult>>(`${COSTS}?${window}&limit=30`);
    const nothing = { line_item: null, project_id: null, api_key_id: null, user_id: null, api_source: null };
    for (const { object, results } of body.data) {
      expect(object).toBe('bucket');
      for (const row of results) {
        expect(row).toMatchObject({ object: 'organization.costs.result', ...nothing });
        expect(row).toMatchObject({ quantity: null, quantity_unit: null });
        expect(row.amount.currency).toBe('usd');
      }
    }
  });

  it('of costs by project have no quantity, though all of a project may be tokens', async () => {
    const { ask } = await startDemo(LATER);
    const { body } = await ask<Page<CostResult>>(`${COSTS}?${window}&limit=30&group_by=project_id`);
    const rows = body.data.flatMap(({ results }) => results);
    expect(new Set(rows.map(({ quantity, quantity_unit }) => quantity ?? quantity_unit))).toEqual(
      new Set([null]),
    );
  });

  it('by line item carry quantities with units, and the project where only one has that item', async () => {
    const { ask } = await startDemo(LATER);
    const { body } = await ask<Page<CostResult>>(`${COSTS}?${window}&limit=30&group_by=line_item`);
    const rows = body.data.flatMap(({ results }) => results);
    const units = new Map(rows.map((row) => [row.line_item, row.quantity_unit]));
    expect(units.get('gpt-5-2025-08-07, input')).toBe('tokens');
    expect(units.get('gpt-5-2025-08-07, cache writes')).toBe('tokens');
    expect(units.get('ft-gpt-4o-mini-2024-07-18, output')).toBe('tokens');
    expect(units.get('web search tool calls')).toBe('calls');
    expect(units.get('assistants api | file search')).toBe('gibibyte_hours');
    expect(rows.every(({ quantity }) => Number.isInteger(quantity))).toBe(true);
    const projectsOf = (item: string) => [
      ...new Set(rows.filter(({ line_item }) => line_item === item).map(({ project_id }) => project_id)),
    ];
    expect(projectsOf('o4-mini-2025-04-16, input')).toEqual(['proj_i6bs41C6trGNOnFplgk8OoP9']);
    expect(projectsOf('gpt-5-2025-08-07, input')).toEqual([null]);
  });

  it('have amounts as numbers on some days and as strings on others, zero as decimal128 writes it', async () => {
    const { ask } = await startDemo(LATER);
    const { body } = await ask<Page<CostResult>>(`${COSTS}?${window}&limit=30&group_by=line_item,project_id`);
    const forms = body.data.map(({ results }) => [
      ...new Set(results.map(({ amount }) => typeof amount.value)),
    ]);
    expect(forms.every((ofDay) => ofDay.length === 1)).toBe(true);
    expect(new Set(forms.flat())).toEqual(new Set(['number', 'string']));
    const values = body.data.flatMap(({ results }) => results.map(({ amount }) => amount.value));
    expect(values).toContain('0E-6176');
    expect(values).toContain(0);
    const decimals = values.map((value) =>
      typeof value === 'string' ? (value.split('.')[1] ?? '').length : 0,
    );
    expect(Math.max(...decimals)).toBeGreaterThanOrEqual(36);
    expect(Math.max(...decimals)).toBeLessThanOrEqual(39);
  });

  it.each(['number', 'string'] as const)('can have all amounts as a %s', async (amounts) => {
    const { ask } = await startDemo(LATER, { amounts });
    const { body } = await ask<Page<CostResult>>(`${COSTS}?${window}&limit=30&group_by=project_id`);
    const types = body.data.flatMap(({ results }) => results.map(({ amount }) => typeof amount.value));
    expect(new Set(types)).toEqual(new Set([amounts]));
  });

  it('hold fields that the contract does not know, in some rows only', async () => {
    const { ask } = await startDemo(LATER);
    const { body } = await ask<Page<CostResult>>(`${COSTS}?${window}&limit=30&group_by=project_id`);
    const rows = body.data.flatMap(({ results }) => results);
    expect(rows.every((row) => row.organization_id === 'org-5wN4QZ9gopP17tSXeeMssp9G')).toBe(true);
    const named = rows.filter((row) => 'project_name' in row);
    expect(named.length).toBeGreaterThan(0);
    expect(named.length).toBeLessThan(rows.length);
    const chatbot = named.find((row) => row.project_id === 'proj_l4slUx3kufWDk3q6RVazweyn');
    expect(chatbot?.project_name).toBe('Support chatbot');
    const texts = body.data.map(({ start_time_iso }) => start_time_iso.slice(19));
    expect(new Set(texts)).toEqual(new Set(['', '+00:00']));
    expect(body.data[0]?.start_time_iso.slice(0, 19)).toBe('2026-10-05T00:00:00');
  });

  it('of no project have the id null, and on some days an empty one', async () => {
    const { ask } = await startDemo(LATER);
    const { body } = await ask<Page<CostResult>>(
      `${COSTS}?${window}&limit=30&group_by=project_id&line_items=${encodeURIComponent('assistants api | file search')}`,
    );
    const ids = body.data.map(({ results }) => [...new Set(results.map(({ project_id }) => project_id))]);
    expect(ids.every((ofDay) => ofDay.length === 1)).toBe(true);
    expect(new Set(ids.flat())).toEqual(new Set([null, '']));
  });

  it('repeat a row now and then, in some buckets and at most once', async () => {
    const { ask } = await startDemo(LATER);
    for (const path of [`${COSTS}?${window}&limit=30`, `${COMPLETIONS}?${window}&limit=30`]) {
      const { body } = await ask<Page<Record<string, unknown>>>(`${path}&group_by=project_id`);
      const surplus = body.data.map(
        ({ results }) => results.length - new Set(results.map((row) => row.project_id)).size,
      );
      expect(surplus.filter((rows) => rows > 1)).toEqual([]);
      const repeated = surplus.filter((rows) => rows === 1).length;
      expect(repeated).toBeGreaterThan(0);
      expect(repeated).toBeLessThan(surplus.length / 2);
    }
  });

  it('of completions hold token splits that add up', async () => {
    const { ask } = await startDemo(LATER);
    const { body } = await ask<Page<Record<string, number>>>(`${COMPLETIONS}?${window}&limit=30`);
    for (const { results } of body.data) {
      const all = (field: string) => sumOf(results.map((row) => row[field] ?? Number.NaN));
      expect(all('input_tokens')).toBe(
        sumOf([all('input_uncached_tokens'), all('input_cached_tokens'), all('input_cache_write_tokens')]),
      );
      expect(all('input_uncached_tokens')).toBe(
        sumOf([all('input_text_tokens'), all('input_audio_tokens'), all('input_image_tokens')]),
      );
      expect(all('output_tokens')).toBe(sumOf([all('output_text_tokens'), all('output_audio_tokens')]));
      expect(Number(all('num_model_requests'))).toBeGreaterThan(0);
    }
  });

  it('of completions have every dimension null unless grouped by it', async () => {
    const { ask } = await startDemo(LATER);
    const fields = ['project_id', 'user_id', 'api_key_id', 'model', 'batch', 'service_tier', 'api_source'];
    const { body } = await ask<Page<UsageResult>>(`${COMPLETIONS}?${window}&group_by=api_source`);
    const rows = body.data.flatMap(({ results }) => results);
    expect(new Set(rows.map((row) => row.api_source))).toEqual(new Set(['unlabeled', 'agents_api']));
    for (const row of rows) {
      expect(row.object).toBe('organization.usage.completions.result');
      for (const field of fields.slice(0, -1)) expect(row[field]).toBeNull();
    }
  });
});
