// Instants in documents: ISO 8601, or `null` for what has not happened.
import { formatInstant, type Instant } from '../time/instant.ts';

export function timeOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
