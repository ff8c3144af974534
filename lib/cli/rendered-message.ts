// One message as each channel shows it, by the way that it takes in a deployment: published, received, rendered.
import { parseReceivedMessage } from '../aws/parse-received-message.ts';
import { publishInput } from '../aws/publish-input.ts';
import { type AmazonQPayload, amazonQPayload } from '../notify/amazon-q-payload.ts';
import type { Message } from '../notify/message.ts';
import { type SlackPayload, slackPayload } from '../notify/slack-payload.ts';

export interface RenderedMessage {
  readonly subject: string;
  readonly email: string;
  readonly slack: SlackPayload;
  readonly amazonQ: AmazonQPayload;
  /** The versioned JSON, as programs receive it. */
  readonly json: string;
}

/** Nothing is sent there. */
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:preview';

export function renderMessage(message: Message): RenderedMessage {
  const { Subject: subject = '', Message: texts = '' } = publishInput(message, TOPIC);
  const { default: json, email }: { default: string; email: string } = JSON.parse(texts);
  const received = parseReceivedMessage(json);
  return { subject, email, slack: slackPayload(received), amazonQ: amazonQPayload(received), json };
}
