// When the admin key stops working: after that nothing of OpenAI can be read.
import type { Instant } from '../time/instant.ts';

export interface KeyExpiry {
  /** What its owner called it, cleaned for showing; `null` if nothing of that can be seen. Never the key itself. */
  readonly name: string | null;
  /** The first moment at which the key is refused. */
  readonly expiresAt: Instant;
}
