// Reads the versioned JSON of a message as a subscriber receives it: what is shown must be there, the rest may grow.
import * as v from 'valibot';
import { BudgetAlertsError } from '../errors.ts';
import { ALERT_SCHEMA } from '../notify/message-document.ts';
import type { ShownMessage } from '../notify/slack-payload.ts';

const schema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    schema: v.literal(ALERT_SCHEMA),
    messageId: v.pipe(v.string(), v.minLength(1)),
    title: v.string(),
    text: v.string(),
    alerts: v.array(v.object({ id: v.string(), title: v.string(), text: v.string() })),
    omitted: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  }),
);

/** @throws BudgetAlertsError `event-malformed`, with the place of what is wrong and nothing of its content */
export function parseReceivedMessage(text: string): ShownMessage {
  const parsed = v.safeParse(schema, text);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new BudgetAlertsError(
    'event-malformed',
    `What came over the alerts topic is not a message of the schema ${ALERT_SCHEMA} (wrong: ${v.getDotPath(issue) ?? 'the whole text'}). ` +
      'Publish nothing else to this topic; if the stack was just updated, this function is older than its sender.',
  );
}
