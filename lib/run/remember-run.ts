// Leaves word that a check ran, so that others can tell a quiet system from a dead one. At most one write an hour.
import { formatInstant, HOUR_MS, type Instant, parseInstant } from '../time/instant.ts';
import type { RunState } from './run-state.ts';

const LAST_CHECK_MEMO = 'last-check';

/** Idle runs write nothing else, and should not pay for saying so every quarter of an hour. */
const REMEMBER_EVERY_MS = HOUR_MS;

/** `null`: no check is known to have run. */
export function lastCheckOf(memos: ReadonlyMap<string, string>): Instant | null {
  return parseInstant(memos.get(LAST_CHECK_MEMO) ?? '');
}

export async function rememberRun(
  { organization, tick }: { readonly organization: string; readonly tick: Instant },
  memos: ReadonlyMap<string, string>,
  { ledger }: Pick<RunState, 'ledger'>,
): Promise<void> {
  const before = lastCheckOf(memos);
  if (before !== null && Math.abs(tick - before) < REMEMBER_EVERY_MS) return;
  await ledger.remember(organization, LAST_CHECK_MEMO, formatInstant(tick));
}
