// The few blocks of Slack's Block Kit that messages are built of, with what Slack allows of each.

interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: boolean;
}

/** `verbatim`: Slack makes no link of an address, and no mention of an `@name`, that stands in a plain text. */
interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

export type SlackBlock =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: Mrkdwn }
  | { readonly type: 'section'; readonly fields: Mrkdwn[] }
  | { readonly type: 'context'; readonly elements: Mrkdwn[] };

/** Of docs.slack.dev (Block Kit reference), in characters; a text must have one at least. */
export const MAX_HEADER = 150;
/** 3,000 by the reference. */
export const MAX_SECTION = 2_900;

/** What a block of one text takes up in JSON besides its text. */
export const BLOCK_FRAME = 90;

/** Names that look like `:skull:` stay what they are: `emoji` is for texts that spell theirs so, and ours do not. */
export function header(text: string): SlackBlock {
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
}

export function section(text: string): SlackBlock {
  return { type: 'section', text: mrkdwn(text) };
}

/** Ten at most, in two columns. */
export function fields(texts: readonly string[]): SlackBlock {
  return { type: 'section', fields: texts.map(mrkdwn) };
}

/** Ten at most, small and grey. */
export function context(texts: readonly string[]): SlackBlock {
  return { type: 'context', elements: texts.map(mrkdwn) };
}

function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}
