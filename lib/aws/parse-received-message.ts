// Reads the versioned JSON of a message as a subscriber receives it: what is shown must be there, the rest may grow.
import * as v from 'valibot';
import { BudgetAlertsError } from '../errors.ts';
import { ALERT_SCHEMA } from '../notify/message-document.ts';
import type { ReceivedMessage } from '../notify/received-message.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const id = v.pipe(v.string(), v.minLength(1));
const severity = v.picklist(['info', 'warning', 'critical']);

const view = v.object({
  who: v.string(),
  spent: v.string(),
  limit: v.string(),
  left: v.string(),
  percent: v.nullable(v.string()),
  filled: v.pipe(v.number(), v.finite(), v.minValue(0)),
  threshold: v.string(),
  budget: v.string(),
  scope: v.string(),
  period: v.string(),
  pace: v.nullable(v.string()),
  contributors: v.array(
    v.object({
      label: v.string(),
      amount: v.string(),
      share: v.nullable(v.string()),
      change: v.nullable(v.string()),
    }),
  ),
  data: v.string(),
  /** Senders of before had none. */
  advice: v.optional(v.string(), 'See at OpenAI what it was spent on, and stop what should not run'),
  usageUrl: v.string(),
  explain: v.string(),
  silence: v.string(),
});

const alert = v.object({
  id,
  budgetId: id,
  reason: v.string(),
  severity,
  late: v.boolean(),
  period: v.object({ kind: v.string(), start: v.string(), end: v.string() }),
  title: v.string(),
  text: v.string(),
  view,
});

const digest = v.object({
  period: v.string(),
  total: v.string(),
  change: v.nullable(v.string()),
  sections: v.array(
    v.object({
      heading: v.string(),
      lines: v.array(v.object({ label: v.string(), detail: v.string() })),
      more: count,
    }),
  ),
});

const schema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    schema: v.literal(ALERT_SCHEMA),
    messageId: id,
    title: v.string(),
    text: v.string(),
    attributes: v.object({
      kind: v.string(),
      severity,
      organization: v.exactOptional(v.string()),
      budgetId: v.exactOptional(v.string()),
      projectId: v.exactOptional(v.string()),
      code: v.exactOptional(v.string()),
      route: v.exactOptional(v.string()),
      labels: v.record(v.string(), v.string()),
    }),
    alerts: v.array(alert),
    omitted: count,
    notice: v.exactOptional(v.string()),
    summary: v.exactOptional(v.string()),
    status: v.exactOptional(v.string()),
    doctor: v.exactOptional(v.string()),
    waiting: v.exactOptional(count),
    digest: v.exactOptional(digest),
  }),
);

/** @throws BudgetAlertsError `event-malformed`, with the place of what is wrong and nothing of its content */
export function parseReceivedMessage(text: string): ReceivedMessage {
  const parsed = v.safeParse(schema, text);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new BudgetAlertsError(
    'event-malformed',
    `What came over the alerts topic is not a message of the schema ${ALERT_SCHEMA} (wrong: ${v.getDotPath(issue) ?? 'the whole text'}). ` +
      'Publish nothing else to this topic; if the stack was just updated, this function is older or newer than the sender.',
  );
}
