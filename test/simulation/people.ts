// What people do to a world: the budgets that they declare, and how they edit and silence them while it runs.
import { type Chance, pick, within } from './chance.ts';
import { type ModelBudget, ONE } from './declared.ts';
import type { Fault, Faults } from './faults.ts';

export type Edit =
  | { readonly what: 'budgets'; readonly budgets: readonly ModelBudget[] }
  | {
      readonly what: 'silence';
      readonly budgetId: string | null;
      readonly member: string | null;
      readonly hours: number;
    }
  | { readonly what: 'unsilence' };

const CENTS = ONE / 100;

/** A few budgets, no two alike; limits are such that some are reached and some are not. */
export function firstBudgets(chance: Chance): ModelBudget[] {
  const near = (dollars: number, what: string) =>
    Math.max(1, Math.floor(dollars * 100 * (0.3 + chance(`limit ${what}`)))) * CENTS;
  const tokens = (count: number, what: string) => Math.floor(count * (0.3 + chance(`limit ${what}`))) * ONE;
  const usual = { name: '', measure: 'cost', projects: null, each: false, percents: [80, 100] } as const;
  const all: ModelBudget[] = [
    { ...usual, id: 'org', limit: near(300, 'org'), percents: [50, 80, 100], period: { kind: 'monthly' } },
    { ...usual, id: 'each', each: true, limit: near(12, 'each'), period: { kind: 'daily' } },
    { ...usual, id: 'week', projects: ['proj_a'], limit: near(60, 'week'), period: { kind: 'weekly' } },
    { ...usual, id: 'window', limit: near(60, 'window'), period: { kind: 'rolling', days: 3 } },
    { ...usual, id: 'month-each', each: true, limit: near(150, 'month-each'), period: { kind: 'monthly' } },
    {
      ...usual,
      id: 'nothing',
      projects: ['proj_b', 'proj_c'],
      limit: 0,
      percents: [100],
      period: { kind: 'weekly' },
    },
    {
      ...usual,
      id: 'tokens',
      measure: 'tokens',
      limit: tokens(100_000, 'tokens'),
      period: { kind: 'daily' },
    },
  ];
  const wanted = all.filter(({ id }) => chance(`has ${id}`) < (id === 'tokens' ? 0.2 : 0.4));
  return wanted.length > 0 ? wanted.slice(0, 3) : all.slice(0, 2);
}

/** What people do in an hour; at most one thing. `gone` are budgets that were deleted before. */
export function editAt(
  hour: number,
  time: number,
  budgets: readonly ModelBudget[],
  gone: readonly ModelBudget[],
  chance: Chance,
  faults: Faults,
): Edit | null {
  const struck = (fault: Fault) => faults.happens(fault, time, () => `people at hour ${hour}`, hour, 0);
  const draw = chance('edit', hour);
  const one = budgets[Math.floor(chance('edited', hour) * budgets.length)];
  const replaced = (next: ModelBudget): Edit => {
    return { what: 'budgets', budgets: budgets.map((budget) => (budget.id === next.id ? next : budget)) };
  };
  if (one !== undefined) {
    if (struck('limit edited') && one.limit > 0) {
      const step = one.measure === 'cost' ? CENTS : ONE;
      const steps = Math.max(1, Math.floor((one.limit / step) * pick([0.4, 0.8, 1.3, 2], draw)));
      return replaced({ ...one, limit: steps * step });
    }
    if (struck('threshold edited') && one.limit > 0) {
      const percents = pick([[80, 100], [50, 100], [90, 100, 120], [100]], draw);
      return replaced({ ...one, percents });
    }
    if (struck('name edited')) return replaced({ ...one, name: `Name ${hour}` });
    if (struck('budget deleted')) {
      return { what: 'budgets', budgets: budgets.filter(({ id }) => id !== one.id) };
    }
    if (struck('silenced')) {
      const member = one.each && draw < 0.3 ? 'proj_a' : null;
      const budgetId = member === null && draw > 0.8 ? null : one.id;
      return { what: 'silence', budgetId, member, hours: within(2, 40, chance('hours', hour)) };
    }
  }
  const back = gone.at(-1);
  if (back !== undefined && struck('budget declared again')) {
    return { what: 'budgets', budgets: [...budgets, back] };
  }
  return struck('silence removed') ? { what: 'unsilence' } : null;
}
