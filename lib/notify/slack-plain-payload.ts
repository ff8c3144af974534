// A message in Slack without any blocks: for when Slack refuses those, so that nobody misses it for a flaw of its layout.
import { markedTitle, markOf } from './message-mark.ts';
import { oneLine } from './one-line.ts';
import type { ReceivedMessage } from './received-message.ts';
import { columns, line } from './slack-text.ts';
import { withoutTitle } from './without-title.ts';

export interface SlackPlainPayload {
  readonly text: string;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** In characters of JSON. Slack advises 4,000 for a text, and cuts at 40,000 (docs.slack.dev, chat.postMessage). */
const MAX_TITLE = 400;
const MAX_TEXT = 3_000;
const MAX_WHY = 300;

/** `why`: what became of the blocks. */
export function slackPlainPayload(message: ReceivedMessage, why: string): SlackPlainPayload {
  const text = columns(withoutTitle(message), MAX_TEXT);
  return {
    text: [
      `*${line(markedTitle(markOf(message), oneLine(message.title)), MAX_TITLE)}*`,
      ...(text === '' ? [] : [text]),
      `This is the text alone. ${line(why, MAX_WHY)}`,
    ].join('\n'),
    unfurl_links: false,
    unfurl_media: false,
  };
}
