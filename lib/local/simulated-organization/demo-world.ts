// The demonstration's three weeks: when they are, and what goes wrong in them.
import { HOUR_MS, plusMs } from '../../time/instant.ts';
import { parseUtcDay, plusDays, startOfDay, type UtcDay } from '../../time/utc-day.ts';
import { LEAD_RESEARCH_PROJECT_ID } from './demo-projects.ts';
import type { Incident } from './project-plan.ts';

export const DEMO_SEED = 7;
/** A Monday. */
export const DEMO_START = parseUtcDay('2026-10-05') as UtcDay;
export const DEMO_DAYS = 21;

/** From 10:00 on the second Friday until Monday morning. */
export function demoIncident(start: UtcDay): Incident {
  return {
    projectId: LEAD_RESEARCH_PROJECT_ID,
    from: plusMs(startOfDay(plusDays(start, 11)), 10 * HOUR_MS),
    hours: 70,
    factor: 9,
  };
}
