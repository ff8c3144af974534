// The text of a message as a mail has it: prose is broken at 72 columns, what is laid out already stays as it is.
import type { Message } from './message.ts';
import { wrapped } from './wrap-text.ts';

/**
 * Texts of alerts and digests have their columns. The others are paragraphs, whose lines chats break by themselves; their
 * first line, the title, is left whole as everywhere.
 */
export function mailText({ text, alerts, digest }: Pick<Message, 'text' | 'alerts' | 'digest'>): string {
  if (alerts.length > 0 || digest !== undefined) return text;
  const [title = '', ...paragraphs] = text.split('\n');
  return [title, ...paragraphs.map((line) => wrapped(line))].join('\n');
}
