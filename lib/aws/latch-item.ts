// A latch as an item: its key says which budget and period, its attributes what was said and what is being said.
import * as v from 'valibot';
import { parseAnnouncementKey } from '../alert/alert-key.ts';
import {
  type AnnouncedState,
  type Announcement,
  type Announcements,
  type Claim,
  type Latch,
  type LatchKey,
  latchId,
  OPEN_LATCH,
} from '../alert/latch.ts';
import { formatInstant, type Instant, instantOfEpochMs, parseInstant } from '../time/instant.ts';
import { expiresAtEpochS } from './expiry.ts';
import type { Item } from './item-table.ts';
import { alertForJson, storedAlert, storedReason } from './stored-alert.ts';
import {
  jsonUnzipped,
  mapOf,
  parseItem,
  storedAmount,
  storedCount,
  storedInstant,
  storedVersion,
  zippedJson,
} from './stored-values.ts';

interface WrittenLatch {
  readonly latch: Latch;
  readonly run: string;
}

const announcedState = v.enum({
  announced: 'announced',
  superseded: 'superseded',
  dead: 'dead',
  suppressed: 'suppressed',
  corrected: 'corrected',
} satisfies { [S in AnnouncedState]: S });

const announcement = v.pipe(
  v.strictTuple([
    announcedState,
    storedInstant,
    storedAmount,
    storedReason,
    v.string(),
    v.optional(v.string(), ''),
  ]),
  v.transform(
    ([state, at, spent, reason, messageId, note]): Announcement => ({
      state,
      at,
      spent,
      reason,
      messageId,
      note,
    }),
  ),
);

const announcementKey = v.pipe(
  v.string(),
  v.check((text) => parseAnnouncementKey(text) !== null, 'Expected <limit>:<threshold amount>'),
);

const claim: v.GenericSchema<unknown, Claim> = v.strictObject({
  run: v.string(),
  leaseUntil: storedInstant,
  alerts: v.array(
    v.pipe(
      v.strictObject({
        alert: storedAlert,
        open: v.optional(v.array(v.string())),
        attempts: storedCount,
        firstClaimedAt: storedInstant,
      }),
      v.transform(({ open, ...claimed }) => ({ ...claimed, open: open ?? claimed.alert.routes })),
    ),
  ),
});

const latchItemSchema = v.pipe(
  v.strictObject({
    pk: v.string(),
    sk: v.pipe(
      v.string(),
      v.rawTransform<string, LatchKey>(({ dataset, addIssue, NEVER }) => {
        const key = parseLatchId(dataset.value);
        if (key !== null) return key;
        addIssue({ message: 'Expected <period end>#<budget>#<shape>#<shard>' });
        return NEVER;
      }),
    ),
    version: storedVersion,
    run: v.string(),
    announced: jsonUnzipped(mapOf(v.string(), mapOf(announcementKey, announcement))),
    claim: v.optional(jsonUnzipped(claim)),
    expiresAt: storedCount,
  }),
  v.transform(
    ({ sk, version, run, announced, claim }): WrittenLatch => ({
      latch: { key: sk, version, announced, claim: claim ?? null },
      run,
    }),
  ),
);

export function latchItem(pk: string, latch: Latch, run: string): Item {
  return {
    pk,
    sk: latchId(latch.key),
    version: latch.version,
    run,
    announced: zippedJson(announcedForJson(latch.announced)),
    ...(latch.claim === null ? {} : { claim: zippedJson(claimForJson(latch.claim)) }),
    expiresAt: expiresAtEpochS(latch.key.periodEnd ?? lastSaidAt(latch)),
  };
}

/** Fails with `state-corrupt`: a latch taken for empty would announce everything a second time. */
export function parseLatchItem(item: Item): WrittenLatch {
  return parseItem(latchItemSchema, item, 'A latch in the Ledger table', WHAT_TO_DO);
}

const WHAT_TO_DO =
  'Restore this item from a backup. Deleting it instead makes this budget announce its whole period once more.';

function announcedForJson(announced: Announcements) {
  return Object.fromEntries(
    [...announced].map(([member, byThreshold]) => [
      member,
      Object.fromEntries(
        [...byThreshold].map(([threshold, { state, at, spent, reason, messageId, note }]) => [
          threshold,
          [state, formatInstant(at), spent, reason, messageId, ...(note === '' ? [] : [note])],
        ]),
      ),
    ]),
  );
}

function claimForJson({ run, leaseUntil, alerts }: Claim) {
  return {
    run,
    leaseUntil: formatInstant(leaseUntil),
    alerts: alerts.map(({ alert, open, attempts, firstClaimedAt }) => ({
      alert: alertForJson(alert),
      open,
      attempts,
      firstClaimedAt: formatInstant(firstClaimedAt),
    })),
  };
}

/** A latch that stays open is kept for as long after its last word as others are after their period. */
function lastSaidAt({ announced, claim }: Latch): Instant {
  const said = [...announced.values()].flatMap((byThreshold) =>
    [...byThreshold.values()].map(({ at }) => at),
  );
  const claimed = claim?.alerts.map(({ firstClaimedAt }) => firstClaimedAt) ?? [];
  return instantOfEpochMs([...said, ...claimed].reduce((last, at) => Math.max(last, at), 0));
}

function parseLatchId(text: string): LatchKey | null {
  const parts = /^([^#]+)#([^#]+)#([^#]+)#([^#]+)$/.exec(text);
  if (parts === null) return null;
  const [, end = '', budgetId = '', shape = '', shard = ''] = parts;
  if (end === OPEN_LATCH) return { periodEnd: null, budgetId, shape, shard };
  const periodEnd = parseInstant(end);
  return periodEnd === null ? null : { periodEnd, budgetId, shape, shard };
}
