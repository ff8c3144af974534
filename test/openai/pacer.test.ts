// Requests of one source keep their distance, fall silent together, and never wait past their own deadline.
import { describe, expect, it } from 'vitest';
import { createPacer, type Pacer } from '../../lib/openai/pacer.ts';
import { type Instant, plusMs } from '../../lib/time/instant.ts';
import { instantOf } from '../fakes/time-of.ts';

const START = instantOf('2026-11-20T10:00:00Z');
const FAR = plusMs(START, 3_600_000);
const MINUTE_MS = 60_000;

/** Sleepers are woken in the order of their times, as timers are. */
function pacerInTime(minIntervalMs: number): {
  pacer: Pacer;
  elapsedMs: () => number;
  run: () => Promise<void>;
} {
  let now: Instant = START;
  const sleepers: { until: number; wake: () => void }[] = [];
  const sleep = (ms: number): Promise<void> =>
    new Promise((wake) => sleepers.push({ until: now + ms, wake }));
  return {
    pacer: createPacer({ now: () => now, sleep }, minIntervalMs),
    elapsedMs: () => now - START,
    async run() {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const next = sleepers.sort((a, b) => a.until - b.until).shift();
        if (next === undefined) return;
        now = Math.max(now, next.until) as Instant;
        next.wake();
      }
    },
  };
}

describe('turns', () => {
  it('are taken at once without an interval', async () => {
    const { pacer, elapsedMs } = pacerInTime(0);
    expect(await pacer.turn(FAR, MINUTE_MS)).toEqual({ go: true });
    expect(await pacer.turn(FAR, MINUTE_MS)).toEqual({ go: true });
    expect(elapsedMs()).toBe(0);
  });

  it('are an interval apart, also for callers side by side', async () => {
    const { pacer, elapsedMs, run } = pacerInTime(1_000);
    const starts: number[] = [];
    const callers = [1, 2, 3].map(async () => {
      await pacer.turn(FAR, MINUTE_MS);
      starts.push(elapsedMs());
    });
    await run();
    await Promise.all(callers);
    expect(starts).toEqual([0, 1_000, 2_000]);
  });

  it('of everybody wait for the end of a cool-down, and keep their distance after it', async () => {
    const { pacer, elapsedMs, run } = pacerInTime(1_000);
    pacer.coolDown(plusMs(START, 20_000));
    pacer.coolDown(plusMs(START, 5_000));
    const starts: number[] = [];
    const callers = [1, 2].map(async () => {
      await pacer.turn(FAR, MINUTE_MS);
      starts.push(elapsedMs());
    });
    await run();
    await Promise.all(callers);
    expect(starts).toEqual([20_000, 21_000]);
  });

  it('that are being waited for are lost to a cool-down that begins meanwhile', async () => {
    const { pacer, elapsedMs, run } = pacerInTime(1_000);
    await pacer.turn(FAR, MINUTE_MS);
    let startedAt = -1;
    const caller = pacer.turn(FAR, MINUTE_MS).then(() => {
      startedAt = elapsedMs();
    });
    pacer.coolDown(plusMs(START, 30_000));
    await run();
    await caller;
    expect(startedAt).toBe(30_000);
  });

  it.each([
    ['the deadline has come', 0, 0],
    ['the deadline comes first', 10_000, 5_000],
    ['they would begin with the deadline', 5_000, 5_000],
  ])('are refused at once where %s', async (_, quietMs, deadlineMs) => {
    const { pacer, elapsedMs } = pacerInTime(0);
    pacer.coolDown(plusMs(START, quietMs));
    expect(await pacer.turn(plusMs(START, deadlineMs), MINUTE_MS)).toEqual({
      go: false,
      because: 'deadline',
      readyAt: plusMs(START, quietMs),
    });
    expect(elapsedMs()).toBe(0);
  });

  it('are refused at once where the quiet lasts longer than anybody waits', async () => {
    const { pacer, elapsedMs } = pacerInTime(0);
    pacer.coolDown(plusMs(START, MINUTE_MS + 1));
    expect(await pacer.turn(FAR, MINUTE_MS)).toMatchObject({ go: false, because: 'cool-down' });
    expect(elapsedMs()).toBe(0);
  });

  it('that were refused hold up nobody else', async () => {
    const { pacer } = pacerInTime(1_000);
    expect(await pacer.turn(START, MINUTE_MS)).toMatchObject({ go: false });
    expect(await pacer.turn(plusMs(START, 1), MINUTE_MS)).toEqual({ go: true });
  });
});
