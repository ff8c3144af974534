// Notices and memos as items of the Ledger table, after the latches in the order of keys.
import * as v from 'valibot';
import type { Notice, NoticeLatch } from '../alert/notice.ts';
import type { NoticeCode } from '../alert/notice-code.ts';
import { formatInstant } from '../time/instant.ts';
import type { Item } from './item-table.ts';
import { jsonText, parseItem, storedInstant, storedVersion } from './stored-values.ts';

export const NOTICE_PREFIX = 'notice#';
export const MEMO_PREFIX = 'memo#';

const code = v.enum({
  SourceStale: 'SourceStale',
  SourceFailing: 'SourceFailing',
  AdminKeyExpiring: 'AdminKeyExpiring',
  NoConfirmedSubscriber: 'NoConfirmedSubscriber',
  SubscribersFell: 'SubscribersFell',
  DeliveryDead: 'DeliveryDead',
  DeliveryOverdue: 'DeliveryOverdue',
  BudgetRejected: 'BudgetRejected',
  UnknownRoute: 'UnknownRoute',
  CheckNotRunning: 'CheckNotRunning',
  NearTimeout: 'NearTimeout',
} satisfies { [C in NoticeCode]: C });

const notice: v.GenericSchema<unknown, Notice> = v.object({
  subject: v.string(),
  state: v.nullable(v.string()),
  code,
  title: v.string(),
  text: v.string(),
});

const noticeItemSchema = v.pipe(
  v.object({
    sk: v.string(),
    version: storedVersion,
    run: v.string(),
    said: v.optional(jsonText(v.object({ state: v.string(), code, at: storedInstant }))),
    claim: v.optional(jsonText(v.object({ run: v.string(), leaseUntil: storedInstant, notice }))),
  }),
  v.transform(({ sk, version, run, said = null, claim = null }) => {
    const latch: NoticeLatch = { subject: sk.slice(NOTICE_PREFIX.length), version, said, claim };
    return { latch, run };
  }),
);

export function noticeItem(pk: string, { subject, version, said, claim }: NoticeLatch, run: string): Item {
  return {
    pk,
    sk: `${NOTICE_PREFIX}${subject}`,
    version,
    run,
    ...(said === null ? {} : { said: JSON.stringify({ ...said, at: formatInstant(said.at) }) }),
    ...(claim === null
      ? {}
      : { claim: JSON.stringify({ ...claim, leaseUntil: formatInstant(claim.leaseUntil) }) }),
  };
}

/** Fails with `state-corrupt`. */
export function parseNoticeItem(item: Item): { readonly latch: NoticeLatch; readonly run: string } {
  return parseItem(
    noticeItemSchema,
    item,
    'A notice in the Ledger table',
    'Delete the item: operations are then told once more.',
  );
}

export function memoItem(pk: string, name: string, value: string): Item {
  return { pk, sk: `${MEMO_PREFIX}${name}`, value };
}

/** A memo that cannot be read is forgotten: runs leave it again. */
export function readMemo({ sk, value }: Item): [name: string, value: string][] {
  return typeof value === 'string' ? [[sk.slice(MEMO_PREFIX.length), value]] : [];
}
