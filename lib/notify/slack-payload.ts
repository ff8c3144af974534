// What a message looks like in Slack: a header that says how bad it is, the worst alert in full, the others as a list.
import { listWithin } from './list-within.ts';
import { markedTitle, markOf } from './message-mark.ts';
import { moreAlerts, waitingAlerts } from './more-alerts.ts';
import { withoutNoticeLines } from './notice-lines.ts';
import { oneLine } from './one-line.ts';
import { listingCommand, type ReceivedAlert, type ReceivedMessage } from './received-message.ts';
import { alertBlocks, takesBack } from './slack-alert-blocks.ts';
import { context, header, MAX_HEADER, type SlackBlock, section } from './slack-blocks.ts';
import { digestBlocks } from './slack-digest-blocks.ts';
import { code, columns, line, plainLine, prose, quotedSize, sizeOf } from './slack-text.ts';
import { withoutTitle } from './without-title.ts';

export interface SlackPayload {
  /** What notifications and screen readers say; the blocks take its place where they can be shown. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  /** What a message links to is no news: without these Slack would show previews below it. */
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/**
 * In characters of JSON. Slack refuses blocks of about 13,200 together (slackapi/bolt-js#2509), once of 11,341 (#2867), which
 * is written nowhere; these, and those of an alert in full, come to less than 11,000 by their sum.
 */
const MAX_FALLBACK = 300;
const MAX_LEAD = 300;
const MAX_BODY = 2_500;
const MAX_LIST = 2_200;
const MAX_SUMMARY = 400;
const MAX_COMMAND = 200;
const MAX_ITEM = 220;
const MAX_ITEMS = 30;
const MAX_DIGEST = 9_000;
const MAX_CODE = 100;
const NO_TITLE = 'Budget alert';

export function slackPayload(message: ReceivedMessage): SlackPayload {
  const title = markedTitle(markOf(message), oneLine(message.title) || NO_TITLE);
  return {
    text: line(title, MAX_FALLBACK),
    blocks: [
      header(plainLine(title, MAX_HEADER)),
      ...testNote(message),
      ...summaryOf(message),
      ...bodyOf(message),
      ...waitingNote(message),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function testNote({ attributes }: ReceivedMessage): SlackBlock[] {
  return attributes.kind === 'test'
    ? [section('*This is a test.* Nothing was spent, and nothing needs to be done.')]
    : [];
}

function summaryOf({ summary = '', alerts }: ReceivedMessage): SlackBlock[] {
  return summary === '' || alerts.length === 0 ? [] : [section(line(summary, MAX_SUMMARY))];
}

function waitingNote({ waiting = 0 }: ReceivedMessage): SlackBlock[] {
  return waiting === 0 ? [] : [section(waitingAlerts(waiting))];
}

function bodyOf(message: ReceivedMessage): SlackBlock[] {
  const { alerts, omitted, digest } = message;
  const [worst, ...others] = alerts;
  const listing = code(listingCommand(message), MAX_COMMAND);
  if (digest !== undefined) {
    return [...digestBlocks(digest, MAX_DIGEST), section(`Where everything stands, at any time: ${listing}`)];
  }
  if (worst === undefined && omitted === 0) return proseBlocks(message);
  const several = alerts.length + omitted > 1;
  return [
    ...(worst === undefined
      ? tableBlocks(message)
      : [...leadOf(message, worst), ...alertBlocks(worst, message.attributes.organization)]),
    ...(several ? listOf(others, omitted, listing) : []),
  ];
}

/** Where the header is about more than the worst alert, or is cut, the alert's own title stands above its facts. */
function leadOf({ title }: ReceivedMessage, worst: ReceivedAlert): SlackBlock[] {
  const isInHeader = worst.title === title && sizeOf(title) <= MAX_HEADER - 20;
  return isInHeader ? [] : [section(`*${line(worst.title, MAX_LEAD)}*`)];
}

/** The last line gives the exact number of all that no line is about. */
function listOf(others: readonly ReceivedAlert[], omitted: number, listing: string): SlackBlock[] {
  const items = others.map((alert) => `• ${line(alert.title, MAX_ITEM)}${takesBack(alert)}`);
  const lines = listWithin(items, omitted, {
    maxSize: MAX_LIST,
    maxLines: MAX_ITEMS,
    rest: (count) => `and ${moreAlerts(count, listing)}`,
    sizeOf: quotedSize,
  });
  return [section([...(others.length === 0 ? [] : ['*Also*']), ...lines].join('\n'))];
}

/** Alerts that did not fit into the JSON are told by the text of the message. */
function tableBlocks(message: ReceivedMessage): SlackBlock[] {
  const table = columns(withoutTitle(message), MAX_BODY);
  return table === '' ? [] : [section(table)];
}

/** About the system itself: what is the matter, what to do, and where the runbook says more. */
function proseBlocks(message: ReceivedMessage): SlackBlock[] {
  const { doctor, attributes } = message;
  const { kind, severity, code: runbook } = attributes;
  const body = prose(withoutNoticeLines(withoutTitle(message), { code: runbook, doctor }), MAX_BODY);
  const closes = kind === 'operations' && severity === 'info';
  return [
    ...(body === '' ? [] : [section(body)]),
    ...(doctor === undefined
      ? []
      : [section(`*What to do next*\n• See what is wrong: ${code(doctor, MAX_COMMAND)}`)]),
    ...(runbook === undefined
      ? []
      : [
          context([
            `Runbook (docs/runbook.md): ${code(runbook, MAX_CODE)}`,
            ...(closes ? [`Closes: what was reported before as ${code(runbook, MAX_CODE)}`] : []),
          ]),
        ]),
  ];
}
