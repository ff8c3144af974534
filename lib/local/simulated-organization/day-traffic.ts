// What one stream does in one UTC day: how much in all, and how much of it before any second.
import { HOUR_MS, type Instant, plusMs } from '../../time/instant.ts';
import { startOfDay, type UtcDay } from '../../time/utc-day.ts';
import { draw, drawBetween } from './draw.ts';
import type { Incident } from './project-plan.ts';
import { RHYTHMS, type Rhythm } from './rhythm.ts';
import type { Stream } from './stream.ts';

const HOURS = 24;
const HOUR_S = 3_600;
const DAY_S = HOURS * HOUR_S;

export interface DayTraffic {
  /** Whole counts of the full day, in the order of the stream's meters. */
  readonly totals: readonly number[];
  /** 25 values: the traffic before each hour, 1 being a planned day. */
  readonly before: readonly number[];
}

/** `streamName` is unique in the world; `incident` is given only if it is this stream's project that suffers it. */
export function dayTraffic(
  seed: number,
  streamName: string,
  stream: Stream,
  day: UtcDay,
  incident: Incident | null,
): DayTraffic {
  const rhythm: Rhythm = RHYTHMS[stream.rhythm];
  const start = startOfDay(day);
  const weekday = (new Date(start).getUTCDay() + 6) % 7;
  const hourSum = rhythm.hours.reduce((sum, hour) => sum + hour, 0);
  const dayFactor = (rhythm.weekdays[weekday] ?? 0) * drawBetween(0.87, 1.13, seed, 'day', streamName, day);

  const before = [0];
  let sum = 0;
  for (let hour = 0; hour < HOURS; hour += 1) {
    const usual = (dayFactor * (rhythm.hours[hour] ?? 0)) / hourSum;
    const inIncident = incident !== null && holds(incident, plusMs(start, hour * HOUR_MS));
    const busy = inIncident ? incident.factor / HOURS : usual;
    sum += busy * (0.8 + 0.4 * draw(seed, 'hour', streamName, day, hour));
    before.push(sum);
  }
  return { totals: stream.meters.map((meter) => Math.round(meter.perDay * sum)), before };
}

/**
 * The whole count of `total` before that second of the day: never falls, ends at `total`. What happens between two
 * seconds is the difference of two such counts, so any division of a day into buckets adds up to the same.
 */
export function countBefore(traffic: DayTraffic, total: number, second: number): number {
  const whole = traffic.before[HOURS] ?? 0;
  if (second >= DAY_S || whole === 0) return total;
  const hour = Math.floor(second / HOUR_S);
  const low = traffic.before[hour] ?? 0;
  const high = traffic.before[hour + 1] ?? whole;
  return Math.floor((total * (low + ((high - low) * (second % HOUR_S)) / HOUR_S)) / whole);
}

function holds(incident: Incident, hour: Instant): boolean {
  return incident.from <= hour && hour < plusMs(incident.from, incident.hours * HOUR_MS);
}
