// A silence as an item of the Budgets table, beside the budgets that it silences.
import * as v from 'valibot';
import type { Problem } from '../budget/problem.ts';
import type { Silence } from '../budget/silence.ts';
import { formatInstant } from '../time/instant.ts';
import type { Item } from './item-table.ts';
import { issueText, storedInstant } from './stored-values.ts';

export const SILENCE_PREFIX = 'silence#';

const schema = v.pipe(
  v.object({
    sk: v.string(),
    budgetId: v.optional(v.string()),
    member: v.optional(v.string()),
    until: storedInstant,
    reason: v.string(),
    createdAt: storedInstant,
    createdBy: v.string(),
  }),
  v.transform(({ sk, budgetId = null, member = null, ...rest }): Silence => {
    return { ...rest, id: sk.slice(SILENCE_PREFIX.length), budgetId, member };
  }),
);

export function silenceItem(pk: string, silence: Silence): Item {
  const { id, budgetId, member, until, reason, createdAt, createdBy } = silence;
  return {
    pk,
    sk: `${SILENCE_PREFIX}${id}`,
    ...(budgetId === null ? {} : { budgetId }),
    ...(member === null ? {} : { member }),
    until: formatInstant(until),
    reason,
    createdAt: formatInstant(createdAt),
    createdBy,
  };
}

/** A silence that cannot be read silences nothing: better one message too many than a breach that nobody hears of. */
export function readSilenceItem(item: Item): { readonly silence: Silence } | { readonly rejected: Problem } {
  const parsed = v.safeParse(schema, item);
  if (parsed.success) return { silence: parsed.output };
  const reasons = parsed.issues.map(issueText);
  return {
    rejected: {
      code: 'silence-row-rejected',
      path: `silences.${item.sk.slice(SILENCE_PREFIX.length)}`,
      line: null,
      message: `The stored item "${item.sk}" cannot be read, so it silences nothing (${reasons.join('; ')}). Delete it.`,
      severity: 'error',
    },
  };
}
