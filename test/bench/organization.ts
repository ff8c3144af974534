// The organizations that benchmarks look at: every day has every project and line item, and so many budgets watch them.
import type { Budget } from '../../lib/budget/budget.ts';
import type { UsageSource } from '../../lib/spend/usage-source.ts';
import { DAY_MS, type Instant } from '../../lib/time/instant.ts';
import { daysFrom, endOfDay, startOfDay, utcDayOf } from '../../lib/time/utc-day.ts';
import { bucketsInto } from '../fakes/buckets-into.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { costRow, usageRow } from '../fakes/day-of-rows.ts';

export interface OrganizationSize {
  readonly projects: number;
  readonly lineItems: number;
}

/** Nine in ten in dollars, one in ten in tokens; none is near its limit of a billion unless another is given. */
export function benchBudgets(count: number, projects: number, limit = '1000000000'): Budget[] {
  return Array.from({ length: count }, (_, index) =>
    budgetOf({
      id: `budget-${index}`,
      projects: [projectId(index % projects)],
      limit,
      thresholds: ['50%', '80%', '100%'],
      ...(index % 10 === 9 && { measure: 'completions.total_tokens' }),
    }),
  );
}

/** The amounts of the day of `now` grow with `generation`. */
export function benchSource(
  { projects, lineItems }: OrganizationSize,
  now: Instant,
  generation: () => number,
): UsageSource {
  const ids = Array.from({ length: projects }, (_, project) => projectId(project));
  return {
    async *pages({ kind }, range, _deadline, newRows) {
      const buckets = daysFrom(range.from, range.until).map((day) => {
        const dayNumber = startOfDay(day) / DAY_MS;
        const grown = day === utcDayOf(now) ? generation() : 0;
        const rows = ids.flatMap((id, project) =>
          kind === 'costs'
            ? Array.from({ length: lineItems }, (_, item) =>
                costRow([id, `gpt-5-2025-08-07, item ${item}`, amountText(project, item, dayNumber + grown)]),
              )
            : [usageRow([id, 'gpt-5-2025-08-07', { input_tokens: 1e6 + grown, output_tokens: 1e5 }])],
        );
        return { start: startOfDay(day), end: endOfDay(day), rows };
      });
      yield bucketsInto(newRows, buckets);
    },
    projectNames: async () => new Map(ids.map((id, project) => [id, `Project ${project}`])),
    userNames: async () => new Map(),
    apiKeyNames: async () => new Map(),
    keyExpiry: async () => null,
  };
}

/** Sixteen digits, as OpenAI sends them, and as hard to compress. */
export function amountText(...seeds: readonly number[]): string {
  const seed = seeds.reduce((hash, value) => (hash * 31 + value * 7_919 + 17) % 1_000_003, 7);
  return `${seed % 40}.${String((seed * 2_654_435_761) % 1e14).padStart(14, '0')}`;
}

/** Of the length of OpenAI's own. */
export function projectId(index: number): string {
  return `proj_${String((index + 1) * 7_919).padStart(24, 'aBcDeFgH')}`;
}
