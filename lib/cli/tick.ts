// The tick of a run that people start: now, or the instant they name.
import { InvalidArgumentError } from 'commander';
import { type Instant, instantOfEpochMs, parseInstant, SECOND_MS } from '../time/instant.ts';

/** Whole seconds: people read it in messages, and nothing depends on less. */
export function currentTick(): Instant {
  return instantOfEpochMs(Math.floor(Date.now() / SECOND_MS) * SECOND_MS);
}

export function tickArgument(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw new InvalidArgumentError('Write it like 2026-11-20T10:00:00Z.');
  return instant;
}
