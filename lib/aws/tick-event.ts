// Reads the event of a scheduled function: which organization, and the time at which the schedule was due.
import * as v from 'valibot';
import { BudgetAlertsError } from '../errors.ts';
import { type Instant, parseInstant } from '../time/instant.ts';
import { ORGANIZATION_ID } from './deployment-names.ts';

const schema = v.object({
  organization: v.pipe(v.string(), v.regex(ORGANIZATION_ID)),
  tick: v.string(),
  adminKeySecretId: v.optional(v.pipe(v.string(), v.regex(/^[\w/+=.@:-]{1,2048}$/))),
});

export interface Tick {
  readonly organization: string;
  readonly tick: Instant;
  /** Name or ARN; `null` where the event does not say. */
  readonly adminKeySecretId: string | null;
}

/** @throws BudgetAlertsError `event-malformed` */
export function parseTickEvent(event: unknown): Tick {
  const parsed = v.safeParse(schema, event);
  const tick = parsed.success ? parseInstant(parsed.output.tick) : null;
  if (!parsed.success || tick === null) {
    throw new BudgetAlertsError(
      'event-malformed',
      'The event must be {"organization": "<id>", "tick": "<ISO 8601 time, UTC>"}, as the schedules send it.',
    );
  }
  const { organization, adminKeySecretId = null } = parsed.output;
  return { organization, tick, adminKeySecretId };
}
