// The ledger in DynamoDB: one latch for each budget and period, every write conditional on the version before it.
import type { AlertLedger } from '../alert/alert-ledger.ts';
import type { Instant } from '../time/instant.ts';
import type { Item, ItemTable, SortKeyRange, WriteCondition } from './item-table.ts';
import { keyPart } from './key-part.ts';
import { latchItem, parseLatchItem } from './latch-item.ts';
import {
  MEMO_PREFIX,
  memoItem,
  NOTICE_PREFIX,
  noticeItem,
  parseNoticeItem,
  readMemo,
} from './notice-item.ts';

const LATCH = /^(?:\d|open#)/;

/**
 * Latches sort by the end of their period, so one Query finds every open and settling one, and behind them those of
 * rolling budgets and what is about no period. What has expired needs no filter: it ended more than a year before any `endedAfter` that a run asks for.
 */
export function createDynamoDbAlertLedger(table: ItemTable): AlertLedger {
  return {
    async read(organization, endedAfter) {
      const items = await table.query(keyPart(organization), itemsFrom(endedAfter), { consistent: true });
      const withPrefix = (prefix: string) => items.filter(({ sk }) => sk.startsWith(prefix));
      return {
        latches: items
          .filter(({ sk }) => LATCH.test(sk))
          .map((item) => parseLatchItem(item).latch)
          .filter(({ key }) => key.periodEnd === null || key.periodEnd > endedAfter),
        notices: withPrefix(NOTICE_PREFIX).map((item) => parseNoticeItem(item).latch),
        memos: new Map(withPrefix(MEMO_PREFIX).flatMap(readMemo)),
      };
    },

    write(organization, latch, run) {
      const item = latchItem(keyPart(organization), latch, run);
      return putOwn(table, item, ifNext(latch.version), (stored) => {
        const { latch: written, run: writer } = parseLatchItem(stored);
        return writer === run && written.version === latch.version;
      });
    },

    writeNotice(organization, latch, run) {
      const item = noticeItem(keyPart(organization), latch, run);
      return putOwn(table, item, ifNext(latch.version), (stored) => {
        const { latch: written, run: writer } = parseNoticeItem(stored);
        return writer === run && written.version === latch.version;
      });
    },

    async claimMemo(organization, name, value, run) {
      const memo = memoItem(keyPart(organization), name, value);
      const stored = await table.get(memo.pk, memo.sk, { consistent: true });
      if (stored?.value === value) return stored.run === run;
      const version = typeof stored?.version === 'number' ? stored.version + 1 : 1;
      // A memo that was only remembered so far has no version: its first claim cannot be guarded.
      const condition = stored !== null && version === 1 ? 'none' : ifNext(version);
      return putOwn(
        table,
        { ...memo, version, run },
        condition,
        (written) => written.value === value && written.run === run,
      );
    },

    async remember(organization, name, value) {
      await table.put(memoItem(keyPart(organization), name, value), 'none');
    },
  };
}

function ifNext(version: number): WriteCondition {
  return version === 1 ? 'absent' : { version: version - 1 };
}

/** A refused write is read back before it is believed: its answer may have been lost, and not the write. */
async function putOwn(
  table: ItemTable,
  item: Item,
  condition: WriteCondition,
  isOwn: (stored: Item) => boolean,
): Promise<boolean> {
  if ((await table.put(item, condition)) === 'written') return true;
  const stored = await table.get(item.pk, item.sk, { consistent: true });
  return stored !== null && isOwn(stored);
}

/** With milliseconds, as `toISOString` has them, the text sorts before that of the same instant without. */
function itemsFrom(endedAfter: Instant): SortKeyRange {
  return { from: new Date(endedAfter).toISOString(), to: '~' };
}
