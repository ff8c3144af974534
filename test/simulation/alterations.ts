// What mutants change at the ports of a run; those that change a line of a module instead are not here.
import type { AlertLedger } from '../../lib/alert/alert-ledger.ts';
import { withOutcomes } from '../../lib/alert/claim-alerts.ts';
import type { Latch } from '../../lib/alert/latch.ts';
import type { Item, ItemTable } from '../../lib/aws/item-table.ts';
import { partKeysOfRoot } from '../../lib/aws/spend-keys.ts';
import { parseRootItem } from '../../lib/aws/spend-root-item.ts';
import type { BudgetStore } from '../../lib/budget/budget-store.ts';
import type { Notifier } from '../../lib/notify/notifier.ts';
import type { SpendStore } from '../../lib/spend/spend-store.ts';
import { plusMs } from '../../lib/time/instant.ts';
import { instant } from './as-declared.ts';
import type { MutantName } from './mutants.ts';
import type { Alterations } from './runs.ts';

export const ALTERATIONS: Readonly<Partial<Record<MutantName, Alterations>>> = {
  'no lease': { leasesAreVoid: true },
  'no version condition': { table: unconditional },
  'mark before send': { ledger: markingFirst },
  'closed period forgotten': { budgets: forgetful },
  'root swapped first': { table: rootFirst },
  'parts named by content hash': { spend: namedByContent },
  'orphans removed before the swap': { table: sweepingFirst },
  'days replaced in place': { spend: inPlace, table: withoutDeletes },
  'a refused write believed': { table: believing },
  'Publish retried by the SDK': { channel: retrying },
  'a claim while nobody is subscribed': { channel: deaf },
};

function unconditional(table: ItemTable): ItemTable {
  return { ...table, put: (item) => table.put(item, 'none') };
}

/** The claim is written as if everything had been sent already; the record has then nothing left to write. */
function markingFirst(ledger: AlertLedger): AlertLedger {
  return {
    ...ledger,
    async write(organization, latch, run) {
      if (latch.claim === null || latch.claim.run !== run) return true;
      const outcomes = new Map(
        latch.claim.alerts.map(({ alert, open }) => {
          const accepted = { outcome: 'accepted' as const, messageId: run };
          return [alert.id, new Map(open.map((route) => [route, accepted]))] as const;
        }),
      );
      const sent: Latch = withOutcomes(latch, outcomes, instant(0), instant(0)).latch;
      return ledger.write(organization, { ...sent, version: latch.version }, run);
    },
  };
}

/** No period that has ended counts for a budget that is decided only later. */
function forgetful(store: BudgetStore): BudgetStore {
  const never = plusMs(instant(0), 1e14);
  return {
    ...store,
    async active(organization) {
      const stored = await store.active(organization);
      return { ...stored, budgets: stored.budgets.map((budget) => ({ ...budget, decidedAt: never })) };
    },
  };
}

/** Parts wait until the root that names them is there. */
function rootFirst(table: ItemTable, name: string): ItemTable {
  if (name !== 'spend') return table;
  const waiting: Item[] = [];
  return {
    ...table,
    async put(item, condition) {
      if (item.sk !== 'root' && item.rows !== undefined) {
        waiting.push(item);
        return 'written';
      }
      const outcome = await table.put(item, condition);
      if (item.sk === 'root') for (const part of waiting.splice(0)) await table.put(part, 'none');
      return outcome;
    },
  };
}

/** A commit has one name; by its first day's content it comes back whenever that day does. */
function namedByContent(store: SpendStore): SpendStore {
  return {
    ...store,
    commit(organization, dataset, root, update) {
      const [first] = update.changed.values();
      return store.commit(organization, dataset, root, { ...update, run: first?.hash ?? update.run });
    },
  };
}

/** Whatever the root about to be written does not name is taken for an orphan, before that root is the one that counts. */
function sweepingFirst(table: ItemTable, name: string): ItemTable {
  if (name !== 'spend') return table;
  return {
    ...table,
    async put(item, condition) {
      if (item.sk === 'root') {
        const listed = await table.query(
          item.pk,
          { from: '0', to: ':' },
          { consistent: true, keysOnly: true },
        );
        const { root } = parseRootItem(item);
        const named = new Set([...partKeysOfRoot(root), ...root.superseded]);
        for (const { sk } of listed) if (!named.has(sk)) await table.delete(item.pk, sk, 'none');
      }
      return table.put(item, condition);
    },
  };
}

function inPlace(store: SpendStore): SpendStore {
  return {
    ...store,
    commit: (organization, dataset, root, update) =>
      store.commit(organization, dataset, root, { ...update, run: 'same' }),
  };
}

function withoutDeletes(table: ItemTable, name: string): ItemTable {
  return name === 'spend' ? { ...table, delete: async () => 'written' } : table;
}

/** Whoever was refused does not find what it wrote itself. */
function believing(table: ItemTable): ItemTable {
  const refused = new Set<string>();
  return {
    ...table,
    async put(item, condition) {
      const outcome = await table.put(item, condition);
      if (outcome === 'refused') refused.add(`${item.pk} ${item.sk}`);
      return outcome;
    },
    get: async (pk, sk, options) => (refused.delete(`${pk} ${sk}`) ? null : table.get(pk, sk, options)),
  };
}

function retrying(notifier: Notifier): Notifier {
  return {
    ...notifier,
    async deliver(message) {
      let delivery = await notifier.deliver(message);
      for (let attempt = 2; attempt <= 3 && delivery.outcome === 'unknown'; attempt += 1) {
        delivery = await notifier.deliver(message);
      }
      return delivery;
    },
  };
}

function deaf(notifier: Notifier): Notifier {
  return { ...notifier, audience: async () => ({ confirmed: 1, pending: 0 }) };
}
