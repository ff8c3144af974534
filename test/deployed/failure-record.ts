// What Lambda's on-failure destination says of an invocation that was given up.
import * as v from 'valibot';

const schema = v.object({
  version: v.literal('1.0'),
  requestContext: v.object({
    functionArn: v.string(),
    condition: v.literal('RetriesExhausted'),
    approximateInvokeCount: v.number(),
  }),
  requestPayload: v.unknown(),
  responsePayload: v.object({ errorMessage: v.string() }),
});

export interface FailureRecord {
  /** Of the construct, as `CheckBudgets`. */
  readonly construct: string;
  readonly attempts: number;
  readonly event: unknown;
  readonly errorMessage: string;
}

/** `null`: a dead letter of another kind. */
export function parseFailureRecord(body: string): FailureRecord | null {
  const parsed = v.safeParse(schema, JSON.parse(body));
  if (!parsed.success) return null;
  const { requestContext, requestPayload, responsePayload } = parsed.output;
  return {
    construct: /-BudgetAlerts(\w+?)[0-9A-F]{8}:/.exec(requestContext.functionArn)?.[1] ?? '',
    attempts: requestContext.approximateInvokeCount,
    event: requestPayload,
    errorMessage: responsePayload.errorMessage,
  };
}
