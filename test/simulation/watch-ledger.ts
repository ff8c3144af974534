// Invariants of the ledger: what was recorded stays, and nothing is recorded as sent by two messages.
import { gunzipSync } from 'node:zlib';
import type { Item } from '../../lib/aws/item-table.ts';
import { dayNumber } from './utc-periods.ts';
import type { Program } from './virtual-time.ts';
import { alertKey, type WatchedMessages } from './watch-messages.ts';
import type { World } from './world.ts';

interface Recorded {
  readonly state: string;
  readonly reason: string;
  readonly messageId: string;
}

export interface WatchedLedger {
  wrote(sk: string, item: Item, program: Program): void;
  /** Given up after days of refusals, which operations are told. */
  isDead(key: string): boolean;
  /** When something was last given up. */
  lastDeadAt(): number | null;
}

/** The first byte of what is compressed, which it need not be while worlds are played. */
const GZIP = 0x1f;

type StoredAnnouncements = Record<string, Record<string, [string, string, string, string, string, string?]>>;

export function watchLedger(world: World, messages: WatchedMessages): WatchedLedger {
  /** Latch → `member limit:threshold` → what was recorded. */
  const latches = new Map<string, Map<string, Recorded>>();
  const dead = new Set<string>();
  let lastDeadAt: number | null = null;

  return {
    isDead: (key) => dead.has(key),
    lastDeadAt: () => lastDeadAt,
    wrote(sk, item) {
      const before = latches.get(sk) ?? new Map<string, Recorded>();
      const now = recordedIn(item);
      latches.set(sk, now);
      const isRolling = sk.startsWith('open#');
      for (const [what, { state, messageId, reason }] of now) {
        const known = before.get(what);
        if (known?.state === state && known.messageId === messageId) continue;
        const key = keyOf(sk, what);
        if (state === 'dead') {
          dead.add(key);
          lastDeadAt = world.time.now();
        }
        if (state !== 'announced' && state !== 'superseded') continue;
        if (known !== undefined && known.messageId !== '' && known.messageId !== messageId) {
          world.violate(
            'nothing is recorded twice',
            `${sk} ${what}: ${known.messageId}, then ${messageId} (${reason})`,
          );
        }
        for (const said of messages.saidOf(key)) {
          if (said.acceptance.message.messageId === messageId) said.recorded = true;
        }
      }
      if (isRolling) return;
      for (const [what, { state }] of before) {
        if (state !== 'suppressed' && !now.has(what))
          world.violate('nothing recorded is forgotten', `${sk} ${what}`);
      }
    },
  };
}

function recordedIn({ announced }: Item): Map<string, Recorded> {
  if (!(announced instanceof Uint8Array)) throw new TypeError('Announcements are stored as bytes');
  const text = announced[0] === GZIP ? gunzipSync(announced) : Buffer.from(announced);
  const stored: StoredAnnouncements = JSON.parse(text.toString('utf8'));
  return new Map(
    Object.entries(stored).flatMap(([member, said]) =>
      Object.entries(said).map(([amounts, [state, , , reason, messageId]]) => {
        return [`${member} ${amounts}`, { state, reason, messageId }] as const;
      }),
    ),
  );
}

/** Spans are told by their end: no two spans of a budget end at the same time. */
function keyOf(sk: string, what: string): string {
  const [end = '', budgetId = ''] = sk.split('#');
  const [member = '', amounts = ''] = what.split(' ');
  const [limit = '', threshold = ''] = amounts.split(':');
  if (end === 'open') return alertKey(budgetId, null, member, limit, threshold);
  return alertKey(budgetId, { from: 0, until: dayNumber(Date.parse(end)) }, member, limit, threshold);
}
