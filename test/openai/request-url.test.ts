// What is asked, byte by byte: aligned days, a limit that covers them, plain repeated arrays, pages alike but for the cursor.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBaseUrl } from '../../lib/openai/base-url.ts';
import { adminKeysUrl, bucketsUrl, isCursor, projectsUrl } from '../../lib/openai/request-url.ts';
import { SPEND_KINDS } from '../../lib/spend/catalogue.ts';
import { datasetOf } from '../../lib/spend/dataset.ts';
import { plusDays } from '../../lib/time/utc-day.ts';
import { dayOf } from '../fakes/time-of.ts';

const BASE = parseBaseUrl('https://api.openai.com/v1');

/** 2026-11-01T00:00Z is 1793491200 s; a day has 86400 s. */
const NOVEMBER = { from: dayOf('2026-11-01'), until: dayOf('2026-12-01') };

describe('the address of buckets', () => {
  it('for costs', () => {
    expect(bucketsUrl(BASE, datasetOf('costs'), NOVEMBER, null)).toBe(
      'https://api.openai.com/v1/organization/costs?start_time=1793491200&end_time=1796083200' +
        '&bucket_width=1d&limit=30&group_by=project_id&group_by=line_item',
    );
  });

  it('for completions, on the second page, with the cursor as it came', () => {
    const cursor = 'page_AAAAAGdGxdEiJdKOAAAAAGcqsYA=';
    expect(bucketsUrl(BASE, datasetOf('completions'), NOVEMBER, cursor)).toBe(
      'https://api.openai.com/v1/organization/usage/completions?start_time=1793491200&end_time=1796083200' +
        '&bucket_width=1d&limit=30&group_by=project_id&group_by=model&page=page_AAAAAGdGxdEiJdKOAAAAAGcqsYA=',
    );
  });

  it('says what it means for any days, width, grouping and cursor, and pages differ in the cursor alone', () => {
    const anyDay = fc.integer({ min: 0, max: 30_000 }).map((days) => plusDays(dayOf('1970-01-01'), days));
    const anyCursor = fc
      .string({
        unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
        minLength: 1,
      })
      .filter(isCursor);
    const anyGrouping = fc.subarray(['project_id', 'line_item', 'model'] as const);
    fc.assert(
      fc.property(
        fc.constantFrom(...SPEND_KINDS),
        anyGrouping,
        anyDay,
        fc.integer({ min: 1, max: 180 }),
        anyCursor,
        fc.constantFrom(['1d', 1] as const, ['1h', 24] as const, ['1m', 1_440] as const),
        (kind, grouping, from, days, cursor, [width, bucketsPerDay]) => {
          const dataset = { kind, width, grouping };
          const range = { from, until: plusDays(from, days) };
          const first = bucketsUrl(BASE, dataset, range, null);
          const second = bucketsUrl(BASE, dataset, range, cursor);
          expect(second.startsWith(`${first}&page=`)).toBe(true);

          const parameters = new URL(second).searchParams;
          const start = Number(parameters.get('start_time'));
          const end = Number(parameters.get('end_time'));
          expect(new Date(start * 1_000).toISOString()).toBe(`${from}T00:00:00.000Z`);
          expect(end - start).toBe(days * 86_400);
          expect(parameters.get('limit')).toBe(String(days * bucketsPerDay));
          expect(parameters.get('bucket_width')).toBe(width);
          expect(parameters.getAll('group_by')).toEqual(grouping);
          expect(parameters.get('page')).toBe(cursor);
        },
      ),
    );
  });
});

describe('the address of projects', () => {
  it('asks for archived ones too', () => {
    expect(projectsUrl(BASE, null)).toBe(
      'https://api.openai.com/v1/organization/projects?limit=100&include_archived=true',
    );
  });

  it('goes on after an id', () => {
    expect(projectsUrl(BASE, 'proj_a&b')).toBe(
      'https://api.openai.com/v1/organization/projects?limit=100&include_archived=true&after=proj_a%26b',
    );
  });
});

describe('the address of admin keys', () => {
  it('asks for the oldest first, and goes on after an id', () => {
    const first = 'https://api.openai.com/v1/organization/admin_api_keys?limit=100&order=asc';
    expect(adminKeysUrl(BASE, null)).toBe(first);
    expect(adminKeysUrl(BASE, 'key_a&b')).toBe(`${first}&after=key_a%26b`);
  });
});

it.each([
  ['page_AAAA=', true],
  ['x', true],
  ['', false],
  ['two words', false],
  ['line\nbreak', false],
  ['\ud800', false],
  ['é', false],
  ['x'.repeat(1_001), false],
  [null, false],
  [undefined, false],
  [7, false],
])('%j as a cursor: %j', (value, expected) => {
  expect(isCursor(value)).toBe(expected);
});
