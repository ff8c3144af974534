// When a run is near its time-out, and that word of it costs nothing in runs that are not.
import { describe, expect, it } from 'vitest';
import { isSlowRead, nearTimeoutAt, rememberNearTimeout } from '../../lib/run/near-timeout.ts';
import { plusMs } from '../../lib/time/instant.ts';
import { runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const START = instantOf('2026-11-20T10:00:00Z');

describe('a run', () => {
  it('of two minutes is near its time-out after 96 seconds', () => {
    expect(nearTimeoutAt(START, plusMs(START, 120_000))).toBe(instantOf('2026-11-20T10:01:36Z'));
  });

  const NEAR = plusMs(START, 240_000);
  const problem = { code: 'openai-deadline', path: '', line: null, message: '', severity: 'error' } as const;
  it.each([
    ['that took 80 % of its time to read all', 240_000, {}, true],
    ['that took less', 239_999, {}, false],
    ['that is catching up, for which it takes what there is', 290_000, { outOfTime: true }, false],
    ['whose source did not answer, which is told on its own', 290_000, { problems: [problem] }, false],
  ])('of a collector %s', (_, tookMs, how, isTold) => {
    const report = { outOfTime: false, problems: [], ...how };
    expect(isSlowRead(report, plusMs(START, tookMs), NEAR)).toBe(isTold);
  });
});

describe('an idle check', () => {
  it.each([
    ['before any run was near its time-out', false],
    ['when one was, long ago', true],
  ])('writes nothing %s', async (_, wasNear) => {
    const world = runWorld();
    await world.apply('2026-11-20T09:00:00Z', { id: 'org' });
    await world.collect('2026-11-20T09:00:00Z');
    world.now = instantOf('2026-11-01T00:00:00Z');
    if (wasNear) await rememberNearTimeout('org', 'check-budgets', world.state);
    world.now = START;
    await world.check('2026-11-20T10:00:00Z');
    const { writes } = world.tables.ledger.requests;
    await world.check('2026-11-20T10:15:00Z');
    expect(world.tables.ledger.requests.writes).toBe(writes);
    expect(world.notices).toEqual([]);
  });
});
