// Examines a topic: is it there, and has anybody confirmed a subscription to it.
import { GetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';
import { BudgetAlertsError } from '../errors.ts';
import type { Audience } from '../notify/notifier.ts';
import { type Finding, finding, fine } from '../run/finding.ts';
import { isNotAllowed, nameOf } from './refused-call.ts';
import { createSnsClient } from './sns-client.ts';
import { topicRegion } from './topic-region.ts';

export interface TopicToExamine {
  readonly check: string;
  readonly topicArn: string;
  /** What nobody hears, for people: `alerts on the route oncall`. */
  readonly carries: string;
  /** The default asks SNS in the topic's own region. */
  readonly client?: SNSClient;
}

const REQUEST_TIMEOUT_MS = 8_000;
/** SNS says NotFound, the SDK NotFoundException. */
const NOT_FOUND = /^NotFound(Exception)?$/;

/** @throws BudgetAlertsError `state-unavailable` */
export async function examineTopic(examined: TopicToExamine): Promise<Finding[]> {
  const { check, topicArn } = examined;
  const client = examined.client ?? createSnsClient(topicRegion(topicArn));
  try {
    const command = new GetTopicAttributesCommand({ TopicArn: topicArn });
    const bounded = { abortSignal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) };
    const { Attributes = {} } = await client.send(command, bounded);
    const audience = {
      confirmed: Number(Attributes.SubscriptionsConfirmed ?? 0),
      pending: Number(Attributes.SubscriptionsPending ?? 0),
    };
    return [audienceFinding(examined, audience)];
  } catch (error) {
    if (NOT_FOUND.test(nameOf(error))) return [missing(examined)];
    if (isNotAllowed(error)) {
      const fix = 'Run this as somebody who may sns:GetTopicAttributes on it.';
      return [finding(check, 'skipped', `You may not look at the topic ${topicArn}.`, fix)];
    }
    throw new BudgetAlertsError(
      'state-unavailable',
      `The topic ${topicArn} could not be looked at (${nameOf(error)}). Check the network, AWS_REGION and your credentials.`,
    );
  } finally {
    if (examined.client === undefined) client.destroy();
  }
}

function missing({ check, topicArn, carries }: TopicToExamine): Finding {
  return finding(
    check,
    'failed',
    `There is no topic ${topicArn}: nobody hears ${carries}.`,
    'A deployment alone does not make a deleted topic anew: make one of the same name (aws sns create-topic --name ' +
      `${topicArn.split(':').at(-1)}), take its subscriptions out of the stack, deploy, put them back, and deploy again.`,
  );
}

function audienceFinding(
  { check, topicArn, carries }: TopicToExamine,
  { confirmed, pending }: Audience,
): Finding {
  const waiting = pending === 0 ? '' : `, ${pending} not confirmed yet`;
  if (confirmed > 0) {
    return fine(check, `${confirmed} confirmed subscription${confirmed === 1 ? '' : 's'}${waiting}.`);
  }
  return finding(
    check,
    'failed',
    `Nobody hears ${carries}: ${topicArn} has no confirmed subscription${waiting}.`,
    pending === 0
      ? "Add an address to the deployment's configuration and deploy, or subscribe somebody in the SNS console."
      : 'Confirm the e-mail that AWS sent, as step 6 of docs/deploy.md says (look in the spam folder). AWS forgets a ' +
          'subscription that nobody has confirmed within 48 hours, and a deployment does not bring it back: then run aws ' +
          `sns subscribe --topic-arn ${topicArn} --protocol email --notification-endpoint ADDRESS`,
  );
}
