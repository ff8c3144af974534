// The port to whoever carries messages to people.
import type { Message } from './message.ts';

export type Delivery =
  | { readonly outcome: 'accepted' }
  /** Surely not sent: it may be sent again at once. */
  | { readonly outcome: 'refused'; readonly why: string }
  /** The answer was lost: it may have been sent. */
  | { readonly outcome: 'unknown'; readonly why: string };

/** Who would hear a message. */
export interface Audience {
  readonly confirmed: number;
  /** Asked, and have not confirmed yet: they hear nothing. */
  readonly pending: number;
}

export interface Notifier {
  /**
   * Asked once, and only by a run that has something to say: while nobody listens it claims nothing, so that everything
   * is said once somebody does. `null` where it cannot be known.
   */
  audience(): Promise<Audience | null>;
  /** One attempt. Never throws. */
  deliver(message: Message): Promise<Delivery>;
}

/** In doubt yes: somebody else's topic may be published to without being looked at. */
export function isHeard(audience: Audience | null): boolean {
  return audience === null || audience.confirmed > 0;
}
