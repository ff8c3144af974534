// CloudFormation's custom resources: what a stack asks a function for, and the answer that the stack waits for.
import * as v from 'valibot';
import { BudgetAlertsError } from '../errors.ts';

const requestSchema = v.object({
  RequestType: v.picklist(['Create', 'Update', 'Delete']),
  ResponseURL: v.pipe(v.string(), v.url()),
  StackId: v.string(),
  RequestId: v.string(),
  LogicalResourceId: v.string(),
  PhysicalResourceId: v.optional(v.string()),
  ResourceProperties: v.unknown(),
});

export type CustomResourceRequest = v.InferOutput<typeof requestSchema>;

/** The whole answer may have 4 KB. */
const MAX_REASON_CHARACTERS = 2_000;

/** @throws BudgetAlertsError `event-malformed`; nobody can be answered then */
export function parseCustomResourceRequest(event: unknown): CustomResourceRequest {
  const parsed = v.safeParse(requestSchema, event);
  if (parsed.success) return parsed.output;
  throw new BudgetAlertsError(
    'event-malformed',
    'The event must be what CloudFormation sends for a custom resource: deploy the stack instead of starting this by hand.',
  );
}

/**
 * Tells the stack how it went. Another physical id would make CloudFormation delete "the old resource", so it stays.
 * @param failure what people read in the stack's events; `null`: all went well
 */
export async function answerCustomResource(
  request: CustomResourceRequest,
  physicalId: string,
  failure: string | null,
): Promise<void> {
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = physicalId } = request;
  const answer = {
    Status: failure === null ? 'SUCCESS' : 'FAILED',
    ...(failure !== null && { Reason: failure.slice(0, MAX_REASON_CHARACTERS) }),
    PhysicalResourceId,
    StackId,
    RequestId,
    LogicalResourceId,
  };
  // As bytes, so that no content type is sent: the address is signed without one.
  const body = new TextEncoder().encode(JSON.stringify(answer));
  const { ok, status } = await fetch(request.ResponseURL, { method: 'PUT', body, redirect: 'error' });
  if (!ok) {
    throw new BudgetAlertsError(
      'stack-unanswered',
      `CloudFormation's address for the answer replied ${status}. The stack goes on after the resource's time-out.`,
    );
  }
}
