// Finds the project, user or key that somebody typed by its id or by its name.
import { BudgetAlertsError } from '../errors.ts';
import { type Budget, UNATTRIBUTED } from './budget.ts';
import { nearId } from './find-budget.ts';
import { quoted } from './quoted.ts';
import { namedMatcherOf } from './scope-match.ts';

export interface FoundMember {
  /** The id, or what was typed where nobody is known by it. */
  readonly member: string;
  readonly isKnown: boolean;
  /** The id or name that was most likely meant, where none is known. */
  readonly near: string | null;
}

/**
 * An id comes before a name, so that nobody can take over another project's place by naming theirs like its id.
 * @param names id → name
 * @throws BudgetAlertsError `member-unknown` for a name that several have
 */
export function findMember(text: string, names: ReadonlyMap<string, string>): FoundMember {
  if (text === UNATTRIBUTED || names.has(text)) return { member: text, isKnown: true, near: null };
  const named = [...names].filter(([, name]) => name.toLowerCase() === text.toLowerCase());
  const [only, ...others] = named.map(([id]) => id);
  if (only === undefined) {
    return { member: text, isKnown: false, near: nearId(text, [...names.keys(), ...names.values()]) };
  }
  if (others.length === 0) return { member: only, isKnown: true, near: null };
  const ids = [only, ...others].join(', ');
  throw new BudgetAlertsError('member-unknown', `Several are called ${quoted(text)}: ${ids}.`);
}

/** @throws BudgetAlertsError `member-unknown`: the budget has no members, or leaves this one out */
export function requireMemberOf(budget: Budget, member: string): void {
  if (budget.each === null) {
    const message = `Budget ${budget.id} is one budget and has no members: leave --member out.`;
    throw new BudgetAlertsError('member-unknown', message);
  }
  if (namedMatcherOf(budget.except)(member)) {
    const message = `Budget ${budget.id} leaves out ${quoted(member)}: nothing is ever said about it there.`;
    throw new BudgetAlertsError('member-unknown', message);
  }
}
