// Three weeks of a simulated organization, a few hours at a time, through the same use cases as in AWS.

import type { Budget } from '../budget/budget.ts';
import { createUsageSource } from '../openai/usage-source.ts';
import { applyChanges, planBudgets } from '../run/apply-budgets.ts';
import { type CheckReport, check } from '../run/check.ts';
import { collect } from '../run/collect.ts';
import { NAMED_DIMENSIONS, readNames } from '../run/read-names.ts';
import { SPEND_KINDS } from '../spend/catalogue.ts';
import { formatInstant, HOUR_MS, type Instant, MINUTE_MS, plusMs } from '../time/instant.ts';
import { startOfDay } from '../time/utc-day.ts';
import { openLocalState } from './local-state.ts';
import { DEMO_DAYS, DEMO_SEED, DEMO_START, demoIncident } from './simulated-organization/demo-world.ts';
import { startSimulatedOrganization } from './simulated-organization/start-simulated-organization.ts';
import { createWorld } from './simulated-organization/world.ts';

const ORGANIZATION = 'demo';
const ADMIN_KEY = 'sk-admin-simulated';
const LOCK_PATIENCE_MS = 30_000;
/** Fewer runs than in AWS, so that three weeks pass in seconds. */
const HOURS_PER_RUN = 3;

export interface DemoHour {
  readonly tick: Instant;
  /** Hours played, this one included. */
  readonly played: number;
  readonly hours: number;
  readonly report: CheckReport;
}

export interface DemoEnd {
  readonly last: CheckReport;
  /** Id → name. */
  readonly names: ReadonlyMap<string, string>;
  readonly requests: number;
}

/**
 * Deterministic: the same hours hold the same spend in every run, so state that is kept has heard it all before.
 * @param stateFolder how a command names `directory`: those in the messages lead back to it, and to the hour of the message
 */
export async function playDemoWeeks(
  directory: string,
  stateFolder: string,
  budgets: readonly Budget[],
  onHour: (hour: DemoHour) => void,
): Promise<DemoEnd> {
  const start = startOfDay(DEMO_START);
  const hours = DEMO_DAYS * 24;
  let tick = start;
  const world = createWorld({ seed: DEMO_SEED, start: DEMO_START, incident: demoIncident(DEMO_START) });
  const organization = await startSimulatedOrganization({
    world,
    now: start,
    adminKeys: [{ key: ADMIN_KEY, scopes: ['api.usage.read', 'api.management.read'] }],
  });
  const source = createUsageSource({
    adminKey: () => Promise.resolve(ADMIN_KEY),
    baseUrl: organization.baseUrl,
    minIntervalMs: 0,
  });
  try {
    await using local = await openLocalState(
      directory,
      () => tick,
      LOCK_PATIENCE_MS,
      () => {},
    );
    const where = ['--state', stateFolder, '--organization', ORGANIZATION];
    const state = { ...local, flagsOf: () => [...where, '--now', formatInstant(tick)] };
    const { changes } = await planBudgets(ORGANIZATION, budgets, tick, state.budgets);
    await applyChanges(ORGANIZATION, changes, 'npm start', state.budgets);

    let last: CheckReport | null = null;
    for (let played = HOURS_PER_RUN; played <= hours; played += HOURS_PER_RUN) {
      tick = plusMs(start, played * HOUR_MS - MINUTE_MS);
      organization.setNow(tick);
      const deadline = plusMs(state.clock.now(), MINUTE_MS);
      const input = { organization: ORGANIZATION, tick, deadline };
      await collect({ ...input, kinds: SPEND_KINDS }, { ...state, source });
      last = await check({ ...input, alone: true }, state);
      onHour({ tick, played, hours, report: last });
    }
    if (last === null) throw new TypeError('the demonstration has no hours');
    const names = await readNames(ORGANIZATION, NAMED_DIMENSIONS, state.names);
    return { last, names, requests: organization.requests.length };
  } finally {
    await source.close();
    await organization.close();
  }
}
