// Lengths of time and points in time as people write them on a command line: `3d`, `2026-11-23`, `2026-11-23T09:00Z`.
import { DAY_MS, HOUR_MS, type Instant, parseInstant, plusMs } from './instant.ts';
import { parseUtcDay } from './utc-day.ts';

const DURATION = /^([1-9]\d{0,4})([hdw])$/;

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['h', HOUR_MS],
  ['d', DAY_MS],
  ['w', 7 * DAY_MS],
]);

/** Milliseconds of `2h`, `3d` or `1w`. `null` for anything else: `30m` among it, which may be minutes or months. */
export function parseDuration(text: string): number | null {
  const [, count = '', unit = ''] = DURATION.exec(text) ?? [];
  const unitMs = UNIT_MS.get(unit);
  return unitMs === undefined ? null : Number(count) * unitMs;
}

/** An instant, a day (its UTC midnight), or a duration from `tick` on; `null`: none of these. */
export function parseInstantAhead(text: string, tick: Instant): Instant | null {
  const duration = parseDuration(text);
  return duration === null ? parseCalendarInstant(text) : plusMs(tick, duration);
}

/** An instant, a day (its UTC midnight), or how long before `tick`; `null`: none of these. */
export function parseInstantBefore(text: string, tick: Instant): Instant | null {
  const duration = parseDuration(text);
  return duration === null ? parseCalendarInstant(text) : plusMs(tick, -duration);
}

/** 30 February is refused here and not taken for 2 March: it is a slip that nobody would notice. */
function parseCalendarInstant(text: string): Instant | null {
  return parseUtcDay(text.slice(0, 10)) === null ? null : parseInstant(text);
}
