// Which days a collect asks for, as a table of situations.
import { describe, expect, it } from 'vitest';
import { planReads } from '../../lib/spend/read-plan.ts';
import { withRead } from '../../lib/spend/read-segments.ts';
import { NO_ROOT, type Root } from '../../lib/spend/root.ts';
import { DEFAULT_SETTINGS } from '../../lib/spend/settings.ts';
import { daysFrom, type UtcDay } from '../../lib/time/utc-day.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');

const rootWith = (from: string, until: string, readAt: string): Root => {
  const version = { run: 'r', parts: 1, hash: 'h', changedAt: instantOf(readAt), projects: null };
  return {
    ...NO_ROOT,
    days: new Map(daysFrom(dayOf(from), dayOf(until)).map((day) => [day, version])),
    reads: withRead([], { from: dayOf(from), until: dayOf(until) }, instantOf(readAt)),
  };
};
const days = (from: string, until: string) => new Set<UtcDay>(daysFrom(dayOf(from), dayOf(until)));
const plan = (needed: ReadonlySet<UtcDay>, root: Root, maxDays = 180, settings = DEFAULT_SETTINGS) => {
  const { ranges, revision } = planReads(needed, root, TICK, maxDays, settings);
  return { ranges: ranges.map(({ from, until }) => `${from}/${until}`), revision };
};

describe('a collect reads', () => {
  it('a whole month and the trailing days in one request at first', () => {
    expect(plan(days('2026-11-01', '2026-11-21'), NO_ROOT)).toEqual({
      ranges: ['2026-11-01/2026-11-21'],
      revision: false,
    });
  });

  it('today and three ended days when nothing is missing', () => {
    const root = rootWith('2026-11-01', '2026-11-21', '2026-11-20T09:00:00Z');
    expect(plan(days('2026-11-01', '2026-11-21'), root).ranges).toEqual(['2026-11-17/2026-11-21']);
  });

  it('the trailing days for a daily budget, too', () => {
    expect(plan(days('2026-11-20', '2026-11-21'), NO_ROOT).ranges).toEqual(['2026-11-17/2026-11-21']);
  });

  it('a missing day beside the trailing days', () => {
    const root = rootWith('2026-11-02', '2026-11-21', '2026-11-20T09:00:00Z');
    expect(plan(days('2026-11-01', '2026-11-21'), root).ranges).toEqual([
      '2026-11-17/2026-11-21',
      '2026-11-01/2026-11-02',
    ]);
  });

  it('the present first, then the past from its oldest day, in requests that OpenAI accepts', () => {
    expect(plan(days('2026-01-01', '2026-11-21'), NO_ROOT, 180).ranges).toEqual([
      '2026-06-30/2026-11-21',
      '2026-01-01/2026-06-30',
    ]);
    expect(plan(days('2026-09-01', '2026-11-21'), NO_ROOT, 31).ranges).toEqual([
      '2026-11-02/2026-11-21',
      '2026-09-01/2026-10-02',
      '2026-10-02/2026-11-02',
    ]);
  });

  it('once more what has changed three days ago, and what it found then was not looked at since', () => {
    const changed = (changedAt: string, readAt: string) => {
      const root = rootWith('2026-11-01', '2026-11-21', '2026-11-20T09:00:00Z');
      const [from, until] = [dayOf('2026-11-05'), dayOf('2026-11-06')];
      const version = { run: 'r', parts: 1, hash: 'h', changedAt: instantOf(changedAt), projects: null };
      return {
        ...root,
        days: new Map([...root.days, [from, version]]),
        reads: [
          ...withRead([], { from: dayOf('2026-11-01'), until: from }, instantOf('2026-11-20T09:00:00Z')),
          { from, until, at: instantOf(readAt) },
          { from: until, until: dayOf('2026-11-21'), at: instantOf('2026-11-20T09:00:00Z') },
        ],
      };
    };
    const needed = days('2026-11-01', '2026-11-21');
    const again = ['2026-11-17/2026-11-21', '2026-11-05/2026-11-06'];
    const trailing = ['2026-11-17/2026-11-21'];
    expect(plan(needed, changed('2026-11-17T10:00:00Z', '2026-11-18T10:00:00Z')).ranges).toEqual(again);
    expect(plan(needed, changed('2026-11-17T10:00:01Z', '2026-11-18T10:00:00Z')).ranges).toEqual(trailing);
    expect(plan(needed, changed('2026-11-15T10:00:00Z', '2026-11-18T10:00:00Z')).ranges).toEqual(trailing);
  });

  it('35 days again once a week', () => {
    const root = rootWith('2026-10-01', '2026-11-21', '2026-11-13T10:00:00Z');
    expect(plan(days('2026-11-01', '2026-11-21'), root)).toEqual({
      ranges: ['2026-10-16/2026-11-21'],
      revision: true,
    });
    const younger = rootWith('2026-10-01', '2026-11-21', '2026-11-13T10:00:01Z');
    expect(plan(days('2026-11-01', '2026-11-21'), younger).revision).toBe(false);
  });

  it('as far back as the settings say', () => {
    const root = rootWith('2026-10-01', '2026-11-21', '2026-11-13T10:00:00Z');
    const settings = { ...DEFAULT_SETTINGS, trailingDays: 1, revisionDays: 7 };
    expect(plan(days('2026-11-01', '2026-11-21'), root, 180, settings).ranges).toEqual([
      '2026-11-13/2026-11-21',
    ]);
    expect(plan(days('2026-11-20', '2026-11-21'), NO_ROOT, 180, settings).ranges).toEqual([
      '2026-11-19/2026-11-21',
    ]);
  });

  it('nothing of the longer past that no budget ever asked for', () => {
    const root = rootWith('2026-11-10', '2026-11-21', '2026-11-01T10:00:00Z');
    expect(plan(days('2026-11-20', '2026-11-21'), root).ranges).toEqual(['2026-11-10/2026-11-21']);
  });
});
