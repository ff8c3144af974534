// Shortens a name in its middle, for where its beginning and its end both tell it from others.
import { graphemesOf } from '../spend/graphemes.ts';

/** At most `maxCharacters` as people see them, of which the ellipsis is one. */
export function cutMiddle(name: string, maxCharacters: number): string {
  if (name.length <= maxCharacters) return name;
  const characters = Array.from(graphemesOf(name), ({ segment }) => segment);
  if (characters.length <= maxCharacters) return name;
  const end = Math.floor((maxCharacters - 1) / 3);
  const start = maxCharacters - 1 - end;
  return `${characters.slice(0, start).join('').trimEnd()}…${characters.slice(-end).join('').trimStart()}`;
}
