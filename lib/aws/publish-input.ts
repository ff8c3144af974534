// One message as the parameters of SNS's Publish: subject, two texts, and the attributes that filter policies read.
import type { MessageAttributeValue, PublishCommandInput } from '@aws-sdk/client-sns';
import { fitMessage } from '../notify/fit-message.ts';
import { mailSubject } from '../notify/mail-subject.ts';
import type { Message, MessageAttributes } from '../notify/message.ts';
import { MESSAGE_ATTRIBUTES } from './deployment-names.ts';

/** SNS's own limit for a topic that asks for no other: message, subject and attributes together, in UTF-8. */
export const MAX_PUBLISH_BYTES = 256 * 1024;
/** Lambda limits the event, in which the message stands in an envelope. */
const ENVELOPE_BYTES = 4 * 1024;

/** More than ten, and SQS drops a message that is delivered raw. */
const MAX_ATTRIBUTES = 10;
const MAX_ATTRIBUTE_CHARACTERS = 256;
const ATTRIBUTE_NAME = /^(?!aws\.|amazon\.)[\w-]+(?:\.[\w-]+)*$/i;
const UNSENDABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** `default`, for programs, is the versioned JSON; `email` is for people. */
export function publishInput(message: Message, topicArn: string): PublishCommandInput {
  const attributes = sentAttributes(message.attributes);
  const line = mailSubject(message);
  const taken = attributes.reduce(
    (bytes, [name, value]) => bytes + bytesOf(name, 'String', value),
    bytesOf(line),
  );
  const frame = bytesOf(JSON.stringify({ default: '', email: '' })) - bytesOf('""""');
  const fitted = fitMessage(message, MAX_PUBLISH_BYTES - ENVELOPE_BYTES - taken - frame);
  return {
    TopicArn: topicArn,
    Subject: line,
    MessageStructure: 'json',
    Message: JSON.stringify({ default: fitted.json, email: fitted.mail }),
    MessageAttributes: Object.fromEntries(attributes.map(([name, value]) => [name, attributeValue(value)])),
  };
}

/**
 * An attribute that SNS would refuse is left out: without it some filter misses the message, with it everybody would. Where
 * there are too many the ids go, by which nobody can filter: they are there only where all alerts share them.
 */
export function sentAttributes({
  kind,
  severity,
  organization,
  budgetId,
  projectId,
  route,
  code,
  labels,
}: MessageAttributes): [string, string][] {
  const own: [string, string | undefined][] = [
    [MESSAGE_ATTRIBUTES.kind, kind],
    [MESSAGE_ATTRIBUTES.severity, severity],
    [MESSAGE_ATTRIBUTES.route, route],
    [MESSAGE_ATTRIBUTES.organization, organization],
    [MESSAGE_ATTRIBUTES.code, code],
  ];
  const ids: [string, string | undefined][] = [
    [MESSAGE_ATTRIBUTES.budgetId, budgetId],
    [MESSAGE_ATTRIBUTES.projectId, projectId],
  ];
  const ownNames = new Set([...own, ...ids].map(([name]) => name));
  return [...own, ...Object.entries(labels).filter(([name]) => !ownNames.has(name)), ...ids]
    .flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))
    .filter(
      ([name, value]) =>
        name.length <= MAX_ATTRIBUTE_CHARACTERS && ATTRIBUTE_NAME.test(name) && isSendable(value),
    )
    .slice(0, MAX_ATTRIBUTES);
}

function isSendable(value: string): boolean {
  return value !== '' && value.length <= MAX_ATTRIBUTE_CHARACTERS && !UNSENDABLE.test(value);
}

function attributeValue(value: string): MessageAttributeValue {
  return { DataType: 'String', StringValue: value };
}

function bytesOf(...texts: readonly string[]): number {
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}
