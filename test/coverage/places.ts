// Where in a script that ran the stretches of a source are: in the source itself, or in a bundle by its source map.
import type { Stretch } from './code-structure.ts';
import type { MeasuredFile } from './measured-file.ts';

/** What of the source is where in the script. */
export interface Token {
  readonly source: number;
  readonly script: number;
}

/** Offsets in the script that run together with the beginning of the stretch; nothing where none is left of it. */
export type Places = ReadonlyMap<Stretch, readonly number[]>;

/** Node strips types in place: the offsets of the source are those of the script. */
export function placesInSource(file: MeasuredFile): Places {
  return new Map(stretchesOf(file).map((stretch) => [stretch, [stretch.from]]));
}

/**
 * A minifier makes one expression of two statements, `f(a ? b : c)` of `if (a) f(b); else f(c)`: what the first tokens of a
 * stretch have run says nothing about it. So these are all its tokens up to where the next stretch or function begins, or of
 * the first one inside of it that has any: that could not run without the one around it. What follows `a && await b` in a
 * bundle may be counted too low: where `a` is false, V8 takes all that is behind it for what waits for `b`.
 *
 * `tokens` ascend in the source.
 */
export function placesInBundle(file: MeasuredFile, tokens: readonly Token[]): Places {
  const places = new Map<Stretch, readonly number[]>();
  for (const stretch of stretchesOf(file)) {
    const { from, until } = stretch;
    let at = lowerBound(file.starts, (start) => start >= from);
    for (let start = file.starts[at]; start !== undefined && start < until; start = file.starts[at]) {
      at += 1;
      const end = Math.min(until, file.starts[at] ?? until);
      const own: number[] = [];
      let token = lowerBound(tokens, ({ source }) => source >= start);
      for (let one = tokens[token]; one !== undefined && one.source < end; one = tokens[token]) {
        own.push(one.script);
        token += 1;
      }
      if (own.length > 0) {
        places.set(stretch, own);
        break;
      }
    }
  }
  return places;
}

function stretchesOf({ measured }: MeasuredFile): Stretch[] {
  return measured.flatMap(({ stretch, butNot }) => (butNot === null ? [stretch] : [stretch, butNot]));
}

/** The index of the first that is reached; those that are come after those that are not. */
function lowerBound<T>(ascending: readonly T[], isReached: (one: T) => boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = ascending[middle];
    if (one === undefined || isReached(one)) high = middle;
    else low = middle + 1;
  }
  return low;
}
