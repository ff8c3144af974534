// Requests under way at once: not too many, none forgotten, and none begun after one has failed.
import { describe, expect, it } from 'vitest';
import { mapInFlight } from '../../lib/run/in-flight.ts';

describe('requests in flight', () => {
  it('are at most as many as allowed, and all are made', async () => {
    const done: number[] = [];
    let underWay = 0;
    let most = 0;
    await mapInFlight(3, [1, 2, 3, 4, 5, 6, 7], async (item) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      done.push(item);
    });
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('are waited for when one fails, and no other begins', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = mapInFlight(2, [1, 2, 3, 4], async (item) => {
      begun.push(item);
      if (item === 1) throw new Error('first');
      await new Promise(setImmediate);
      ended.push(item);
    });
    await expect(work).rejects.toThrow('first');
    expect(begun).toEqual([1, 2]);
    expect(ended).toEqual([2]);
  });

  it('give their results in the order of what was asked', async () => {
    const slow = async (ms: number) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return ms;
    };
    expect(await mapInFlight(3, [30, 1, 10, 2], slow)).toEqual([30, 1, 10, 2]);
  });

  it('are none for nothing', async () => {
    await mapInFlight(8, [], () => Promise.reject(new Error('nothing to do')));
  });
});
