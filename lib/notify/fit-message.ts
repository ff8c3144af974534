// Fits a message into a channel that limits its size: fewer alerts in the JSON, fewer lines in the text, exact totals.
import { cutLine, cutText, type SizeOf } from './cut-text.ts';
import { mailText } from './mail-text.ts';
import type { Message } from './message.ts';
import { alertDocument, type MessageDocument, messageDocument } from './message-document.ts';
import { statusCommand } from './shell-command.ts';

export interface FittedMessage {
  /** The JSON of a MessageDocument. */
  readonly json: string;
  /** For people. */
  readonly mail: string;
}

/** A title is one line; longer than this it is no title. UTF-8 bytes. */
const MAX_TITLE_BYTES = 400;

/**
 * Both parts of a message, together at most `maxBytes` of UTF-8 when each is written as a JSON string (quotes and
 * escapes included), which is how they travel. The text takes a quarter at most; the JSON lists, in their order, as many
 * alerts as fit into the rest, and its `omitted` counts the others.
 * @throws RangeError if not even title and attributes fit
 */
export function fitMessage(message: Message, maxBytes: number): FittedMessage {
  const bounded: Message = {
    ...message,
    title: cutLine(sendable(message.title), MAX_TITLE_BYTES, (text) => Buffer.byteLength(text)),
    text: cutText(sendable(message.text), Math.floor(maxBytes / 4), bytesInString, cutHere(message)),
  };
  const mail = mailText(bounded);
  const room = maxBytes - quotedBytes(mail) - quotedBytes(jsonOf(messageDocument(bounded, 0)));
  if (room < 0) throw new RangeError(`a message does not fit into ${maxBytes} bytes`);
  const json = jsonOf(messageDocument(bounded, alertsWithin(bounded, room)));
  return { json, mail };
}

/** The document without alerts counts all of them, so its digits and its notice take up as much as they ever will. */
function alertsWithin({ alerts, messageId, flags }: Message, maxBytes: number): number {
  let room = maxBytes;
  for (const [position, alert] of alerts.entries()) {
    const separator = position === 0 ? 0 : 1;
    room -= separator + bytesInString(jsonOf(alertDocument(alert, messageId, flags)));
    if (room < 0) return position;
  }
  return alerts.length;
}

function cutHere({ alerts, flags }: Message): string {
  const cut = 'This text was too long and is cut here.';
  if (alerts.length === 0) return cut;
  const total = `${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'} in all`;
  return `${cut} It is about ${total}: \`${statusCommand(flags)}\` lists every budget.`;
}

/** Texts travel in XML, which has no controls but line feeds; SNS refuses a message for a single other one. */
function sendable(text: string): string {
  return text.toWellFormed().replace(/(?!\n)[\p{Cc}\p{Noncharacter_Code_Point}]/gu, '');
}

/** Noncharacters are legal in JSON and illegal in XML, so they travel escaped. */
function jsonOf(value: MessageDocument | ReturnType<typeof alertDocument>): string {
  return JSON.stringify(value).replace(/\p{Noncharacter_Code_Point}/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

function escaped(codeUnit: number): string {
  return `\\u${codeUnit.toString(16).padStart(4, '0')}`;
}

const bytesInString: SizeOf = (text) => quotedBytes(text) - 2;

function quotedBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
