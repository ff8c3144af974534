// Time zones: which date an instant has in one, and when a date begins there.
import type { CalendarDate } from './calendar-date.ts';
import { HOUR_MS, type Instant, instantOfEpochMs, plusMs } from './instant.ts';
import { plusDays, startOfDay, utcDayOf } from './utc-day.ts';

export const UTC = 'UTC';

const FORMATTERS = new Map<string, Intl.DateTimeFormat>();
const STARTS = new Map<string, Instant>();
const MAX_STARTS = 10_000;

/** No zone has ever been further from UTC than this. */
const MAX_OFFSET_MS = 26 * HOUR_MS;

/** The date of the period of a day that holds `instant`: its start is not after it, and the next one's is. */
export function dateIn(zone: string, instant: Instant): CalendarDate {
  if (zone === UTC) return utcDayOf(instant);
  const date = utcDayOf(localTime(zone, instant));
  // Where clocks go back across midnight an hour has yesterday's date after today has begun; it counts as today.
  return instant < startOfDateIn(zone, plusDays(date, 1)) ? date : plusDays(date, 1);
}

/** Midnight by the zone's clocks, the first where there are two; where there is none, the first instant after it. */
export function startOfDateIn(zone: string, date: CalendarDate): Instant {
  if (zone === UTC) return startOfDay(date);
  const key = `${zone} ${date}`;
  const known = STARTS.get(key);
  if (known !== undefined) return known;
  const start = midnightIn(zone, date) ?? firstInstantIn(zone, date);
  if (STARTS.size >= MAX_STARTS) STARTS.clear();
  STARTS.set(key, start);
  return start;
}

function midnightIn(zone: string, date: CalendarDate): Instant | null {
  const local = startOfDay(date);
  const midnights = [-MAX_OFFSET_MS, MAX_OFFSET_MS]
    .map((distance) => plusMs(local, distance))
    .map((near) => plusMs(local, near - localTime(zone, near)))
    .filter((instant) => localTime(zone, instant) === local);
  return midnights.length === 0 ? null : instantOfEpochMs(Math.min(...midnights));
}

/** Clocks were put forward across midnight, or a whole date was left out. */
function firstInstantIn(zone: string, date: CalendarDate): Instant {
  const local = startOfDay(date);
  let before = plusMs(local, -MAX_OFFSET_MS);
  let after = plusMs(local, MAX_OFFSET_MS);
  while (after - before > 1) {
    const middle = instantOfEpochMs(Math.floor((before + after) / 2));
    if (localTime(zone, middle) < local) before = middle;
    else after = middle;
  }
  return after;
}

/** What the zone's clocks show, to the second, written as if it were UTC. */
function localTime(zone: string, instant: Instant): Instant {
  const fields = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const field = (name: Intl.DateTimeFormatPartTypes): number => Number(fields.get(name));
  const day = Date.UTC(field('year'), field('month') - 1, field('day'));
  const seconds = (field('hour') * 60 + field('minute')) * 60 + field('second');
  return instantOfEpochMs(day + seconds * 1_000);
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATTERS.get(zone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  FORMATTERS.set(zone, formatter);
  return formatter;
}

export type ReadZone =
  | { readonly ok: true; readonly zone: string }
  /** `known`: how the name is spelt, if only its letters' case is wrong. */
  | { readonly ok: false; readonly known: string | null };

/**
 * An IANA name: `Area/City`, or one of UTC's own. Abbreviations are refused, since they mean different zones to
 * different people (BST is London's summer, and Dhaka to the zone database of some).
 */
export function readZone(name: string): ReadZone {
  // Most budgets' own, and the first formatter costs a cold start 36 ms and 9 MB.
  if (name === UTC) return { ok: true, zone: UTC };
  const resolved = resolvedName(name);
  if (resolved === UTC) return { ok: true, zone: UTC };
  if (resolved === null || !name.includes('/')) return { ok: false, known: null };
  const sameLetters = resolved.toLowerCase() === name.toLowerCase();
  const spelt = sameLetters ? name === resolved : /^[A-Z]/.test(name);
  return spelt ? { ok: true, zone: name } : { ok: false, known: resolved };
}

function resolvedName(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
