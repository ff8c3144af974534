// Days from buckets: a day is known when nothing of it is missing, and kept in the parts that some zone may cut it into.
import { describe, expect, it } from 'vitest';
import { daysOfBuckets } from '../../lib/spend/bucket-days.ts';
import { datasetOf } from '../../lib/spend/dataset.ts';
import type { DayTable } from '../../lib/spend/day-table.ts';
import type { SourceBucket } from '../../lib/spend/usage-source.ts';
import { HOUR_MS, MINUTE_MS, plusMs } from '../../lib/time/instant.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { amountsOfColumn } from '../fakes/amounts-of-column.ts';
import { usageRow } from '../fakes/day-of-rows.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const HOURLY = datasetOf('completions', '1h');
const TICK = instantOf('2026-11-21T09:20Z');
const RANGE = { from: dayOf('2026-11-20'), until: dayOf('2026-11-22') };

function bucket(start: string, minutes: number, tokens: number): SourceBucket {
  const at = instantOf(start);
  const rows = [usageRow(['proj_a', 'gpt-5', { input_tokens: tokens }])];
  return { start: at, end: plusMs(at, minutes * MINUTE_MS), rows };
}

/** Buckets of `minutes` from midnight on, `count` of them, a token more in each. */
const buckets = (day: string, count: number, minutes = 60): SourceBucket[] =>
  Array.from({ length: count }, (_, index) => {
    const start = plusMs(instantOf(day), index * minutes * MINUTE_MS);
    return bucket(new Date(start).toISOString(), minutes, index + 1);
  });

/** Start minute → input tokens. */
function tokensByMinute(table: DayTable | undefined): Record<string, string> {
  const starts = table?.dimensions.get('start_minute');
  const tokens = amountsOfColumn(table?.measures.get('input_tokens'));
  const entries = tokens.map((amount, row) => [
    starts?.values[starts.index[row] ?? 0] ?? '',
    String((amount ?? 0n) / amountOf('1')),
  ]);
  return Object.fromEntries(entries);
}

describe('an ended day of hours', () => {
  it('is known with all 24, each under its minute', () => {
    const days = daysOfBuckets(HOURLY, RANGE, buckets('2026-11-20', 24), TICK);
    const expected = Object.fromEntries(
      Array.from({ length: 24 }, (_, hour) => [String(hour * 60), String(hour + 1)]),
    );
    expect(tokensByMinute(days.get(dayOf('2026-11-20')))).toEqual(expected);
  });

  it.each([
    ['the last hour', (hours: SourceBucket[]) => hours.slice(0, 23)],
    ['the first', (hours: SourceBucket[]) => hours.slice(1)],
    ['one between', (hours: SourceBucket[]) => hours.toSpliced(7, 1)],
  ])('is unknown without %s, since less would read as less spend', (_, without) => {
    const days = daysOfBuckets(HOURLY, RANGE, without(buckets('2026-11-20', 24)), TICK);
    expect([...days.keys()]).toEqual([]);
  });

  it('that OpenAI sends in two buckets is known as far as the longer one goes, with the rows of both', () => {
    const days = daysOfBuckets(
      HOURLY,
      RANGE,
      [...buckets('2026-11-20', 24), bucket('2026-11-20T05:00Z', 30, 100)],
      TICK,
    );
    // The sixth hour, which begins at minute 300, had 6.
    expect(tokensByMinute(days.get(dayOf('2026-11-20')))).toMatchObject({ 240: '5', 300: '106', 360: '7' });
  });

  it('is the same in whatever order its hours come', () => {
    const inOrder = daysOfBuckets(HOURLY, RANGE, buckets('2026-11-20', 24), TICK);
    expect(daysOfBuckets(HOURLY, RANGE, buckets('2026-11-20', 24).reverse(), TICK)).toEqual(inOrder);
  });
});

describe('today', () => {
  it('is known as far as its hours go, and no further than a gap', () => {
    const gap = buckets('2026-11-21', 9).toSpliced(4, 1);
    const days = daysOfBuckets(HOURLY, RANGE, gap, TICK);
    expect(tokensByMinute(days.get(dayOf('2026-11-21')))).toEqual({ 0: '1', 60: '2', 120: '3', 180: '4' });
  });
});

it('keeps minutes in quarters of an hour, and adds them up', () => {
  const minutes = buckets('2026-11-21', 31, 1);
  const days = daysOfBuckets(datasetOf('completions', '1m'), RANGE, minutes, TICK);
  // 1 + … + 15, 16 + … + 30, and the 31st.
  expect(tokensByMinute(days.get(dayOf('2026-11-21')))).toEqual({ 0: '120', 15: '345', 30: '31' });
});

it('drops hours of days that nobody asked for', () => {
  const asked = { from: dayOf('2026-11-21'), until: dayOf('2026-11-22') };
  const last = bucket('2026-11-20T23:00:00Z', HOUR_MS / MINUTE_MS, 5);
  expect([...daysOfBuckets(HOURLY, asked, [last, ...buckets('2026-11-21', 2)], TICK).keys()]).toEqual([
    '2026-11-21',
  ]);
});
