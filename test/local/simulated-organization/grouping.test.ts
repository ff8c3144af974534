// Whatever costs and usage are grouped by, they add up to the same, to the last decimal.
import { describe, expect, it } from 'vitest';
import { type CostResult, type Page, startDemo, sumOf } from './demo-server.ts';

const FROM = Date.parse('2026-10-05T00:00:00Z') / 1000;
const WINDOW = `start_time=${FROM}&end_time=${FROM + 21 * 86_400}&limit=31`;

function subsetsOf(names: readonly string[]): string[][] {
  const [first, ...others] = names;
  if (first === undefined) return [[]];
  const without = subsetsOf(others);
  return [...without, ...without.map((subset) => [first, ...subset])];
}

/** Moments at which days are empty, growing, provisional and final. */
const MOMENTS = ['2026-10-16T14:30:00Z', '2026-11-20T10:00:00Z'];

describe.each(MOMENTS)('costs at %s', (now) => {
  const groupings = subsetsOf(['project_id', 'line_item', 'api_key_id', 'user_id', 'api_source']).filter(
    (grouping) => !(grouping.includes('project_id') && grouping.includes('user_id')),
  );
  const totals = (page: Page<CostResult>) =>
    page.data.map(({ results }) => sumOf(results.map(({ amount }) => amount.value)));

  it(`are the same in all ${groupings.length} groupings`, async () => {
    const { ask } = await startDemo(now);
    const ungrouped = totals((await ask<Page<CostResult>>(`/organization/costs?${WINDOW}`)).body);
    expect(ungrouped.filter((total) => total !== '0').length).toBeGreaterThan(10);
    for (const grouping of groupings) {
      const query = grouping.map((name) => `&group_by=${name}`).join('');
      const { status, body } = await ask<Page<CostResult>>(`/organization/costs?${WINDOW}${query}`);
      expect(status).toBe(200);
      expect({ grouping, totals: totals(body) }).toEqual({ grouping, totals: ungrouped });
    }
  });
});

describe.each(MOMENTS)('completions at %s', (now) => {
  const groupings = subsetsOf([
    'project_id',
    'user_id',
    'api_key_id',
    'model',
    'batch',
    'service_tier',
    'api_source',
  ]);
  const totals = (page: Page<Record<string, unknown>>) =>
    page.data.map(({ results }) => {
      const sums: Record<string, number> = {};
      for (const row of results) {
        for (const [field, value] of Object.entries(row)) {
          if (typeof value === 'number') sums[field] = (sums[field] ?? 0) + value;
        }
      }
      return sums;
    });

  it(`are the same in all ${groupings.length} groupings`, async () => {
    const { ask } = await startDemo(now);
    const path = `/organization/usage/completions?${WINDOW}`;
    const ungrouped = totals((await ask<Page<Record<string, unknown>>>(path)).body);
    expect(ungrouped.filter((sums) => (sums.input_tokens ?? 0) > 0).length).toBeGreaterThan(10);
    for (const grouping of groupings) {
      const query = grouping.map((name) => `&group_by=${name}`).join('');
      const { body } = await ask<Page<Record<string, unknown>>>(`${path}${query}`);
      expect({ grouping, totals: totals(body) }).toEqual({ grouping, totals: ungrouped });
    }
  });

  it('are the same by hour as by day', async () => {
    const { ask } = await startDemo(now);
    const day = `start_time=${FROM + 86_400}&end_time=${FROM + 2 * 86_400}`;
    const path = `/organization/usage/completions?${day}`;
    const [byDay] = totals((await ask<Page<Record<string, unknown>>>(path)).body);
    const byHour = totals((await ask<Page<Record<string, unknown>>>(`${path}&bucket_width=1h`)).body);
    const sums: Record<string, number> = {};
    for (const hour of byHour) {
      for (const [field, value] of Object.entries(hour)) sums[field] = (sums[field] ?? 0) + value;
    }
    expect(byHour).toHaveLength(24);
    expect(sums).toEqual(byDay);
  });
});
