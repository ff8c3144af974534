// How long Spend is kept: 400 days at least, and for every budget from its period's first day until it is settled.
import { describe, expect, it } from 'vitest';
import { isExpired } from '../../lib/aws/expiry.ts';
import { SETTLING_MS } from '../../lib/budget/evaluated-periods.ts';
import { exceedsRetention } from '../../lib/budget/exceeds-retention.ts';
import { MAX_PERIOD_DAYS } from '../../lib/budget/period-length.ts';
import { NO_ROOT, type Root } from '../../lib/spend/root.ts';
import { updateFromRead } from '../../lib/spend/spend-update.ts';
import { DAY_MS, type Instant, plusMs } from '../../lib/time/instant.ts';
import { firstDayOf, fixedPeriod, type Period, periodAt, utcDaysSoFar } from '../../lib/time/period.ts';
import { PERIOD_KINDS } from '../../lib/time/period-rule.ts';
import { plusDays, utcDayOf } from '../../lib/time/utc-day.ts';
import { UTC } from '../../lib/time/zone.ts';
import { budgetOf } from '../fakes/budgets-of.ts';

/** Of a leap year, whose periods are the longest. */
const INSTANT = Date.UTC(2028, 1, 29) as Instant;

describe('the first day of a period', () => {
  const from = utcDayOf(INSTANT);
  const longest = { kind: 'fixed', from, to: plusDays(from, MAX_PERIOD_DAYS), zone: 'UTC' } as const;
  it.each<[string, Period]>([
    ...PERIOD_KINDS.map((kind): [string, Period] => [`a ${kind} budget`, periodAt(kind, INSTANT)]),
    ['the longest budget from a day to a day', fixedPeriod(longest)],
  ])('is remembered and stored until %s is settled', (_, period) => {
    const settled = plusMs(period.end, SETTLING_MS);
    const version = { run: 'run', parts: 1, hash: '0', changedAt: period.start, projects: null };
    const root: Root = { ...NO_ROOT, version: 1, days: new Map([[firstDayOf(period, UTC), version]]) };
    expect(updateFromRead(root, new Map(), settled, 'next', false).forgotten).toEqual([]);
    expect(isExpired(period.start, settled)).toBe(false);
  });

  it.each([
    { retentionDays: 400, days: 365 },
    { retentionDays: 415, days: 380 },
  ])('is remembered where spend is kept for $retentionDays days: $days days', ({ retentionDays, days }) => {
    const rule = { kind: 'fixed', from, to: plusDays(from, days), zone: 'America/New_York' } as const;
    expect(exceedsRetention(budgetOf({ period: rule }), retentionDays)).toBeNull();
    const period = fixedPeriod(rule);
    const version = { run: 'run', parts: 1, hash: '0', changedAt: period.start, projects: null };
    const settled = plusMs(period.end, SETTLING_MS);
    // By the hour its first part lies in a UTC day that began before it.
    const needed = [UTC, period.zone].flatMap((zone) => utcDaysSoFar(period, settled, zone));
    const root: Root = { ...NO_ROOT, version: 1, days: new Map(needed.map((day) => [day, version])) };
    const update = updateFromRead(root, new Map(), settled, 'next', false, null, retentionDays);
    expect(update.forgotten).toEqual([]);
  });
});

describe('a day', () => {
  it('is stored for 400 days at least', () => {
    expect(isExpired(INSTANT, plusMs(INSTANT, 400 * DAY_MS))).toBe(false);
  });
});
