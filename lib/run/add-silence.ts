// The silence use case: stores a silence over a budget that exists, one of its members, or everything.
import { declareSilence } from '../budget/declare-silence.ts';
import { findBudget } from '../budget/find-budget.ts';
import { type FoundMember, findMember, requireMemberOf } from '../budget/find-member.ts';
import type { Silence } from '../budget/silence.ts';
import type { Instant } from '../time/instant.ts';
import { NAMED_DIMENSIONS, readNames } from './read-names.ts';
import type { RunState } from './run-state.ts';

export interface WantedSilence {
  /** As somebody typed them; `null`: everything, or every member. */
  readonly budget: string | null;
  /** A member's id or its name. */
  readonly member: string | null;
  /** An instant, a day or a duration. */
  readonly until: string;
  readonly reason: string;
  readonly by: string;
}

export interface AddedSilence {
  readonly silence: Silence;
  /** Whom it is about. A project that nobody knows yet may be silenced before it spends. */
  readonly member: FoundMember | null;
  /** Id → name; empty where no member was named. */
  readonly names: ReadonlyMap<string, string>;
}

/** @throws BudgetAlertsError `budget-unknown`, `member-unknown` or `silence-invalid`; nothing is stored then */
export async function addSilence(
  { budget, member, until, reason, by }: WantedSilence,
  { organization, tick }: { readonly organization: string; readonly tick: Instant },
  { budgets, names, newRunId }: Pick<RunState, 'budgets' | 'names' | 'newRunId'>,
): Promise<AddedSilence> {
  const declared = await budgets.active(organization);
  const named = budget === null ? null : findBudget(budget, declared).budget;
  const known =
    member === null ? new Map<string, string>() : await readNames(organization, NAMED_DIMENSIONS, names);
  const found = member === null ? null : findMember(member, known);
  if (named !== null && found !== null) requireMemberOf(named, found.member);

  const taken = new Set([
    ...declared.silences.map(({ id }) => id),
    ...declared.budgets.map((stored) => stored.budget.id),
  ]);
  const request = { budgetId: budget, member: found?.member ?? null, until, reason, by };
  const silence = declareSilence(request, newRunId(), taken, tick);
  await budgets.putSilence(organization, silence);
  return { silence, member: found, names: known };
}
