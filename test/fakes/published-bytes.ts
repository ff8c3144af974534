// What SNS counts against its limit: the message, its subject and its attributes, in UTF-8.
import type { publishInput } from '../../lib/aws/publish-input.ts';

export function publishedBytes(input: ReturnType<typeof publishInput>): number {
  const { Message = '', Subject = '', MessageAttributes = {} } = input;
  const attributes = Object.entries(MessageAttributes).flatMap(([name, { DataType, StringValue }]) => {
    return [name, DataType ?? '', StringValue ?? ''];
  });
  return [Message, Subject, ...attributes].reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}
