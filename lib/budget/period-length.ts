// How long a period may be: what a budget sums must still be stored when its last figures arrive.
import { MAX_RETENTION_DAYS } from '../spend/retention.ts';
import { DAY_MS } from '../time/instant.ts';
import { SETTLING_MS } from './evaluated-periods.ts';

export const SETTLING_DAYS = SETTLING_MS / DAY_MS;

export const MAX_PERIOD_DAYS = MAX_RETENTION_DAYS - SETTLING_DAYS;

/** A whole message. */
export function tooLong(days: number): string {
  return (
    `A period of ${days} days is too long: figures are kept for ${MAX_RETENTION_DAYS} days, and a period is looked at ` +
    `for ${SETTLING_DAYS} days after its end, since OpenAI still revises it. Use at most ${MAX_PERIOD_DAYS} days.`
  );
}
