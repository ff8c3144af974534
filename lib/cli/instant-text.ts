// Times for people: to the minute, always with their zone, and how long it is until then.
import { DAY_MS, formatInstant, HOUR_MS, type Instant, MINUTE_MS } from '../time/instant.ts';

/** `2026-11-20 10:00 UTC` */
export function instantText(instant: Instant): string {
  return `${formatInstant(instant).slice(0, 16).replace('T', ' ')} UTC`;
}

/** `3 days`, `26 hours`, `1 minute`: whole units, cut unless told otherwise, the largest of which there are two. */
export function spanText(ms: number, whole: (count: number) => number = Math.floor): string {
  if (ms >= 2 * DAY_MS) return counted(whole(ms / DAY_MS), 'day');
  if (ms >= 2 * HOUR_MS) return counted(whole(ms / HOUR_MS), 'hour');
  return counted(whole(ms / MINUTE_MS), 'minute');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
