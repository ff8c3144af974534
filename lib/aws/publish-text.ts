// Publishes one text to an SNS topic as it stands: one attempt, and an error that says what is known of its fate.
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { BudgetAlertsError } from '../errors.ts';
import { publishFailure } from './publish-failure.ts';

export interface PublishTextOptions {
  readonly client: SNSClient;
  readonly topicArn: string;
  /** From connecting to the last byte of the answer. */
  readonly timeoutMs: number;
}

/**
 * @throws BudgetAlertsError `publish-refused` if surely nothing was sent, `publish-uncertain` if it may have been:
 * whoever publishes again after the latter may send it twice
 */
export async function publishText(text: string, options: PublishTextOptions): Promise<void> {
  const { client, topicArn, timeoutMs } = options;
  if (timeoutMs <= 0) throw refused('there was no time left to publish');
  try {
    await client.send(new PublishCommand({ TopicArn: topicArn, Message: text }), {
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    const { outcome, why } = publishFailure(error);
    if (outcome === 'refused') throw refused(why);
    throw new BudgetAlertsError(
      'publish-uncertain',
      `The message may or may not have reached its topic (${why}). It is tried again, and so may be shown twice; ` +
        'what fails for good is in the dead-letter queue.',
    );
  }
}

function refused(why: string): BudgetAlertsError {
  return new BudgetAlertsError(
    'publish-refused',
    `The message was not published (${why}). It is tried again; what fails for good is in the dead-letter queue.`,
  );
}
