// One simulated world: the true spend, the shared tables, what people declared, and all that was said.
import type { Item } from '../../lib/aws/item-table.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type DeclaredBudget, isAlike, type ModelBudget, type ModelSilence } from './declared.ts';
import { directedWeather, type Fault, type Faults, faultsBy, weatherOf } from './faults.ts';
import type { Acceptance } from './faulty-channel.ts';
import { type SharedTable, sharedTable, type WriteWatcher } from './faulty-table.ts';
import { type KnownSpend, knownSpend } from './known-spend.ts';
import { type Measured, type TrueSpend, trueSpend } from './true-spend.ts';
import { DAY, HOUR } from './utc-periods.ts';
import { type Program, type VirtualTime, virtualTime } from './virtual-time.ts';

export const ORGANIZATION = 'org';

export interface Violation {
  readonly invariant: string;
  readonly at: number;
  readonly detail: string;
}

export interface World {
  readonly from: number;
  readonly until: number;
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly truth: TrueSpend;
  readonly known: Readonly<Record<Measured, KnownSpend>>;
  readonly tables: Readonly<Record<'budgets' | 'spend' | 'ledger', SharedTable>>;
  /** By id, as the stored budgets must be by now. */
  readonly declared: Map<string, DeclaredBudget>;
  /** Everything that was ever stored under an id, the newest last. */
  readonly everDeclared: Map<string, DeclaredBudget[]>;
  /** By id. */
  readonly silences: Map<string, ModelSilence>;
  /** When anything that people declare was last written. */
  declaredAt: number;
  /** What people at a command line are about to store, by budget id. */
  readonly intended: Map<string, ModelBudget>;
  readonly acceptances: Acceptance[];
  readonly notices: Acceptance[];
  /** Who wrote a root or a latch last, by table and key. */
  readonly writers: Map<string, { readonly program: Program; readonly at: number }[]>;
  violation: Violation | null;
  violate(invariant: string, detail: string): void;
  /** Told of each latch that is written, and of each message that a topic accepts. */
  readonly watchers: { latch(sk: string, item: Item, program: Program): void; accepted(a: Acceptance): void };
}

export interface Scene {
  readonly seed: number;
  readonly days: number;
  /** Of all faults that chance wants, those that are kept; `null`: all. */
  readonly only: ReadonlySet<string> | null;
  /** Kinds of faults that the world has, and how often; `null`: as the seed decides. */
  readonly directed: Readonly<Partial<Record<Fault, number>>> | null;
}

/**
 * Most worlds begin with a month, the others on any day of one: a month's end then comes early or late in a history. What
 * came before is read in one piece, and costs every later run a little.
 */
function startOf(chance: Chance): number {
  const month = Date.UTC(2026, Math.floor(chance('month') * 12), 1);
  const day = Math.floor(chance('day of month') * (chance('begins with a month') < 0.7 ? 4 : 28));
  return month + day * DAY;
}

export function createWorld({ seed, days, only, directed }: Scene): World {
  const chance = chanceOf(seed);
  const from = startOf(chance);
  const until = from + days * DAY;
  const calm = Math.min(24, days * 6) * HOUR;
  const calmFrom = until - calm;
  const weather = directed === null ? weatherOf(chance, calmFrom) : directedWeather(directed, calmFrom);
  const faults = faultsBy(chance, weather, only);
  const time = virtualTime(from);
  const known = { cost: knownSpend(), tokens: knownSpend() };

  const wrote = (table: string, sk: string, program: Program) => {
    const key = `${table} ${sk}`;
    const writers = world.writers.get(key) ?? [];
    world.writers.set(key, writers);
    writers.push({ program, at: time.now() });
  };
  const budgetsWritten: WriteWatcher = (program, _pk, sk, item) => {
    world.declaredAt = time.now();
    const [kind, id = ''] = sk.split('#');
    if (kind === 'budget')
      declare(world, id, item === null ? null : (world.intended.get(id) ?? null), program);
    if (kind === 'silence') noteSilence(world, id, item);
  };
  const spendWritten: WriteWatcher = (program, pk, sk) => {
    if (sk !== 'root') return;
    const measure = pk.includes('#costs.') ? 'cost' : 'tokens';
    wrote(`spend ${measure}`, sk, program);
    known[measure].committed(program.name, program.tick, time.now());
  };
  const ledgerWritten: WriteWatcher = (program, _pk, sk, item) => {
    if (!/^(?:\d|open#)/.test(sk) || item === null) return;
    wrote('ledger', sk, program);
    world.watchers.latch(sk, item, program);
  };

  const world: World = {
    from,
    until,
    time,
    chance,
    faults,
    truth: trueSpend(chance, faults),
    known,
    tables: {
      budgets: sharedTable(budgetsWritten),
      spend: sharedTable(spendWritten),
      ledger: sharedTable(ledgerWritten),
    },
    declared: new Map(),
    everDeclared: new Map(),
    silences: new Map(),
    declaredAt: from,
    intended: new Map(),
    acceptances: [],
    notices: [],
    writers: new Map(),
    violation: null,
    violate(invariant, detail) {
      world.violation ??= { invariant, at: time.now(), detail };
    },
    watchers: { latch: () => {}, accepted: () => {} },
  };
  return world;
}

function declare(
  { declared, everDeclared }: World,
  id: string,
  budget: ModelBudget | null,
  by: Program,
): void {
  const before = declared.get(id);
  if (budget === null) {
    declared.delete(id);
    return;
  }
  const decidedAt = before !== undefined && isAlike(before, budget) ? before.decidedAt : by.startedAt;
  const next = { ...budget, decidedAt };
  declared.set(id, next);
  everDeclared.set(id, [...(everDeclared.get(id) ?? []), next]);
}

function noteSilence({ silences, time }: World, id: string, item: Item | null): void {
  const known = silences.get(id);
  if (item === null) {
    if (known !== undefined) known.removedAt = time.now();
    return;
  }
  const { budgetId, member, until } = item;
  silences.set(id, {
    budgetId: typeof budgetId === 'string' ? budgetId : null,
    member: typeof member === 'string' ? member : null,
    until: Date.parse(String(until)),
    storedAt: time.now(),
    removedAt: null,
  });
}

export function isSilenced({ silences }: World, budgetId: string, member: string, tick: number): boolean {
  return [...silences.values()].some(
    (silence) =>
      silence.removedAt === null &&
      tick < silence.until &&
      (silence.budgetId === null || silence.budgetId === budgetId) &&
      (silence.member === null || silence.member === member),
  );
}
