// How timelines write down what was heard: one short line for each alert, notice, sum and remembered word.
import type { Alert } from '../../lib/alert/alert.ts';
import type { Latch } from '../../lib/alert/latch.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import type { Message } from '../../lib/notify/message.ts';
import type { CheckReport } from '../../lib/run/check.ts';
import type { PastAlert } from '../../lib/run/read-history.ts';
import { formatInstant } from '../../lib/time/instant.ts';

/** `org 80% first-breach`, `each/proj_a 100% silence-expired (80%) late 2026-10`; in brackets what it speaks for, too. */
export function alertLine({ budgetId, member, threshold, reason, supersedes, late, period }: Alert): string {
  return [
    nameOf(budgetId, member),
    threshold,
    reason,
    ...supersedes.map((lower) => `(${lower.threshold})`),
    ...(late ? [`late ${period.key}`] : []),
  ].join(' ');
}

/** A line for each alert; `heartbeat` for a message that holds none. */
export function messageLines({ alerts, attributes }: Message): string[] {
  return alerts.length === 0 ? [attributes.kind] : alerts.map(alertLine);
}

/** `SourceFailing`, `SourceFailing over` */
export function noticeLine({ attributes: { code }, title }: Message): string {
  return title.startsWith('Resolved: ') ? `${code} over` : `${code}`;
}

/** `org 2026-11 85`, `each/proj_a 2026-11 12.5` */
export function spentLines({ observations }: CheckReport): string[] {
  return observations.map(
    ({ budget, member, period, spent }) =>
      `${nameOf(budget.id, member)} ${period.key} ${formatAmount(spent)}`,
  );
}

/** `costs failing, complete through 2026-11-28` */
export function sourceLines({ sources }: CheckReport): string[] {
  return sources.map(
    ({ source, state, completeThrough }) =>
      `${source} ${state}, complete through ${completeThrough ?? 'no day'}`,
  );
}

/** `org 100:80 announced`, `org 100:80 suppressed: migration`; limit and threshold amount, as the ledger has them. */
export function rememberedLines(latches: readonly Latch[]): string[] {
  return latches.flatMap(({ key, announced }) =>
    [...announced].flatMap(([member, said]) =>
      [...said].map(([amounts, { state, note }]) =>
        [nameOf(key.budgetId, member), amounts, note === '' ? state : `${state}: ${note}`].join(' '),
      ),
    ),
  );
}

/** `2026-11-20T10:00Z org 80% announced first-breach 85` */
export function historyLine({ at, key, member, threshold, state, reason, spent }: PastAlert): string {
  const when = formatInstant(at).replace(':00Z', 'Z');
  return [when, nameOf(key.budgetId, member), threshold, state, reason, spent].join(' ');
}

function nameOf(budgetId: string, member: string): string {
  return member === '-' ? budgetId : `${budgetId}/${member}`;
}
