// A claim that always fits: nothing lost, nothing taken twice, and never stuck.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitClaim } from '../../lib/alert/fit-claim.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';

const alertsOf = (sizes: readonly number[]) =>
  sizes.map((size, index) => alertFixture({ id: `alert-${index}`, budgetName: 'x'.repeat(size) }));
const idsOf = (alerts: readonly { readonly id: string }[]) => alerts.map(({ id }) => id);

describe('a claim', () => {
  it('takes everything in ordinary runs, as it is', () => {
    const alerts = alertsOf(Array.from({ length: 40 }, () => 100));
    expect(fitClaim([], alerts)).toEqual({ taken: alerts, waiting: [] });
  });

  it('takes or leaves each alert once, in order, at least one, and never too much', () => {
    const sizes = fc.array(fc.constantFrom(10, 1_000, 300_000, 1_200_000), { maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.boolean(), (given, leftBehind) => {
        const alerts = alertsOf(given);
        const before = leftBehind ? alertsOf([600_000]) : [];
        const { taken, waiting } = fitClaim(before, alerts);
        expect(idsOf([...taken, ...waiting])).toEqual(idsOf(alerts));
        if (alerts.length > 0 && !leftBehind) expect(taken.length).toBeGreaterThan(0);
        if (before.length + taken.length > 1) {
          expect(JSON.stringify([...before, ...taken]).length).toBeLessThan(1_010_000);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('takes a million characters of JSON, and not one more', () => {
    const sizeOf = (size: number) => JSON.stringify(alertsOf([size])[0]).length;
    const half = 500_000 - sizeOf(0);
    const [first, second] = [
      alertsOf([half]),
      alertsOf([half]).map((alert) => ({ ...alert, id: 'alert-1' })),
    ];
    const longer = second.map((alert) => ({ ...alert, budgetName: `${alert.budgetName}x` }));
    const takenOf = (...given: Parameters<typeof fitClaim>) => idsOf(fitClaim(...given).taken);
    expect(takenOf([], [...first, ...second])).toEqual(['alert-0', 'alert-1']);
    expect(takenOf([], [...first, ...longer])).toEqual(['alert-0']);
    expect(takenOf(first, second)).toEqual(['alert-1']);
    expect(takenOf(first, longer)).toEqual([]);
  });

  it('says where the spend went for the first fifty only', () => {
    const contributors = [{ label: 'gpt-5, output', amount: '1', previous: null }];
    const alerts = alertsOf(Array.from({ length: 60 }, () => 1)).map((alert) => ({ ...alert, contributors }));
    const { taken } = fitClaim([], alerts);
    expect(taken.filter((alert) => alert.contributors.length > 0)).toHaveLength(50);
    expect(taken).toHaveLength(60);
  });
});
