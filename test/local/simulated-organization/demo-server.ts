// What these tests share: the demonstration's server, an exact sum of money, and bodies typed as the tests read them.
import { onTestFinished } from 'vitest';
import type { AdminKey } from '../../../lib/local/simulated-organization/admin-key.ts';
import { DEMO_SEED, DEMO_START } from '../../../lib/local/simulated-organization/demo-world.ts';
import {
  type SimulatedOrganization,
  startSimulatedOrganization,
} from '../../../lib/local/simulated-organization/start-simulated-organization.ts';
import {
  createWorld,
  type World,
  type WorldOptions,
} from '../../../lib/local/simulated-organization/world.ts';
import { type Amount, addAmounts, ZERO_AMOUNT } from '../../../lib/money/amount.ts';
import { formatAmount } from '../../../lib/money/format-amount.ts';
import { parseAmount } from '../../../lib/money/parse-amount.ts';
import { type Instant, parseInstant } from '../../../lib/time/instant.ts';
import { parseUtcDay, type UtcDay } from '../../../lib/time/utc-day.ts';

export const KEY = 'sk-admin-full-scope-0123456789';

const KEYS: readonly AdminKey[] = [{ key: KEY, scopes: ['api.usage.read', 'api.management.read'] }];

export interface CostResult {
  object: string;
  amount: { value: number | string; currency: string };
  project_id: string | null;
  line_item: string | null;
  quantity: number | null;
  quantity_unit: string | null;
  [field: string]: unknown;
}

export interface Bucket<Result> {
  object: string;
  start_time: number;
  end_time: number;
  start_time_iso: string;
  results: Result[];
}

export interface Page<Result> {
  object: string;
  data: Bucket<Result>[];
  has_more: boolean;
  next_page: string | null;
}

export type UsageResult = Record<string, unknown> & { input_tokens: number; output_tokens: number };

export interface Reply<Body> {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
}

export interface DemoServer {
  readonly world: World;
  readonly server: SimulatedOrganization;
  ask<Body>(pathAndQuery: string, init?: RequestInit): Promise<Reply<Body>>;
}

/** Closed when the test that started it is over. */
export async function startDemo(
  now: string,
  options: Partial<WorldOptions> = {},
  adminKeys: readonly AdminKey[] = KEYS,
): Promise<DemoServer> {
  const world = createWorld({ seed: DEMO_SEED, start: DEMO_START, ...options });
  const server = await startSimulatedOrganization({ world, now: at(now), adminKeys });
  onTestFinished(() => server.close());
  async function ask<Body>(pathAndQuery: string, init: RequestInit = {}): Promise<Reply<Body>> {
    const response = await fetch(`${server.baseUrl}${pathAndQuery}`, {
      headers: { authorization: `Bearer ${KEY}` },
      ...init,
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson && text !== '' ? parsedOrNull(text) : null) as Body,
    };
  }
  return { world, server, ask };
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function at(iso: string): Instant {
  const instant = parseInstant(iso);
  if (instant === null) throw new Error(`not an instant: ${iso}`);
  return instant;
}

export function seconds(iso: string): number {
  return at(iso) / 1000;
}

export function utcDay(text: string): UtcDay {
  const day = parseUtcDay(text);
  if (day === null) throw new Error(`not a day: ${text}`);
  return day;
}

/** Exact decimal text. */
export function sumOf(values: Iterable<string | number>): string {
  let sum: Amount = ZERO_AMOUNT;
  for (const value of values) {
    const parsed = parseAmount(value);
    if (!parsed.ok) throw new Error(`${value}: ${parsed.why}`);
    sum = addAmounts(sum, parsed.amount);
  }
  return formatAmount(sum);
}

/** Exact sums by key, as one comparable object. */
export function sumsOf(entries: Iterable<readonly [string, string | number]>): Record<string, string> {
  const values = new Map<string, (string | number)[]>();
  for (const [key, value] of entries) values.set(key, [...(values.get(key) ?? []), value]);
  return Object.fromEntries([...values].map(([key, all]): [string, string] => [key, sumOf(all)]));
}
