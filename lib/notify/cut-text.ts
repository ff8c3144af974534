// Shortens texts for channels that have limits: at a line's end where there is one, never inside a character.
import { graphemesOf } from '../spend/graphemes.ts';

const ELLIPSIS = '…';

/** How much of a limit a text takes up; the parts of a text must add up to the whole. */
export type SizeOf = (text: string) => number;

/**
 * `text`, or as many of its first lines as leave room for `lastLine` below them. A single line that is too long by
 * itself is cut inside. Empty if there is no room even for `lastLine`.
 */
export function cutText(text: string, limit: number, sizeOf: SizeOf, lastLine: string): string {
  if (sizeOf(text) <= limit) return text;
  const ending = `\n\n${lastLine}`;
  let room = limit - sizeOf(ending);
  if (room < 0) return '';
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const size = sizeOf(kept.length === 0 ? line : `\n${line}`);
    if (size > room) {
      const nothingSaid = kept.every((blank) => blank.trim() === '');
      if (nothingSaid) kept.push(cutLine(line, room - sizeOf('\n'), sizeOf));
      break;
    }
    kept.push(line);
    room -= size;
  }
  return `${kept.join('\n').trimEnd()}${ending}`;
}

/** `line`, or the longest beginning that fits with an ellipsis and ends where a character, as people see it, ends. */
export function cutLine(line: string, limit: number, sizeOf: SizeOf): string {
  if (sizeOf(line) <= limit) return line;
  const room = limit - sizeOf(ELLIPSIS);
  if (room < 0) return '';
  let [fits, tooLong] = [0, line.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (sizeOf(line.slice(0, middle)) <= room) fits = middle;
    else tooLong = middle;
  }
  return `${line.slice(0, characterStart(line, fits)).trimEnd()}${ELLIPSIS}`;
}

/** One letter may carry any number of marks: such a one is cut between code points, or nothing would be left. */
function characterStart(line: string, position: number): number {
  const start = graphemesOf(line).containing(position)?.index ?? position;
  if (start > 0) return start;
  const codePoint = line.codePointAt(position - 1) ?? 0;
  return codePoint > 0xffff ? position - 1 : position;
}
