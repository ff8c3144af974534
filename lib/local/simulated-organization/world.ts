// A simulated organization's world: what really happened, and what OpenAI's API knows of it at a moment. Pure.
import { type Instant, plusMs } from '../../time/instant.ts';
import { endOfDay, plusDays, startOfDay, type UtcDay } from '../../time/utc-day.ts';
import { type AmountForm, type AmountForms, amountFormOn } from './amount-form.ts';
import { costLeaves, usageLeaves } from './day-leaves.ts';
import { DEMO_PROJECTS, DEMO_UNATTRIBUTED, DEMO_USERS } from './demo-projects.ts';
import { demoIncident } from './demo-world.ts';
import { costsFinalAt, costsVisibleUntil, MAX_USAGE_LAG_MS, usageVisibleUntil } from './lateness.ts';
import type { Leaf } from './leaf.ts';
import type { Incident, ProjectPlan, SimulatedUser } from './project-plan.ts';
import type { Stream } from './stream.ts';
import { trafficSources } from './traffic-source.ts';
import { type TrueCost, type TrueUsage, trueCostsOf, trueUsageOf } from './true-totals.ts';

export interface WorldOptions {
  readonly seed: number;
  /** The first day on which anything happens. There is no last one. */
  readonly start: UtcDay;
  /** The demonstration's by default. */
  readonly projects?: readonly ProjectPlan[];
  /** Streams of no project. The demonstration's by default. */
  readonly unattributed?: readonly Stream[];
  /** `null`: none. By default the demonstration's, and none where `projects` are given. */
  readonly incident?: Incident | null;
  /** The demonstration's by default. */
  readonly users?: readonly SimulatedUser[];
  /** How amounts are written; `mixed`, a draw for each day, by default. */
  readonly amounts?: AmountForms;
}

export interface SimulatedProject {
  readonly id: string;
  readonly name: string | null;
  readonly createdAt: Instant;
  readonly archivedAt: Instant | null;
}

export interface SimulatedApiKey {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  /** The user who owns it; `null` for a service account's. */
  readonly userId: string | null;
}

export interface World {
  readonly seed: number;
  readonly organization: { readonly id: string; readonly name: string };
  readonly projects: readonly SimulatedProject[];
  readonly users: readonly SimulatedUser[];
  /** Those that the projects' streams spend with. */
  readonly apiKeys: readonly SimulatedApiKey[];
  amountFormOn(day: UtcDay): AmountForm;
  /** What the costs of `day` consist of, as seen at `now`: a leaf for each stream and line item that has any. */
  costs(day: UtcDay, now: Instant): readonly Leaf[];
  /** From here on `costs(day, …)` no longer changes. */
  costsFinalAt(day: UtcDay): Instant;
  /** What streams of `kind` did from `from` until `until`, which lie in one UTC day, as seen at `now`. */
  usage(kind: string, from: Instant, until: Instant, now: Instant): readonly Leaf[];
  /** From here on usage until `until` no longer changes. */
  usageFinalAt(until: Instant): Instant;
  /** What the costs of `day` end at, by project and line item. */
  trueCosts(day: UtcDay): readonly TrueCost[];
  /** What the usage of `day` ends at, by project and model. */
  trueUsage(kind: string, day: UtcDay): readonly TrueUsage[];
}

const ORGANIZATION = { id: 'org-5wN4QZ9gopP17tSXeeMssp9G', name: 'Brightlane' };

/** The same options give the same world, whatever it is asked and in whatever order. */
export function createWorld(options: WorldOptions): World {
  const { seed, start, projects = DEMO_PROJECTS, unattributed = DEMO_UNATTRIBUTED } = options;
  const sources = trafficSources(start, projects, unattributed, incidentOf(options, projects));
  const formOn = (day: UtcDay): AmountForm => amountFormOn(seed, options.amounts ?? 'mixed', day);
  /** The newest state of each day: ticks ask for the same one again and again. */
  const newestCosts = new Map<UtcDay, { readonly visibleUntil: Instant; final: boolean; leaves: Leaf[] }>();

  function costs(day: UtcDay, now: Instant): readonly Leaf[] {
    const final = now >= costsFinalAt(seed, day);
    const visibleUntil = final ? endOfDay(day) : earlier(costsVisibleUntil(seed, day, now), endOfDay(day));
    const newest = newestCosts.get(day);
    if (newest?.visibleUntil === visibleUntil && newest.final === final) return newest.leaves;
    const leaves = sources.flatMap((source) =>
      costLeaves(seed, source, day, visibleUntil, final, formOn(day)),
    );
    newestCosts.set(day, { visibleUntil, final, leaves });
    return leaves;
  }

  function usage(kind: string, from: Instant, until: Instant, now: Instant): readonly Leaf[] {
    return sources
      .filter(({ stream }) => stream.kind === kind)
      .flatMap((source) =>
        usageLeaves(seed, source, from, earlier(until, usageVisibleUntil(seed, source.name, now))),
      );
  }

  const usageFinalAt = (until: Instant): Instant => plusMs(until, MAX_USAGE_LAG_MS);

  return {
    seed,
    organization: ORGANIZATION,
    projects: projects.map((plan) => ({
      id: plan.id,
      name: plan.name,
      createdAt: startOfDay(plusDays(start, plan.createdDay)),
      archivedAt: plan.archivedDay === null ? null : startOfDay(plusDays(start, plan.archivedDay)),
    })),
    users: options.users ?? DEMO_USERS,
    apiKeys: projects.flatMap(apiKeysOf),
    amountFormOn: formOn,
    costs,
    costsFinalAt: (day) => costsFinalAt(seed, day),
    usage,
    usageFinalAt,
    trueCosts: (day) => trueCostsOf(costs(day, costsFinalAt(seed, day))),
    trueUsage: (kind, day) =>
      trueUsageOf(usage(kind, startOfDay(day), endOfDay(day), usageFinalAt(endOfDay(day)))),
  };
}

/** Named after their project, in the order in which its streams use them. */
function apiKeysOf({ id: projectId, name, streams }: ProjectPlan): SimulatedApiKey[] {
  const owners = new Map<string, string | null>();
  for (const { dimensions } of streams) {
    const { api_key_id: id, user_id: userId } = dimensions;
    if (typeof id === 'string') owners.set(id, typeof userId === 'string' ? userId : null);
  }
  return [...owners].map(([id, userId], index) => {
    return { id, name: `${name ?? projectId} ${index + 1}`, projectId, userId };
  });
}

function incidentOf(options: WorldOptions, projects: readonly ProjectPlan[]): Incident | null {
  const usual = options.projects === undefined ? demoIncident(options.start) : null;
  const incident = options.incident === undefined ? usual : options.incident;
  if (incident !== null && !projects.some(({ id }) => id === incident.projectId)) {
    throw new Error(`The incident is in ${incident.projectId}, which is none of the world's projects.`);
  }
  return incident;
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}
