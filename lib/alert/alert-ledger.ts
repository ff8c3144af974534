// The port to the ledger: what was said, once each.
import type { Instant } from '../time/instant.ts';
import type { Latch } from './latch.ts';
import type { NoticeLatch } from './notice.ts';

export interface LedgerSnapshot {
  readonly latches: readonly Latch[];
  readonly notices: readonly NoticeLatch[];
  /** Small facts that runs leave for later ones, by name. */
  readonly memos: ReadonlyMap<string, string>;
}

export interface AlertLedger {
  /** Latches of every period that ends after `endedAfter`, all of rolling budgets, all notices and memos, in one consistent Query. */
  read(organization: string, endedAfter: Instant): Promise<LedgerSnapshot>;
  /**
   * Stores `latch` if the stored version is `latch.version - 1` (absent counts as 0). `run` names the writer: a refused
   * write is read back and counts as written if it is this writer's own, whose answer was lost. False: somebody else's.
   */
  write(organization: string, latch: Latch, run: string): Promise<boolean>;
  /** As `write`. */
  writeNotice(organization: string, latch: NoticeLatch, run: string): Promise<boolean>;
  /**
   * Stores a memo unless it has this value already: of several writers one is told that it did. As with `write`, a refused
   * write that is this writer's own counts.
   */
  claimMemo(organization: string, name: string, value: string, run: string): Promise<boolean>;
  /** The last writer wins; for memos that nobody claims. */
  remember(organization: string, name: string, value: string): Promise<void>;
}
