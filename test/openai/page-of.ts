// Bodies of pages in tests, in OpenAI's own form.
import { epochSOf } from '../../lib/time/instant.ts';
import { startOfDay } from '../../lib/time/utc-day.ts';
import { dayOf } from '../fakes/time-of.ts';

const DAY_S = 86_400;

export interface BucketBody {
  readonly object: 'bucket';
  readonly start_time: number;
  readonly end_time: number;
  readonly results: readonly unknown[];
}

export interface PageBody {
  readonly object: 'page';
  readonly data: readonly BucketBody[];
  readonly has_more: boolean;
  readonly next_page: string | null;
}

export function bucketOf(day: string, ...results: readonly unknown[]): BucketBody {
  const start = epochSOf(startOfDay(dayOf(day)));
  return { object: 'bucket', start_time: start, end_time: start + DAY_S, results };
}

export function pageOf(data: readonly BucketBody[], nextPage: string | null = null): PageBody {
  return { object: 'page', data, has_more: nextPage !== null, next_page: nextPage };
}

/** A costs result; `fields` replaces or adds. */
export function costResult(value: unknown, fields: Readonly<Record<string, unknown>> = {}): object {
  return {
    object: 'organization.costs.result',
    amount: { value, currency: 'usd' },
    line_item: 'gpt-5, input',
    project_id: 'proj_a',
    ...fields,
  };
}

/** A completions result with these measures. */
export function completionsResult(fields: Readonly<Record<string, unknown>>): object {
  return { object: 'organization.usage.completions.result', project_id: 'proj_a', model: 'gpt-5', ...fields };
}
