// What has to be written so that the stored budgets become the declared ones.
import { ascending } from '../lists/ascending.ts';
import type { Instant } from '../time/instant.ts';
import type { Budget } from './budget.ts';
import { limitAt } from './budget-in-period.ts';
import { type SpecFields, specFields, specOfBudget } from './budget-spec.ts';
import type { StoredBudget } from './budget-store.ts';
import { decidesAlike } from './decides-alike.ts';

/** A key of the budgets file. */
export type BudgetKey = keyof SpecFields;

interface OfBudget {
  readonly budgetId: string;
  /** What the change may replace; 0: there must be none. */
  readonly seenVersion: number;
}

export type Change =
  | (OfBudget & { readonly action: 'create'; readonly next: StoredBudget })
  /** `changed` names the keys that differ; `rearms` is false if that is cosmetic, or about later periods. */
  | (OfBudget & {
      readonly action: 'update';
      readonly next: StoredBudget;
      readonly changed: readonly BudgetKey[];
      readonly rearms: boolean;
    })
  | (OfBudget & { readonly action: 'unchanged'; readonly next: StoredBudget })
  | (OfBudget & { readonly action: 'remove'; readonly next: null });

const KEYS: readonly BudgetKey[] = [
  'name',
  'scope',
  'measure',
  'limit',
  'period',
  'timezone',
  'thresholds',
  'each',
  'except',
  'overrides',
  'labels',
  'notify',
];

/** One change per budget, sorted by id. Ids are distinct in `declared` and in `stored`. */
export function planApply(
  declared: readonly Budget[],
  stored: readonly StoredBudget[],
  tick: Instant,
): Change[] {
  const storedById = new Map(stored.map((row) => [row.budget.id, row]));
  const declaredIds = new Set(declared.map(({ id }) => id));
  const removals = stored
    .filter(({ budget }) => !declaredIds.has(budget.id))
    .map(({ budget, version }): Change => {
      return { action: 'remove', budgetId: budget.id, seenVersion: version, next: null };
    });
  const others = declared.map((budget) => changeTo(budget, storedById.get(budget.id), tick));
  return [...others, ...removals].sort((a, b) => ascending(a.budgetId, b.budgetId));
}

function changeTo(budget: Budget, seen: StoredBudget | undefined, tick: Instant): Change {
  const budgetId = budget.id;
  if (seen === undefined) {
    const next = { budget, version: 1, decidedAt: tick, limitLoweredAt: null };
    return { action: 'create', budgetId, seenVersion: 0, next };
  }
  const seenVersion = seen.version;
  if (specOfBudget(budget) === specOfBudget(seen.budget)) {
    return { action: 'unchanged', budgetId, seenVersion, next: seen };
  }
  const rearms = !decidesAlike(budget, seen.budget, tick);
  const next: StoredBudget = {
    budget,
    version: seenVersion + 1,
    decidedAt: rearms ? tick : seen.decidedAt,
    limitLoweredAt: limitAt(budget, tick) < limitAt(seen.budget, tick) ? tick : seen.limitLoweredAt,
  };
  return { action: 'update', budgetId, seenVersion, next, changed: changedKeys(seen.budget, budget), rearms };
}

function changedKeys(before: Budget, after: Budget): BudgetKey[] {
  const a = specFields(before);
  const b = specFields(after);
  return KEYS.filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
}
