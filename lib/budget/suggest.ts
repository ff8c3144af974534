// "Did you mean …?": the word that somebody most likely wanted to write.
import { elementAt } from '../lists/element-at.ts';

/** Longer words are no slips of the pen, and comparing them would cost time. */
const MAX_CHARACTERS = 64;

/**
 * The candidate that `word` is a spelling of: another case or `-` for `_`, a synonym, the beginning of it (`month`) or
 * more than it (`project_id`), or a few slips away. Among several the nearest, then the first. `null`: none is near.
 * `synonyms` maps lower-case words to what is to be suggested, which need not be a candidate.
 */
export function suggest(
  word: string,
  candidates: readonly string[],
  synonyms: ReadonlyMap<string, string> = new Map(),
): string | null {
  if (word.length > MAX_CHARACTERS) return null;
  const plain = word.trim().toLowerCase().replace(/[-\s]/g, '_');
  const synonym = synonyms.get(plain);
  if (synonym !== undefined) return synonym;
  return (
    nearest(plain, candidates) ?? candidates.find((candidate) => oneBeginsTheOther(plain, candidate)) ?? null
  );
}

function oneBeginsTheOther(word: string, candidate: string): boolean {
  return (
    Math.min(word.length, candidate.length) >= 3 && (word.startsWith(candidate) || candidate.startsWith(word))
  );
}

function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let fewest = slipsAllowed(word) + 1;
  for (const candidate of candidates) {
    const slips = slipsBetween(word, candidate);
    if (slips < fewest) {
      best = candidate;
      fewest = slips;
    }
  }
  return best;
}

function slipsAllowed(word: string): number {
  if (word.length < 3) return 0;
  return word.length < 6 ? 1 : word.length < 9 ? 2 : 3;
}

/** Letters missing, added, wrong, or two neighbours swapped (optimal string alignment). */
export function slipsBetween(a: string, b: string): number {
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  let beforeLast = last;
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const wrong = a[row - 1] === b[column - 1] ? 0 : 1;
      let slips = Math.min(
        elementAt(last, column) + 1,
        elementAt(current, column - 1) + 1,
        elementAt(last, column - 1) + wrong,
      );
      // Before the first letter there is none, which no letter equals.
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) slips = Math.min(slips, elementAt(beforeLast, column - 2) + 1);
      current.push(slips);
    }
    beforeLast = last;
    last = current;
  }
  return elementAt(last, b.length);
}
