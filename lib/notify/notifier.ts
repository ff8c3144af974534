// The port to whoever carries messages to people.
import type { Message } from './message.ts';

export type Delivery =
  | { readonly outcome: 'accepted' }
  /** Surely not sent: it may be sent again at once. */
  | { readonly outcome: 'refused'; readonly why: string }
  /** The answer was lost: it may have been sent. */
  | { readonly outcome: 'unknown'; readonly why: string };

export interface Notifier {
  /**
   * Whether anybody would hear a message. Asked once, and only by a run that has something to say; false makes it claim
   * nothing, so that everything is said once somebody listens. True where it cannot be known.
   */
  hasAudience(): Promise<boolean>;
  /** One attempt. Never throws. */
  deliver(message: Message): Promise<Delivery>;
}
