// The description of a notification for Amazon Q: lines about one alert, or about a digest, within what a chat shows.
import { chatCode, chatLine } from './amazon-q-text.ts';
import type { SizeOf } from './cut-text.ts';
import type { DigestView } from './digest-view.ts';
import { listWithin } from './list-within.ts';
import { percentBar } from './percent-bar.ts';
import { type ReceivedAlert, takenBackId } from './received-message.ts';

/** In UTF-16 code units, as all sizes here. By their sum an alert in full leaves 400 of a description to others. */
const MAX_TITLE = 200;
const MAX_FACT = 110;
const MAX_LABEL = 100;
const MAX_FIGURE = 40;
const MAX_CONTRIBUTORS = 8;
const MAX_CONTRIBUTORS_SIZE = 700;
const MAX_ID = 250;
const MAX_DIGEST_TEXT = 120;
/** A heading, a line and the line that counts the rest. */
const LEAST_SECTION = 400;

export const characters: SizeOf = (text) => text.length;

export function alertLines(alert: ReceivedAlert): string[] {
  const { view } = alert;
  const original = takenBackId(alert);
  const percent = view.percent === null ? null : chatLine(view.percent, MAX_FIGURE);
  const facts: [string, string | null][] = [
    ['Spent', view.spent],
    ['Limit', view.limit],
    ['Against the limit', view.left],
    ['Threshold', view.threshold],
    ['Period', view.period],
    ['Pace', view.pace],
    ['Budget', view.budget],
    ['Scope', view.scope],
    ['Data', view.data],
  ];
  return [
    `*${chatLine(alert.title, MAX_TITLE)}*`,
    ...(original === null
      ? []
      : [`*Takes back:* alert ${chatCode(original, MAX_ID)}, which no longer holds`]),
    ...(alert.late ? ['*Found late:* the period had already ended'] : []),
    percentBar({ filled: view.filled, percent }),
    ...facts.flatMap(([name, value]) => (value === null ? [] : [`*${name}:* ${chatLine(value, MAX_FACT)}`])),
    ...contributorLines(alert),
  ];
}

function contributorLines({ view }: ReceivedAlert): string[] {
  if (view.contributors.length === 0) return [];
  const lines = view.contributors.map(({ label, amount, share, change }) => {
    const figures = [amount, share, change].flatMap((text) =>
      text === null ? [] : [chatLine(text, MAX_FIGURE)],
    );
    return `• ${chatLine(label, MAX_LABEL)}: ${figures.join(', ')}`;
  });
  const shown = listWithin(lines, 0, {
    maxSize: MAX_CONTRIBUTORS_SIZE,
    maxLines: MAX_CONTRIBUTORS,
    rest: (count) => `and ${count} more`,
    sizeOf: characters,
  });
  return ['*Most of it*', ...shown];
}

/** At most `maxCharacters`; what does not fit is counted. */
export function digestLines(digest: DigestView, maxCharacters: number): string[] {
  const change = digest.change === null ? '' : ` (${chatLine(digest.change, MAX_DIGEST_TEXT)})`;
  const lines = [
    chatLine(digest.period, MAX_DIGEST_TEXT),
    `*Total:* ${chatLine(digest.total, MAX_DIGEST_TEXT)}${change}`,
  ];
  const roomLeft = () => maxCharacters - characters(lines.join('\n'));
  for (const [position, { heading, lines: own, more }] of digest.sections.entries()) {
    if (roomLeft() < LEAST_SECTION) {
      lines.push('', `${digest.sections.length - position} more sections are not shown here.`);
      break;
    }
    lines.push('', `*${chatLine(heading, MAX_DIGEST_TEXT)}*`);
    const listed = own.map(({ label, detail }) => {
      return `• ${chatLine(label, MAX_DIGEST_TEXT)}: ${chatLine(detail, MAX_DIGEST_TEXT)}`;
    });
    const shown = listWithin(listed, more, {
      maxSize: roomLeft() - 1 - LEAST_SECTION / 4,
      maxLines: listed.length,
      rest: (count) => `and ${count} more`,
      sizeOf: characters,
    });
    lines.push(...(shown.length === 0 ? ['none'] : shown));
  }
  return lines;
}
