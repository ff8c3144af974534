// What stands in a list of mails: that it is about OpenAI, how it is meant, and the title.

import type { Message } from './message.ts';
import { markOf } from './message-mark.ts';
import { subject } from './subject.ts';

const OPENAI = 'OpenAI';

/** As `subject` gives it. `OpenAI warning: Support chatbot is at 92 % of its $500 November budget` */
export function mailSubject(message: Message): string {
  const { attributes, asciiTitle, title } = message;
  return subject(marked(attributes.kind, markOf(message).word, asciiTitle ?? title));
}

function marked(kind: Message['attributes']['kind'], word: string, title: string): string {
  switch (kind) {
    case 'alert': {
      const own = title.startsWith(`${word}: `) ? title.slice(word.length + 2) : title;
      return `${OPENAI} ${word.toLowerCase()}: ${own}`;
    }
    case 'operations':
      return `${title.includes(OPENAI) ? 'Budget alerts' : `${OPENAI} budget alerts`}: ${title}`;
    default:
      return title;
  }
}
