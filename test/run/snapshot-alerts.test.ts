// What an alert is fixed with when it is claimed: where the spend went, and what it is compared with.
import { describe, expect, it } from 'vitest';
import { costRow } from '../fakes/day-of-rows.ts';
import { runWorld } from '../fakes/run-world.ts';

const ITEM = 'gpt-5, output';

/** Dollars for one line item by day; every day up to the check is read. */
async function contributorAt(now: string, period: 'daily' | 'monthly', spent: Record<string, string>) {
  const world = runWorld();
  await world.apply('2026-09-01T10:00:00Z', { id: 'org', limit: '10', period });
  for (const [day, amount] of Object.entries(spent)) world.rows.set(day, [costRow(['proj_a', ITEM, amount])]);
  await world.collect(now);
  await world.check(now);
  return world.messages[0]?.alerts[0]?.contributors[0];
}

describe('a contributor', () => {
  it('is compared by ended days: today stands on both sides as it is', async () => {
    const spent = { '2026-10-01': '10', '2026-10-02': '50', '2026-11-01': '30', '2026-11-02': '60' };
    // 1 November against 1 October, and the 60 of today; the 50 of 2 October are not in it.
    expect(await contributorAt('2026-11-02T05:00:00Z', 'monthly', spent)).toMatchObject({
      amount: '90',
      previous: '70',
    });
  });

  it('is compared with nothing where only today is in the period', async () => {
    const spent = { '2026-11-01': '5', '2026-11-02': '60' };
    expect(await contributorAt('2026-11-02T15:00:00Z', 'daily', spent)).toMatchObject({
      amount: '60',
      previous: null,
    });
  });
});
