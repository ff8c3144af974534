// The status use case: where everything stands by what is stored. Nothing is fetched, claimed, sent or written.

import { announcementKey } from '../alert/alert-key.ts';
import { latchGroup } from '../alert/latch.ts';
import type { NoticeLatch } from '../alert/notice.ts';
import type { Suppression } from '../alert/suppress.ts';
import { activeSilences, type Silence } from '../budget/silence.ts';
import type { Instant } from '../time/instant.ts';
import type { CheckReport } from './check.ts';
import { type Observed, observe, planOf } from './observe.ts';
import { NAMED_DIMENSIONS, readNames } from './read-names.ts';
import { lastCheckOf } from './remember-run.ts';
import type { RunState } from './run-state.ts';

export interface StatusReport extends CheckReport {
  /** Those that are not over, the longest first. */
  readonly silences: readonly Silence[];
  /** `null`: no check is known to have run. Noted at most once an hour. */
  readonly lastCheckAt: Instant | null;
  readonly heldBack: readonly HeldBack[];
  /** What operations were told and that is not over, or are being told. */
  readonly notices: readonly NoticeLatch[];
  /** Id → name. */
  readonly names: ReadonlyMap<string, string>;
}

/** An alert that would be sent now, had nobody silenced it. */
export interface HeldBack extends Suppression {
  /** When a check recorded it; `null`: none has run since it was reached. */
  readonly since: Instant | null;
}

export async function readStatus(
  input: { readonly organization: string; readonly tick: Instant },
  state: Pick<RunState, 'budgets' | 'ledger' | 'spend' | 'names'>,
): Promise<StatusReport> {
  const { tick } = input;
  const [observed, names] = await Promise.all([
    observe(input, state),
    readNames(input.organization, NAMED_DIMENSIONS, state.names),
  ]);
  const { declared, ledger, spend, observations } = observed;
  const sinceOf = recordedSince(observed);
  return {
    asOf: tick,
    observations: observations.filter(({ present }) => present),
    totals: spend.totals,
    sources: spend.sources,
    delivered: [],
    problems: [...declared.rejected, ...spend.problems],
    silences: activeSilences(declared.silences, tick),
    lastCheckAt: lastCheckOf(ledger.memos),
    heldBack: planOf(observed, tick).suppressed.map((suppression) => {
      return { ...suppression, since: sinceOf(suppression) };
    }),
    notices: ledger.notices.filter(({ said, claim }) => said !== null || claim !== null),
    names,
  };
}

function recordedSince({ ledger }: Observed): (suppression: Suppression) => Instant | null {
  const latchesOf = Map.groupBy(ledger.latches, ({ key }) => latchGroup(key));
  return ({ intent: { observation, latchKey, threshold } }) => {
    const key = announcementKey(observation.budget.limit, threshold.amount);
    const own = latchesOf.get(latchGroup(latchKey)) ?? [];
    const entries = own.flatMap(({ announced }) => announced.get(observation.member)?.get(key) ?? []);
    return entries.find(({ state }) => state === 'suppressed')?.at ?? null;
  };
}
