// When an organization's schedules fire: whole minutes of the UTC hour, the same in every deployment.
import { createHash } from 'node:crypto';
import type { ScheduledFunction } from './function-names.ts';

/** Minutes between two reads of usage, and between two checks. */
export type Cadence = 15 | 30 | 60;

interface Times {
  /** Minutes after the organization's own. */
  readonly after: number;
  /** Whether it follows the cadence; else it is due once an hour. */
  readonly repeats: boolean;
  /** UTC hour; absent: every hour. */
  readonly hour?: number;
}

/**
 * The check comes 5 minutes after usage was asked for, so that it sees what that brought. Costs move slowly: hourly,
 * and not in the minute of the usage. The heartbeat is a mail that people read in the morning, if there is one.
 */
const TIMES: Readonly<Record<ScheduledFunction, Times>> = {
  'collect-usage': { after: 0, repeats: true },
  'collect-costs': { after: 2, repeats: false },
  'check-budgets': { after: 5, repeats: true },
  heartbeat: { after: 7, repeats: false, hour: 7 },
};

/**
 * 0 to 14, from the id alone. It spreads organizations over the quarter of an hour, keeps the order of one's jobs, and
 * spares OpenAI the full hour.
 */
export function scheduleMinute(organization: string): number {
  return createHash('sha256').update(organization).digest().readUInt32BE(0) % 15;
}

/**
 * A `cron` of EventBridge Scheduler, with each minute written out. `rate` would count from the deployment, and ticks
 * would be aligned with nothing.
 */
export function scheduleExpression(
  name: ScheduledFunction,
  organization: string,
  cadence: Cadence = 15,
): string {
  const { after, repeats, hour } = TIMES[name];
  const timesAnHour = repeats ? 60 / cadence : 1;
  const minutes = Array.from({ length: timesAnHour }, (_, time) => {
    return (scheduleMinute(organization) + after + time * cadence) % 60;
  }).sort((a, b) => a - b);
  return `cron(${minutes.join(',')} ${hour ?? '*'} * * ? *)`;
}

/** After the heartbeat, when the day before is as complete as it is at breakfast; weekly on Mondays. */
export function digestExpression(digest: 'daily' | 'weekly', organization: string): string {
  const minute = scheduleMinute(organization) + 20;
  return digest === 'daily' ? `cron(${minute} 7 * * ? *)` : `cron(${minute} 7 ? * MON *)`;
}
