// One sum of a budget explained to people: its days, its thresholds, and what would be said next.
import colors from 'picocolors';
import type { SummedDay } from '../alert/summed-days.ts';
import type { ThresholdStanding } from '../alert/threshold-standing.ts';
import { SETTLING_MS } from '../budget/evaluated-periods.ts';
import type { Silence } from '../budget/silence.ts';
import { addAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import { formatAmount } from '../money/format-amount.ts';
import { percentOf } from '../money/percent-of.ts';
import { formatQuantity } from '../notify/format-quantity.ts';
import { periodName } from '../notify/period-name.ts';
import type { ExplainedMember } from '../run/explain-budget.ts';
import type { Unit } from '../spend/catalogue.ts';
import { type Instant, plusMs } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { instantText } from './instant-text.ts';
import { nextWithAmountText } from './next-text.ts';
import { outcomeText } from './outcome-text.ts';
import { plainTable } from './plain-table.ts';
import { plainText } from './plain-text.ts';
import { silenceLine } from './print-silences.ts';
import { thresholdText } from './threshold-text.ts';

interface ExplainContext {
  readonly asOf: Instant;
  readonly names: ReadonlyMap<string, string>;
}

export function memberSections(explained: ExplainedMember, { asOf, names }: ExplainContext): string[] {
  const { observation, days, thresholds, silences } = explained;
  const { budget, spent } = observation;
  const { unit } = budget.measure;
  const percent = percentOf(spent, budget.limit);
  const share = percent === null ? '' : ` (${percent} % of the limit)`;
  return [
    dayTable(days, unit),
    `Sum: ${colors.bold(formatQuantity(spent, unit))}${share}, exactly ${formatAmount(spent)}`,
    thresholdTable(thresholds, unit),
    [
      ...nextLines(explained),
      ...silences.map((silence) => colors.yellow(`Silenced by ${silenceLine(silence, names, asOf)}`)),
    ].join('\n'),
  ];
}

function dayTable(days: readonly SummedDay[], unit: Unit): string {
  let sum = ZERO_AMOUNT;
  const rows = days.map(({ day, amount, changedAt, provisional, doubtedSince }) => {
    sum = addAmounts(sum, amount ?? ZERO_AMOUNT);
    const remarks = [
      ...(amount === null ? [colors.red('never read')] : []),
      ...(provisional ? [colors.dim('provisional')] : []),
      ...(doubtedSince === null ? [] : [colors.yellow(doubtText(doubtedSince))]),
    ];
    return [
      day,
      amount === null ? '?' : formatQuantity(amount, unit),
      formatQuantity(sum, unit),
      changedAt === null ? '' : instantText(changedAt),
      remarks.join(', '),
    ];
  });
  const columns = [
    { title: 'DAY' },
    { title: 'SPENT', align: 'right' },
    { title: 'SUM', align: 'right' },
    { title: 'LAST CHANGED' },
    { title: '' },
  ] as const;
  return plainTable(columns, rows);
}

function doubtText(since: Instant): string {
  return `answered empty since ${instantText(since)}, kept until a later read agrees`;
}

function thresholdTable(thresholds: readonly ThresholdStanding[], unit: Unit): string {
  const rows = thresholds.map(({ threshold, reached, entry }) => [
    thresholdText(threshold.label, unit),
    formatQuantity(threshold.amount, unit),
    reached ? colors.yellow('reached') : 'not reached',
    entry === null ? 'nothing said' : outcomeText(entry),
    entry === null ? '' : instantText(entry.at),
    entry === null ? '' : plainText(entry.messageId),
  ]);
  const columns = [
    { title: 'THRESHOLD', align: 'right' },
    { title: 'AMOUNT', align: 'right' },
    { title: '' },
    { title: 'SAID' },
    { title: 'WHEN' },
    { title: 'MESSAGE' },
  ] as const;
  return plainTable(columns, rows);
}

function nextLines({ observation, due, next, silences, thresholds }: ExplainedMember): string[] {
  const { budget, period } = observation;
  const { unit } = budget.measure;
  const nothing = `Every threshold was said: nothing more about ${periodName(period)}, unless the limit or a threshold changes.`;
  return [
    ...(due === null
      ? []
      : [`${thresholdText(due.label, unit)} is reached and has not been said: ${dueText(period, silences)}`]),
    ...(thresholds.some(({ entry }) => entry?.state === 'claimed')
      ? ['A message is on its way: the next check sends it again if it did not arrive.']
      : []),
    ...(next === null ? [] : [`Next: ${nextWithAmountText(next, unit)}.`]),
    ...(due === null && next === null ? [nothing] : []),
  ];
}

/** A silence may outlast the weeks for which a period that has ended is looked at. */
function dueText(period: Period, [silence]: readonly Silence[]): string {
  if (silence === undefined) return 'the next check announces it.';
  return period.kind === 'rolling' || silence.until < plusMs(period.end, SETTLING_MS)
    ? `if it is still true at ${instantText(silence.until)}, it is announced then.`
    : `it will not be, since the silence lasts until ${periodName(period)} is no longer looked at.`;
}
