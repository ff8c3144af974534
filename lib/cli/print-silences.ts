// Shows silences to people: over what, for how long still, why, and by whose hand.
import type { Silence } from '../budget/silence.ts';
import type { Instant } from '../time/instant.ts';
import { instantText, spanText } from './instant-text.ts';
import { memberText } from './member-text.ts';
import { plainTable } from './plain-table.ts';
import { plainText } from './plain-text.ts';

const COLUMNS = [
  { title: 'SILENCE' },
  { title: 'OVER' },
  { title: 'UNTIL' },
  { title: 'REASON' },
  { title: 'BY' },
];

/** `names`: project id → name. */
export function silenceTable(
  silences: readonly Silence[],
  names: ReadonlyMap<string, string>,
  tick: Instant,
): string {
  const rows = silences.map((silence) => [
    plainText(silence.id),
    silencedText(silence, names),
    `${instantText(silence.until)}, ${spanText(silence.until - tick, Math.round)} left`,
    plainText(silence.reason),
    plainText(silence.createdBy),
  ]);
  return plainTable(COLUMNS, rows);
}

/** `everything`, `org-monthly`, `Search of every-project`, `Search of every budget`. */
function silencedText(
  { budgetId, member }: Pick<Silence, 'budgetId' | 'member'>,
  names: ReadonlyMap<string, string>,
): string {
  if (member === null) return plainText(budgetId ?? 'everything');
  return `${memberText(member, names)} of ${plainText(budgetId ?? 'every budget')}`;
}

export function silenceLine(silence: Silence, names: ReadonlyMap<string, string>, tick: Instant): string {
  const { id, until, reason } = silence;
  const end = `${until > tick ? 'until' : 'over since'} ${instantText(until)}`;
  return `${plainText(id)}: ${silencedText(silence, names)}, ${end} (${plainText(reason)})`;
}
