// The port to word of reads that took nearly all the time they had: collectors leave it, the heartbeat finds it.
import type { Instant } from '../time/instant.ts';

export interface SlowRead {
  /** The function that read: `collect-costs` or `collect-usage`. */
  readonly function: string;
  readonly at: Instant;
}

export interface SlowReadStore {
  /** The last one; `null`: there has been none. */
  lastSlowRead(organization: string): Promise<SlowRead | null>;
  /** The last writer wins. */
  rememberSlowRead(organization: string, read: SlowRead): Promise<void>;
}
