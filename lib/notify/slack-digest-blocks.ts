// A digest in Slack: the total, then each section as a list.
import type { DigestSection, DigestView } from './digest-view.ts';
import { listWithin } from './list-within.ts';
import { BLOCK_FRAME, context, MAX_SECTION, type SlackBlock, section } from './slack-blocks.ts';
import { line, quotedSize } from './slack-text.ts';

const MAX_SECTIONS = 30;
const MAX_TEXT = 200;
/** The heading and the line that counts the rest, at the least. */
const LEAST_SECTION = 300;

/** At most `maxSize` characters of JSON; what does not fit is counted. */
export function digestBlocks(digest: DigestView, maxSize: number): SlackBlock[] {
  const change = digest.change === null ? '' : ` (${line(digest.change, MAX_TEXT)})`;
  const total = section(
    `${line(digest.period, MAX_TEXT)}\n*Total:* ${line(digest.total, MAX_TEXT)}${change}`,
  );
  const blocks: SlackBlock[] = [total];
  let room = maxSize - 4 * MAX_TEXT - 2 * BLOCK_FRAME;
  for (const [position, each] of digest.sections.entries()) {
    const space = Math.min(MAX_SECTION, room - BLOCK_FRAME);
    if (position >= MAX_SECTIONS || space < LEAST_SECTION) {
      blocks.push(context([`${digest.sections.length - position} more sections are not shown here.`]));
      break;
    }
    const text = sectionText(each, space);
    blocks.push(section(text));
    room -= quotedSize(text) + BLOCK_FRAME;
  }
  return blocks;
}

function sectionText({ heading, lines, more }: DigestSection, maxSize: number): string {
  const first = `*${line(heading, MAX_TEXT)}*`;
  const listed = lines.map(({ label, detail }) => `• ${line(label, MAX_TEXT)}: ${line(detail, MAX_TEXT)}`);
  const shown = listWithin(listed, more, {
    maxSize: maxSize - quotedSize(`${first}\n`),
    maxLines: listed.length,
    rest: (count) => `and ${count} more`,
    sizeOf: quotedSize,
  });
  return [first, ...(shown.length === 0 ? ['none'] : shown)].join('\n');
}
