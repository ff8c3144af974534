// One sum of a budget explained to people: its days, its thresholds, and what would be said next.
import colors from 'picocolors';
import type { SummedDay } from '../alert/summed-days.ts';
import type { ThresholdStanding } from '../alert/threshold-standing.ts';
import { type Amount, addAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import { formatAmount } from '../money/format-amount.ts';
import { percentOf } from '../money/percent-of.ts';
import { formatQuantity } from '../notify/format-quantity.ts';
import { periodName } from '../notify/period-name.ts';
import type { ExplainedMember } from '../run/explain-budget.ts';
import type { Unit } from '../spend/catalogue.ts';
import type { Instant } from '../time/instant.ts';
import { instantText } from './instant-text.ts';
import { outcomeText } from './outcome-text.ts';
import { plainTable } from './plain-table.ts';
import { plainText } from './plain-text.ts';
import { silenceLine } from './print-silences.ts';
import { thresholdText } from './threshold-text.ts';

export interface ExplainContext {
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
      ...(doubtedSince === null
        ? []
        : [
            colors.yellow(
              `answered empty since ${instantText(doubtedSince)}, kept until a later read agrees`,
            ),
          ]),
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
  const { unit } = observation.budget.measure;
  const period = periodName(observation.period);
  const [silence] = silences;
  const onItsWay = thresholds.some(({ entry }) => entry?.state === 'claimed');
  const lines: string[] = [];
  if (due !== null) {
    const reached = `${thresholdText(due.label, unit)} is reached and has not been said`;
    lines.push(
      silence === undefined
        ? `${reached}: the next check announces it.`
        : `${reached}: if it is still true at ${instantText(silence.until)}, it is announced then.`,
    );
  }
  if (onItsWay) lines.push('A message is on its way: the next check sends it again if it did not arrive.');
  if (next !== null)
    lines.push(`${moreText(next.missing, unit)} more reaches ${namedText(next.threshold, unit)}.`);
  if (due === null && next === null) {
    lines.push(
      `Every threshold was said: nothing more about ${period}, unless the limit or a threshold changes.`,
    );
  }
  return lines;
}

function moreText(missing: Amount, unit: Unit): string {
  return missing === 0n ? 'Anything' : formatQuantity(missing, unit);
}

/** `80 % ($80.00)`, `$4,500.00` */
function namedText(
  { label, amount }: { readonly label: string; readonly amount: Amount },
  unit: Unit,
): string {
  const name = thresholdText(label, unit);
  return label.endsWith('%') ? `${name} (${formatQuantity(amount, unit)})` : name;
}
