// Reads the event with which SNS calls a function: the message of each record.
import * as v from 'valibot';
import { BudgetAlertsError } from '../errors.ts';

const schema = v.object({
  Records: v.pipe(v.array(v.object({ Sns: v.object({ Message: v.string() }) })), v.minLength(1)),
});

/** @throws BudgetAlertsError `event-malformed` */
export function parseSnsEvent(event: unknown): readonly string[] {
  const parsed = v.safeParse(schema, event);
  if (parsed.success) return parsed.output.Records.map(({ Sns }) => Sns.Message);
  throw new BudgetAlertsError(
    'event-malformed',
    'The event must be {"Records": [{"Sns": {"Message": "<text>"}}]}, as SNS sends it: subscribe the function to the alerts topic.',
  );
}
