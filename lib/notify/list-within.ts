// As many lines of a list as there is room for, and a last one that counts all the others.
import type { SizeOf } from './cut-text.ts';

interface ListWithin {
  readonly maxSize: number;
  readonly maxLines: number;
  /** The line that stands for so many. */
  readonly rest: (count: number) => string;
  readonly sizeOf: SizeOf;
}

/**
 * The first of `lines`, and a line that counts the others together with the `uncounted` that are not even in `lines`.
 * Every line counts with its line end. The last line always comes, since a total must not depend on room: leave some.
 */
export function listWithin(
  lines: readonly string[],
  uncounted: number,
  { maxSize, maxLines, rest, sizeOf }: ListWithin,
): string[] {
  const restOf = (shown: number): string[] => {
    const others = lines.length - shown + uncounted;
    return others === 0 ? [] : [rest(others)];
  };
  const sizeOfAll = (some: readonly string[]) => some.reduce((sum, line) => sum + sizeOf(`${line}\n`), 0);
  let [shown, size] = [0, 0];
  for (const [position, line] of lines.slice(0, maxLines).entries()) {
    size += sizeOf(`${line}\n`);
    if (size > maxSize) break;
    if (size + sizeOfAll(restOf(position + 1)) <= maxSize) shown = position + 1;
  }
  return [...lines.slice(0, shown), ...restOf(shown)];
}
