// OpenAI's own example of every kind of usage: its numbers are the catalogue's measures, under the catalogue's names.
import { describe, expect, it } from 'vitest';
import { CATALOGUE, SPEND_KINDS, type SpendKind } from '../../lib/spend/catalogue.ts';
import { datasetOf } from '../../lib/spend/dataset.ts';
import { listOfRows } from '../../lib/spend/usage-source.ts';
import { plusDays } from '../../lib/time/utc-day.ts';
import { textOfValue } from '../fakes/text-of-value.ts';
import { dayOf } from '../fakes/time-of.ts';
import { fixture } from './scripted-server.ts';
import { IN_AN_HOUR, sourceOver } from './source-under-test.ts';

const DAY = dayOf('2024-11-01');

/** There is no recorded answer of decisions: they are completions by another name. */
function exampleOf(kind: SpendKind): string {
  const { resultObject } = CATALOGUE[kind];
  if (kind !== 'decisions') return fixture(`spec_get_usage__${kind}.json`);
  return fixture('spec_get_usage__completions.json').replaceAll(
    'organization.usage.completions.result',
    resultObject,
  );
}

describe.each(SPEND_KINDS.filter((kind) => kind !== 'costs'))("OpenAI's example of %s", (kind) => {
  const body = exampleOf(kind);
  const page: { data: { start_time: number; results: Record<string, unknown>[] }[] } = JSON.parse(body);
  const results = page.data.flatMap((bucket) => bucket.results);

  it('is read under its own address, every number of it', async () => {
    // One of the examples says that there is another page.
    const end = { object: 'page', data: [], has_more: false, next_page: null };
    await using test = await sourceOver([{ body }, { body: end }]);
    const range = { from: DAY, until: plusDays(DAY, 1) };
    const rows: Record<string, string>[] = [];
    for await (const buckets of test.source.pages(datasetOf(kind), range, IN_AN_HOUR, listOfRows)) {
      for (const { values } of buckets.flatMap((bucket) => bucket.rows)) {
        const fields = Object.keys(CATALOGUE[kind].measures);
        const known = values.flatMap((value, index) =>
          value === null ? [] : [[fields[index], textOfValue(value)]],
        );
        rows.push(Object.fromEntries(known));
      }
    }
    expect(test.server.requests[0]?.url.pathname).toBe(`/v1/organization/usage/${kind}`);
    expect(rows).toEqual(
      results.map((result) =>
        Object.fromEntries(
          Object.entries(result).flatMap(([field, value]) =>
            typeof value === 'number' ? [[field, String(value)]] : [],
          ),
        ),
      ),
    );
    expect(Object.keys(rows[0] ?? {}).length).toBeGreaterThan(0);
  });

  it('has no dimension that the catalogue lacks', () => {
    const dimensions = results.flatMap((result) =>
      Object.entries(result).flatMap(([field, value]) =>
        typeof value === 'number' || field === 'object' ? [] : [field],
      ),
    );
    for (const dimension of dimensions) expect(CATALOGUE[kind].groupBy).toContain(dimension);
  });
});
