// Keeps a claim small enough to be stored: few contributors in a storm, and a bound on what one latch takes at once.
import type { Alert } from './alert.ts';

/** As many as a message describes one by one; nobody reads where the rest of a storm went. */
const ALERTS_WITH_CONTRIBUTORS = 50;
/** Of JSON, before compression. DynamoDB takes 400 KB of it compressed; names that compress badly are the worst case. */
const MAX_CLAIM_CHARACTERS = 1_000_000;

export interface FittedClaim {
  readonly taken: readonly Alert[];
  /** These stay unclaimed: the next run plans them again. */
  readonly waiting: readonly Alert[];
}

/** `alreadyClaimed`: what an earlier run left behind in the same latch. At least one alert is always taken. */
export function fitClaim(alreadyClaimed: readonly Alert[], alerts: readonly Alert[]): FittedClaim {
  let room = MAX_CLAIM_CHARACTERS - alreadyClaimed.reduce((sum, alert) => sum + sizeOf(alert), 0);
  const taken: Alert[] = [];
  for (const [position, alert] of alerts.entries()) {
    const lean = position < ALERTS_WITH_CONTRIBUTORS ? alert : { ...alert, contributors: [] };
    room -= sizeOf(lean);
    if (room < 0 && alreadyClaimed.length + taken.length > 0)
      return { taken, waiting: alerts.slice(position) };
    taken.push(lean);
  }
  return { taken, waiting: [] };
}

function sizeOf(alert: Alert): number {
  return JSON.stringify(alert).length;
}
