// The ledger in DynamoDB: one latch for each budget and period, every write conditional on the version before it.
import type { AlertLedger } from '../alert/alert-ledger.ts';
import type { Instant } from '../time/instant.ts';
import type { ItemTable, SortKeyRange } from './item-table.ts';
import { keyPart } from './key-part.ts';
import { latchItem, parseLatchItem } from './latch-item.ts';

/**
 * Latches sort by the end of their period, so one Query finds every open and settling one. What has expired needs no
 * filter: it ended more than a year before any `endedAfter` that a run asks for.
 */
export function createDynamoDbAlertLedger(table: ItemTable): AlertLedger {
  return {
    async latches(organization, endedAfter) {
      const items = await table.query(keyPart(organization), latchesFrom(endedAfter), { consistent: true });
      return items.map((item) => parseLatchItem(item).latch).filter(({ key }) => key.periodEnd > endedAfter);
    },

    async write(organization, latch, run) {
      const item = latchItem(keyPart(organization), latch, run);
      const condition = latch.version === 1 ? 'absent' : { version: latch.version - 1 };
      if ((await table.put(item, condition)) === 'written') return true;
      const stored = await table.get(item.pk, item.sk, { consistent: true });
      if (stored === null) return false;
      const written = parseLatchItem(stored);
      return written.run === run && written.latch.version === latch.version;
    },
  };
}

/**
 * With milliseconds, as `toISOString` has them, the text sorts before that of the same instant without. `:` is the
 * character after the digits: items that are not about an ended period are not read.
 */
function latchesFrom(endedAfter: Instant): SortKeyRange {
  return { from: new Date(endedAfter).toISOString(), to: ':' };
}
