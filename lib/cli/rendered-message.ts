// One message as each channel shows it, by the way that it takes in a deployment: published, received, rendered.
import { parseReceivedMessage } from '../aws/parse-received-message.ts';
import { publishInput } from '../aws/publish-input.ts';
import type { Message } from '../notify/message.ts';
import { type ChatRendering, chatRenderings } from './chat-rendering.ts';

export interface RenderedMessage {
  readonly subject: string;
  readonly email: string;
  readonly chats: readonly ChatRendering[];
  /** The versioned JSON, as programs receive it. */
  readonly json: string;
}

/** Nothing is sent there. */
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:preview';

export function renderMessage(message: Message): RenderedMessage {
  const { Subject: subject = '', Message: texts = '' } = publishInput(message, TOPIC);
  const { default: json, email }: { default: string; email: string } = JSON.parse(texts);
  return { subject, email, json, chats: chatRenderings(parseReceivedMessage(json)) };
}
