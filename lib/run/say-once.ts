// Says what is no alert once for a day, however often its run is repeated, or runs at the same time as another.
import type { AlertLedger } from '../alert/alert-ledger.ts';
import type { Delivery } from '../notify/notifier.ts';
import type { UtcDay } from '../time/utc-day.ts';

export interface Once {
  readonly organization: string;
  /** The name of the memo that holds the last day for which it was said. */
  readonly memo: string;
  readonly day: UtcDay;
  readonly run: string;
}

/** Sorts before every day. */
const NEVER = '-';

/**
 * `null`: it was said for this day or a later one, or another run is saying it. The memo is written before the message
 * goes out, so what is lost if the run ends between the two is the message: a lease would need a second write, whose
 * failure would say it again, and that is forgiven less than one that is missed. An answer that is unknown counts as said
 * for the same reason. What was refused has reached nobody, and is left to the repetition.
 */
export async function sayOnce(
  { organization, memo, day, run }: Once,
  memos: ReadonlyMap<string, string>,
  ledger: AlertLedger,
  say: () => Promise<Delivery>,
): Promise<Delivery['outcome'] | null> {
  const before = memos.get(memo) ?? NEVER;
  if (before >= day || !(await ledger.claimMemo(organization, memo, day, run))) return null;
  const { outcome } = await say();
  if (outcome === 'refused') await ledger.claimMemo(organization, memo, before, run);
  return outcome;
}
