// How bad a reached threshold is: by its share of the limit.
import { describe, expect, it } from 'vitest';
import { severityOf } from '../../lib/alert/severity.ts';
import { amountOf } from '../fakes/amount-of.ts';

describe('a reached threshold', () => {
  it.each([
    ['79.99', '100', 'info'],
    ['80', '100', 'warning'],
    ['99.99', '100', 'warning'],
    ['100', '100', 'critical'],
    ['150', '100', 'critical'],
    // 80 % of a third of a cent, to the last of forty places.
    ['0.0026666666666666666666666666666666666666', '0.0033333333333333333333333333333333333333', 'info'],
    ['0.0026666666666666666666666666666666666667', '0.0033333333333333333333333333333333333333', 'warning'],
    ['0', '0', 'critical'],
  ])('of %s under a limit of %s is %s', (threshold, limit, severity) => {
    expect(severityOf(amountOf(threshold), amountOf(limit))).toBe(severity);
  });
});
