// Mutants of the protocol: each breaks one promise at a port, or in one line of a module, and must not get away with it.
import type { AlertLedger } from '../../lib/alert/alert-ledger.ts';
import type { Latch } from '../../lib/alert/latch.ts';
import { withOutcomes } from '../../lib/alert/claim-alerts.ts';
import type { Item, ItemTable } from '../../lib/aws/item-table.ts';
import type { Notifier } from '../../lib/notify/notifier.ts';
import type { SpendStore } from '../../lib/spend/spend-store.ts';
import { plusMs } from '../../lib/time/instant.ts';
import { instant } from './as-declared.ts';
import type { Fault } from './faults.ts';
import type { Replacement } from './rewritten-modules.ts';
import type { Alterations } from './runs.ts';

export interface Mutant {
  readonly name: string;
  readonly altered?: Alterations;
  readonly rewritten?: readonly Replacement[];
  /** Faults that bring out what it breaks: worlds have these, this much more often than usual, and no others. */
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
}

const CONCURRENCY = { 'run twice': 12, 'run late': 4, 'table is slow': 10 } as const;
const DEATHS = { 'dies before an operation': 6, 'dies after an operation': 6 } as const;

export const MUTANTS: readonly Mutant[] = [
  { name: 'no lease', altered: { leasesAreVoid: true }, faults: { 'run twice': 16, 'publish slow': 8, 'limit edited': 20, 'threshold edited': 20, 'day revised up': 5 } },
  { name: 'no version condition', altered: { table: unconditional }, faults: CONCURRENCY },
  { name: 'mark before send', altered: { ledger: markingFirst }, faults: { ...DEATHS, 'publish refused': 5 } },
  {
    name: 'closed period forgotten',
    altered: { budgets: (store) => ({ ...store, active: async (organization) => decidedJustNow(await store.active(organization)) }) },
    faults: { 'day shown late': 5, 'day revised up': 5 },
  },
  {
    name: 'id without member',
    rewritten: [
      {
        file: 'lib/alert/alert-key.ts',
        from: 'encodeURIComponent(member.toWellFormed())',
        to: "member.slice(0, 0).concat('-')",
      },
    ],
    faults: {},
  },
  { name: 'root swapped first', altered: { table: rootFirst }, faults: { ...DEATHS, ...CONCURRENCY } },
  { name: 'parts named by content hash', altered: { spend: namedByContent }, faults: { ...CONCURRENCY, ...DEATHS, 'day answered empty': 8 } },
  { name: 'orphans removed before the swap', altered: { table: sweepingFirst }, faults: { ...CONCURRENCY, ...DEATHS } },
  { name: 'days replaced in place', altered: { spend: inPlace, table: withoutDeletes }, faults: { ...CONCURRENCY, 'table refuses': 20 } },
  {
    name: 'a refused write believed',
    altered: { table: believing },
    faults: { 'write applied, answer lost and repeated': 10 },
  },
  { name: 'Publish retried by the SDK', altered: { channel: retrying }, faults: { 'publish accepted, answer lost': 6 } },
  { name: 'a claim while nobody is subscribed', altered: { channel: deaf }, faults: { 'nobody subscribed': 12 } },
];

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

/** No period that has ended counts for a budget that has only just been decided. */
function decidedJustNow<Stored extends { readonly budgets: readonly { readonly decidedAt: number }[] }>(stored: Stored) {
  const never = plusMs(instant(0), 1e14);
  return { ...stored, budgets: stored.budgets.map((budget) => ({ ...budget, decidedAt: never })) };
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
        const listed = await table.query(item.pk, { from: '0', to: ':' }, { consistent: true, keysOnly: true });
        const named = new Set([...namedParts(item), ...(item.superseded as readonly string[])]);
        for (const { sk } of listed) if (!named.has(sk)) await table.delete(item.pk, sk, 'none');
      }
      return table.put(item, condition);
    },
  };
}

function namedParts(root: Item): string[] {
  const days: Record<string, [run: string, parts: number]> = JSON.parse(String(root.days));
  return Object.entries(days).flatMap(([day, [run, parts]]) =>
    Array.from({ length: parts }, (_, part) => `${day}#${run}#${part}`),
  );
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
