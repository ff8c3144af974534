// Marks a message as a test: it reads like the real one, and says in every place that nothing has happened.
import type { Message } from './message.ts';

const WHAT = 'This is a test';

/** `about`: what it tests, for its title; the message's own title otherwise. */
export function testMessage(message: Message, about = message.title): Message {
  const title = `${WHAT}: ${about}`;
  return {
    ...message,
    title,
    text: `${title}.\n\nNothing has happened, and nothing needs to be done. The real one looks like this:\n\n${message.text}`,
    attributes: { ...message.attributes, kind: 'test' },
  };
}
