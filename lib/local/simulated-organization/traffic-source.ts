// Where traffic comes from: each stream with its name, its project's life, and the days computed so far.
import { plusDays, type UtcDay } from '../../time/utc-day.ts';
import { type DayTraffic, dayTraffic } from './day-traffic.ts';
import type { Incident, ProjectPlan } from './project-plan.ts';
import { inProject, type Stream } from './stream.ts';

export interface TrafficSource {
  readonly stream: Stream;
  /** Unique in the world. */
  readonly name: string;
  readonly firstDay: UtcDay;
  readonly dayAfterLast: UtcDay | null;
  readonly incident: Incident | null;
  /** Memory only: what stands in it could be computed again. */
  readonly days: Map<UtcDay, DayTraffic>;
}

/** Nothing happens before `start`, however old a project is. */
export function trafficSources(
  start: UtcDay,
  projects: readonly ProjectPlan[],
  unattributed: readonly Stream[],
  incident: Incident | null,
): TrafficSource[] {
  const ofProjects = projects.flatMap((project) =>
    project.streams.map((stream, index) => ({
      stream: inProject(project.id, stream),
      name: `${project.id}#${index}`,
      firstDay: plusDays(start, Math.max(0, project.createdDay)),
      dayAfterLast: project.archivedDay === null ? null : plusDays(start, project.archivedDay),
      incident: incident?.projectId === project.id ? incident : null,
      days: new Map(),
    })),
  );
  const ofNone = unattributed.map((stream, index) => ({
    stream: inProject(null, stream),
    name: `#${index}`,
    firstDay: start,
    dayAfterLast: null,
    incident: null,
    days: new Map(),
  }));
  return [...ofProjects, ...ofNone];
}

/** `null` on days before or after the project's life. */
export function trafficOn(seed: number, source: TrafficSource, day: UtcDay): DayTraffic | null {
  const { stream, name, firstDay, dayAfterLast, incident, days } = source;
  if (day < firstDay || (dayAfterLast !== null && day >= dayAfterLast)) return null;
  const known = days.get(day);
  if (known !== undefined) return known;
  const traffic = dayTraffic(seed, name, stream, day, incident);
  days.set(day, traffic);
  return traffic;
}
