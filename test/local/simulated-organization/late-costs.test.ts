// Costs come late, grow, are wrong for a day or two, and end at the truth.
import { describe, expect, it } from 'vitest';
import { DEMO_DAYS, DEMO_SEED, DEMO_START } from '../../../lib/local/simulated-organization/demo-world.ts';
import { createWorld } from '../../../lib/local/simulated-organization/world.ts';
import { formatAmount } from '../../../lib/money/format-amount.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs } from '../../../lib/time/instant.ts';
import { daysFrom, plusDays, startOfDay, type UtcDay } from '../../../lib/time/utc-day.ts';
import { type CostResult, type Page, startDemo, sumOf, sumsOf } from './demo-server.ts';

const world = createWorld({ seed: DEMO_SEED, start: DEMO_START });
const DAYS = daysFrom(DEMO_START, plusDays(DEMO_START, DEMO_DAYS));

/** Whole hours from the start of the day; exact text. */
function seenAfter(day: UtcDay, hours: number): string {
  const leaves = world.costs(day, plusMs(startOfDay(day), hours * HOUR_MS));
  return sumOf(leaves.map(({ amount }) => formatAmount(amount)));
}

function truth(day: UtcDay): string {
  return sumOf(world.trueCosts(day).map(({ amount }) => amount));
}

describe('the costs of a day', () => {
  it('are not there in its first three hours', () => {
    for (const day of DAYS) {
      expect(world.costs(day, startOfDay(day))).toEqual([]);
      expect(world.costs(day, plusMs(startOfDay(day), 3 * HOUR_MS - MINUTE_MS))).toEqual([]);
    }
  });

  it('grow from hour to hour until they are complete, at most six hours after its end', () => {
    for (const day of DAYS) {
      const hourly = Array.from({ length: 31 }, (_, hour) => Number(seenAfter(day, hour)));
      expect(hourly).toEqual([...hourly].sort((a, b) => a - b));
      expect(new Set(hourly).size).toBeGreaterThan(15);
      expect(seenAfter(day, 23)).not.toBe(seenAfter(day, 30));
      expect(seenAfter(day, 30)).toBe(seenAfter(day, 48));
    }
  });

  it('are then off by up to 3 %, too low on some days and too high on others', () => {
    const ratios = DAYS.map((day) => Number(seenAfter(day, 31)) / Number(truth(day)));
    for (const ratio of ratios) {
      expect(Math.abs(ratio - 1)).toBeGreaterThan(0.003);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.031);
    }
    expect(ratios.some((ratio) => ratio < 1)).toBe(true);
    expect(ratios.some((ratio) => ratio > 1)).toBe(true);
  });

  it('become true once, one to two days after its end, and stay so', () => {
    for (const day of DAYS) {
      const right = Array.from({ length: 24 * 5 }, (_, hour) => seenAfter(day, hour) === truth(day));
      const first = right.indexOf(true);
      expect(first).toBeGreaterThan(48);
      expect(first).toBeLessThanOrEqual(72);
      expect(right.slice(first).every(Boolean)).toBe(true);
      expect(world.costsFinalAt(day)).toBe(plusMs(startOfDay(day), first * HOUR_MS));
    }
  });
});

describe('a client that asks every six hours', () => {
  it('sees every project and line item end at the truth', async () => {
    const { ask, server } = await startDemo('2026-10-05');
    const from = startOfDay(DEMO_START);
    const path = `/organization/costs?start_time=${from / 1000}&limit=180&group_by=project_id,line_item`;
    let last: Page<CostResult> | undefined;
    for (let hours = 0; hours <= (DEMO_DAYS + 3) * 24; hours += 6) {
      server.setNow(plusMs(from, hours * HOUR_MS));
      last = (await ask<Page<CostResult>>(path)).body;
      expect(last.data).toHaveLength(Math.floor((hours * HOUR_MS) / DAY_MS) + 1);
    }
    for (const [index, day] of DAYS.entries()) {
      const results = last?.data[index]?.results ?? [];
      const seen = results.map(({ project_id, line_item, amount }) => {
        return [JSON.stringify([project_id || null, line_item]), amount.value] as const;
      });
      const expected = world.trueCosts(day).map(({ projectId, lineItem, amount }) => {
        return [JSON.stringify([projectId, lineItem]), amount] as const;
      });
      expect(sumsOf(seen)).toEqual(sumsOf(expected));
    }
  });
});
