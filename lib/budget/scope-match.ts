// Whether a member is one that a scope names: by its id, or by a pattern with `*`.
import { elementAt } from '../lists/element-at.ts';
import { UNATTRIBUTED } from './budget.ts';

/** `null` is spend that is not attributed to any member. */
export type Matches = (member: string | null) => boolean;

export function isPattern(value: string): boolean {
  return value.includes('*');
}

/**
 * `*` stands for any characters, none too, of a member that there is: what is not attributed is named by its own word, so
 * that `user: "*"` is what some user did. Case counts, as in OpenAI's ids.
 */
export function matcherOf(values: readonly string[]): Matches {
  const exact = new Set(values);
  const patterns = values.filter(isPattern).map(patternOf);
  return (member) => {
    if (member === null) return exact.has(UNATTRIBUTED);
    return exact.has(member) || patterns.some((matches) => matches(member));
  };
}

/** As above, of a member by the name that it has in a budget: what is not attributed goes by its own word there. */
export function namedMatcherOf(values: readonly string[]): (name: string) => boolean {
  const matches = matcherOf(values);
  return (name) => matches(name === UNATTRIBUTED ? null : name);
}

/** By hand, since a regular expression of many `*` takes exponential time over a hostile name. */
function patternOf(pattern: string): (member: string) => boolean {
  const parts = pattern.split('*');
  const first = elementAt(parts, 0);
  const last = elementAt(parts, parts.length - 1);
  const between = parts.slice(1, -1);
  return (member) => {
    if (!member.startsWith(first) || !member.endsWith(last)) return false;
    let from = first.length;
    const until = member.length - last.length;
    for (const part of between) {
      const at = member.indexOf(part, from);
      if (at === -1) return false;
      from = at + part.length;
    }
    return from <= until;
  };
}
