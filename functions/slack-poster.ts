// Posts what the alerts topic says to Slack, and looks for a new webhook when Slack refuses the one it knows.

import type { InvocationContext } from '../lib/aws/run-function.ts';
import { logRun } from '../lib/aws/run-log.ts';
import type { SecretReader } from '../lib/aws/secret-reader.ts';
import { parseSnsEvent } from '../lib/aws/sns-event.ts';
import { BudgetAlertsError } from '../lib/errors.ts';
import { type SlackPayload, slackPayload } from '../lib/notify/slack-payload.ts';
import { type PostOptions, postToWebhook } from '../lib/slack/post-to-webhook.ts';
import { parseReceivedMessage } from '../lib/slack/received-message.ts';
import { parseWebhookUrl, type WebhookUrl } from '../lib/slack/webhook-url.ts';
import { instantOfEpochMs } from '../lib/time/instant.ts';

/** Time to log and to end by ourselves. */
const RESERVE_MS = 2_000;

export interface SlackPosterOptions {
  /** Holds the webhook's address and nothing else. */
  readonly secretId: string;
  readonly secrets: SecretReader;
  readonly post?: Omit<PostOptions, 'deadline'>;
}

/** The handler throws if any record could not be posted, so that Lambda tries again once and then keeps it as dead. */
export function createSlackPoster({ secretId, secrets, post }: SlackPosterOptions) {
  const webhook = async (): Promise<WebhookUrl> => {
    const text = await secrets.read(secretId);
    try {
      return parseWebhookUrl(text);
    } catch (error) {
      secrets.forget(secretId);
      throw error;
    }
  };

  const deliver = async (payload: SlackPayload, options: PostOptions): Promise<void> => {
    const url = await webhook();
    try {
      await postToWebhook(url, payload, options);
    } catch (error) {
      if (codeOf(error) !== 'slack-refused') throw error;
      // The address may have been replaced since it was read.
      secrets.forget(secretId);
      const stored = await webhook();
      if (stored === url) throw error;
      await postToWebhook(stored, payload, options);
    }
  };

  return async (event: unknown, context: InvocationContext): Promise<void> => {
    const startedAtMs = performance.now();
    const deadline = instantOfEpochMs(Date.now() + context.getRemainingTimeInMillis() - RESERVE_MS);
    const failures: unknown[] = [];
    let records = 0;
    try {
      for (const text of parseSnsEvent(event)) {
        records += 1;
        try {
          await deliver(slackPayload(parseReceivedMessage(text)), { ...post, deadline });
        } catch (error) {
          failures.push(error);
        }
      }
    } catch (error) {
      failures.push(error);
    }
    logRun({
      function: 'post-to-slack',
      outcome: failures.length === 0 ? 'done' : 'failed',
      awsRequestId: context.awsRequestId,
      durationMs: Math.round(performance.now() - startedAtMs),
      records,
      failed: failures.length,
      errors: failures.map(codeOf),
    });
    if (failures.length > 0) throw failures[0];
  };
}

function codeOf(error: unknown): string {
  if (error instanceof BudgetAlertsError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}
