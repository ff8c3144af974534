// Marks a message as a test: it reads like the real one, and says in every place that nothing has happened.
import type { Message } from './message.ts';

/** `about`: what it tests, for its title; the message's own title otherwise. */
export function testMessage({ asciiTitle, ...message }: Message, about?: string): Message {
  const title = `Test: ${about ?? message.title}`;
  return {
    ...message,
    title,
    ...(about === undefined && asciiTitle !== undefined && { asciiTitle: `Test: ${asciiTitle}` }),
    text: `${title}.\n\nThis is a test. Nothing has happened, and nothing needs to be done.\nThe real one looks like this:\n\n${message.text}`,
    attributes: { ...message.attributes, kind: 'test' },
  };
}
