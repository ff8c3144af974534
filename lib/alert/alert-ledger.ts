// The port to the ledger: what was said, once each.
import type { Instant } from '../time/instant.ts';
import type { Latch } from './latch.ts';

export interface AlertLedger {
  /** Latches of every period that ends after `endedAfter`; read consistently. */
  latches(organization: string, endedAfter: Instant): Promise<readonly Latch[]>;
  /**
   * Stores `latch` if the stored version is `latch.version - 1` (absent counts as 0). `run` names the writer: a refused
   * write is read back and counts as written if it is this writer's own, whose answer was lost. False: somebody else's.
   */
  write(organization: string, latch: Latch, run: string): Promise<boolean>;
}
