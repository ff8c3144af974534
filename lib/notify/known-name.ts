// The name that belongs to an id, if an alert knows one.
import type { Alert } from '../alert/alert.ts';

/** Ids are anybody's choice, and every object has a `constructor` that nobody gave it: only own entries are looked at. */
export function knownName({ names }: Alert, id: string): string | null {
  return Object.entries(names).find(([known]) => known === id)?.[1] ?? null;
}
