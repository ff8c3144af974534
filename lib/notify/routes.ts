// The port to the routes of a deployment: who carries the messages of each.
import type { Notifier } from './notifier.ts';

export interface Routes {
  /** All there are, the default one among them; `null`: any name will do, as in a folder's outbox. */
  readonly names: readonly string[] | null;
  /** Of a route that there is. */
  notifierOf(route: string): Notifier;
}

export function knowsRoute({ names }: Routes, route: string): boolean {
  return names === null || names.includes(route);
}
