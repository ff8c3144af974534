// What people may write for a length of time or a point in it, and what is refused rather than guessed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration, parseInstantAhead, parseInstantBefore } from '../../lib/time/duration.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../lib/time/instant.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const textOf = (instant: ReturnType<typeof parseInstantAhead>) => instant && formatInstant(instant);

describe('a duration', () => {
  it.each([
    ['1h', HOUR_MS],
    ['2h', 2 * HOUR_MS],
    ['48h', 2 * DAY_MS],
    ['3d', 3 * DAY_MS],
    ['1w', 7 * DAY_MS],
    ['99999w', 99_999 * 7 * DAY_MS],
  ])('%s is a length of time', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', 'h', '3', '0h', '00d', '-1d', '+1d', '1.5d', '1 d', ' 1d', '1d ', '1D', '1d12h', '100000d'])(
    '"%s" is none',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  it.each(['30m', '1y', '1s', '1month', 'constructor'])('"%s" has a unit that is not one', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('a point in time', () => {
  it.each([
    ['2026-11-23T09:00:00Z', '2026-11-23T09:00:00Z'],
    ['2026-11-23T09:00Z', '2026-11-23T09:00:00Z'],
    ['2026-11-23T09:00:00+02:00', '2026-11-23T07:00:00Z'],
    ['2026-11-23', '2026-11-23T00:00:00Z'],
    ['2028-02-29', '2028-02-29T00:00:00Z'],
    ['2020-01-01', '2020-01-01T00:00:00Z'],
  ])('%s is an instant, whatever the tick', (text, expected) => {
    expect(textOf(parseInstantAhead(text, TICK))).toBe(expected);
    expect(textOf(parseInstantBefore(text, TICK))).toBe(expected);
  });

  it.each([
    ['2h', '2026-11-20T12:00:00Z', '2026-11-20T08:00:00Z'],
    ['3d', '2026-11-23T10:00:00Z', '2026-11-17T10:00:00Z'],
    ['1w', '2026-11-27T10:00:00Z', '2026-11-13T10:00:00Z'],
  ])('%s counts from the tick, ahead or back', (text, ahead, before) => {
    expect(textOf(parseInstantAhead(text, TICK))).toBe(ahead);
    expect(textOf(parseInstantBefore(text, TICK))).toBe(before);
  });

  it.each([
    ['a local time', '2026-11-23T09:00:00'],
    ['a day that the calendar lacks', '2026-02-30'],
    ['a time on a day that the calendar lacks', '2026-02-30T09:00:00Z'],
    ['an hour that the day lacks', '2026-11-23T25:00:00Z'],
    ['a date that is written another way', '23.11.2026'],
    ['a word', 'tomorrow'],
    ['a number', '1795168800'],
    ['nothing', ''],
  ])('%s is none: %s', (_, text) => {
    expect(parseInstantAhead(text, TICK)).toBeNull();
    expect(parseInstantBefore(text, TICK)).toBeNull();
  });

  it('is never thrown at, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const instant = parseInstantAhead(text, TICK);
        expect(instant === null || Number.isFinite(instant)).toBe(true);
      }),
    );
  });
});
