// When OpenAI's answers know what happened: usage after minutes, costs after hours, and costs right only after days.
import { HOUR_MS, type Instant, instantOfEpochMs, MINUTE_MS, plusMs } from '../../time/instant.ts';
import { endOfDay, type UtcDay } from '../../time/utc-day.ts';
import { draw, drawBetween } from './draw.ts';

/** No usage is later than this. */
export const MAX_USAGE_LAG_MS = 55 * MINUTE_MS;

/** Usage before this instant is visible at `now`: most of it after 4 to 15 minutes, some streams only after 55. */
export function usageVisibleUntil(seed: number, streamName: string, now: Instant): Instant {
  const slow = draw(seed, 'slow usage', streamName) < 0.15;
  const lagMinutes = slow ? 55 : Math.round(drawBetween(4, 15, seed, 'usage lag', streamName));
  return floorTo(MINUTE_MS, plusMs(now, -lagMinutes * MINUTE_MS));
}

/**
 * Costs of `day` are made of what happened before this instant: 2 to 5 hours ago, in whole hours. So a new day is empty
 * for hours, grows, and is complete some hours after its end.
 */
export function costsVisibleUntil(seed: number, day: UtcDay, now: Instant): Instant {
  return floorTo(HOUR_MS, plusMs(now, -drawBetween(2, 5, seed, 'costs lag', day) * HOUR_MS));
}

/** From here on the day's costs are the true ones: one to two days after its end, in whole hours. */
export function costsFinalAt(seed: number, day: UtcDay): Instant {
  return floorTo(HOUR_MS, plusMs(endOfDay(day), drawBetween(25, 47, seed, 'costs final', day) * HOUR_MS));
}

/**
 * Until then a stream's quantities are shown times this: below 1 on days whose costs are still incomplete, above 1 on
 * days of which some was billed twice.
 */
export function provisionalFactor(seed: number, streamName: string, day: UtcDay): number {
  const rises = draw(seed, 'revision rises', day) < 0.6;
  const revision = drawBetween(0.004, 0.03, seed, 'revision', streamName, day);
  return rises ? 1 - revision : 1 + revision;
}

function floorTo(stepMs: number, instant: Instant): Instant {
  return instantOfEpochMs(Math.floor(instant / stepMs) * stepMs);
}
