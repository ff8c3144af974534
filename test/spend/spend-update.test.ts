// What a read does to a dataset: a decision table over one day's past and present.
import { describe, expect, it } from 'vitest';
import type { DayTable } from '../../lib/spend/day-table.ts';
import { dayTableText, hashOfText } from '../../lib/spend/day-table-text.ts';
import { NO_ROOT, type Root } from '../../lib/spend/root.ts';
import { updateFromFailure, updateFromRead } from '../../lib/spend/spend-update.ts';
import { SourceError, type SourceErrorCode } from '../../lib/spend/usage-source.ts';
import { plusDays } from '../../lib/time/utc-day.ts';
import { costDay } from '../fakes/day-of-rows.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const DAY = dayOf('2026-11-18');
const TICK = instantOf('2026-11-20T10:00:00Z');
const EARLIER = instantOf('2026-11-20T09:00:00Z');
const FULL = costDay([['proj_a', 'gpt-5, input', '10']]);
const OTHER = costDay([['proj_a', 'gpt-5, input', '9']]);
const EMPTY = costDay([]);

const rootHolding = (table: DayTable | null, doubtedAt: typeof TICK | null = null): Root => ({
  ...NO_ROOT,
  version: 3,
  days:
    table === null
      ? new Map()
      : new Map([
          [
            DAY,
            {
              run: 'old',
              parts: 1,
              hash: hashOfText(dayTableText(table)),
              changedAt: EARLIER,
              projects: null,
            },
          ],
        ]),
  doubted: doubtedAt === null ? new Map() : new Map([[DAY, doubtedAt]]),
});
const read = (root: Root, table: DayTable | null) =>
  updateFromRead(root, table === null ? new Map() : new Map([[DAY, table]]), TICK, 'run', false);

describe('a day that was read', () => {
  it.each([
    ['is stored when it is new', null, null, FULL, true, false],
    ['is stored when it is new and empty: known to be nothing', null, null, EMPTY, true, false],
    ['is left alone when it is the same', FULL, null, FULL, false, false],
    ['is replaced when it rose or fell', FULL, null, OTHER, true, false],
    ['is doubted, not emptied, when it had rows and answers nothing', FULL, null, EMPTY, false, true],
    ['is emptied when a later run agrees', FULL, EARLIER, EMPTY, true, false],
    ['stays doubted when the same tick runs twice', FULL, TICK, EMPTY, false, true],
    ['loses its doubt when the rows are back', FULL, EARLIER, FULL, false, false],
    ['loses its doubt when other rows arrive', FULL, EARLIER, OTHER, true, false],
    ['is left alone when it was and is empty', EMPTY, null, EMPTY, false, false],
  ])('%s', (_, before, doubtedAt, now, changed, doubted) => {
    const update = read(rootHolding(before, doubtedAt), now);
    expect(update.changed.has(DAY)).toBe(changed);
    expect(update.doubted.has(DAY)).toBe(doubted);
  });

  it('keeps the time of the first doubt', () => {
    expect(read(rootHolding(FULL, TICK), EMPTY).doubted.get(DAY)).toBe(TICK);
  });

  it('remembers when it was read; a day without an answer was not', () => {
    expect(read(rootHolding(FULL), FULL).reads).toEqual([
      { from: DAY, until: dayOf('2026-11-19'), at: TICK },
    ]);
    expect(read(rootHolding(FULL), null).reads).toEqual([]);
  });
});

const failure = (code: SourceErrorCode) => new SourceError(code, 'do this');

describe('a source', () => {
  it('counts its failures from the first one and keeps its days', () => {
    const once = updateFromFailure(rootHolding(FULL), failure('openai-unavailable'), EARLIER, 'run');
    expect(once.source.failing).toEqual({
      since: EARLIER,
      code: 'openai-unavailable',
      failures: 1,
      hint: 'do this',
    });
    const again = updateFromFailure(
      { ...rootHolding(FULL), source: once.source },
      failure('openai-key-rejected'),
      TICK,
      'run',
    );
    expect(again.source.failing).toEqual({
      since: EARLIER,
      code: 'openai-key-rejected',
      failures: 2,
      hint: 'do this',
    });
    expect([again.changed.size, again.forgotten.length]).toEqual([0, 0]);
  });

  it('recovers with the next read, and an old tick does not turn its clock back', () => {
    const later = instantOf('2026-11-21T10:00:00Z');
    const failing = { lastSuccessAt: later, failing: { since: EARLIER, code: 'x', failures: 2, hint: '' } };
    const update = read({ ...rootHolding(FULL), source: failing }, FULL);
    expect(update.source).toEqual({ lastSuccessAt: later, failing: null });
  });
});

describe('days that nothing can ask for any more', () => {
  it('are forgotten after 430 days', () => {
    const version = { run: 'old', parts: 1, hash: 'h', changedAt: EARLIER, projects: null };
    // 2026-11-20 minus 430 days is 2025-09-16.
    const root = {
      ...NO_ROOT,
      days: new Map([
        [dayOf('2025-09-15'), version],
        [dayOf('2025-09-16'), version],
      ]),
    };
    expect(read(root, FULL).forgotten).toEqual(['2025-09-15']);
  });

  it('are forgotten earlier where spend is kept for fewer days, and what was read of them with them', () => {
    const version = { run: 'old', parts: 1, hash: 'h', changedAt: EARLIER, projects: null };
    // 2026-11-20 minus 400 days is 2025-10-16.
    const days = ['2025-10-15', '2025-10-16'].map(dayOf);
    const root = {
      ...NO_ROOT,
      days: new Map(days.map((day) => [day, version])),
      reads: days.map((day) => ({ from: day, until: plusDays(day, 1), at: EARLIER })),
    };
    const update = updateFromRead(root, new Map(), TICK, 'run', false, null, 400);
    expect(update.forgotten).toEqual(['2025-10-15']);
    expect(update.reads.map(({ from }) => from)).toEqual(['2025-10-16']);
  });
});

describe('a day that is read for other projects', () => {
  const readFor = (before: readonly string[] | null, now: readonly string[] | null) => {
    const version = { run: 'old', parts: 1, hash: hashOfText(dayTableText(FULL)), changedAt: EARLIER };
    const root = { ...NO_ROOT, version: 1, days: new Map([[DAY, { ...version, projects: before }]]) };
    const changed = updateFromRead(root, new Map([[DAY, FULL]]), TICK, 'run', false, now).changed.get(DAY);
    return changed === undefined ? null : [changed.projects, changed.changedAt];
  };

  it.each([
    [['a'], null, [null, EARLIER]],
    [['a'], ['a', 'b'], [['a', 'b'], EARLIER]],
    [['a', 'b'], ['a'], null],
    [null, ['a'], null],
    [['a'], ['a'], null],
  ])('for %j and now with the same rows for %j: %j', (before, now, expected) => {
    expect(readFor(before, now)).toEqual(expected);
  });
});
