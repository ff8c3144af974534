// A point in time: milliseconds since 1970-01-01T00:00Z, and its texts.

declare const instantBrand: unique symbol;

/** Milliseconds since the epoch, UTC. Time enters the domain only as one of these, never from a clock. */
export type Instant = number & { readonly [instantBrand]: true };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

export function instantOfEpochMs(epochMs: number): Instant {
  return epochMs as Instant;
}

/** OpenAI's `start_time` and `end_time` are seconds. */
export function instantOfEpochS(epochS: number): Instant {
  return (epochS * SECOND_MS) as Instant;
}

export function epochSOf(instant: Instant): number {
  return Math.floor(instant / SECOND_MS);
}

/** An ISO 8601 date (its UTC midnight) or a date-time with a zone; anything else, a local time among it, is `null`. */
export function parseInstant(text: string): Instant | null {
  if (!ISO.test(text)) return null;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? null : (epochMs as Instant);
}

/** `2026-11-20T10:00:00Z`; milliseconds only where there are some. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

export function plusMs(instant: Instant, ms: number): Instant {
  return (instant + ms) as Instant;
}
