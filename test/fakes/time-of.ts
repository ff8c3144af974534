// Instants and days in tests, written as people write them.
import { type Instant, parseInstant } from '../../lib/time/instant.ts';
import { parseUtcDay, type UtcDay } from '../../lib/time/utc-day.ts';

export function instantOf(iso: string): Instant {
  const instant = parseInstant(iso);
  if (instant === null) throw new Error(`${iso} is not an instant`);
  return instant;
}

export function dayOf(text: string): UtcDay {
  const day = parseUtcDay(text);
  if (day === null) throw new Error(`${text} is not a day`);
  return day;
}
