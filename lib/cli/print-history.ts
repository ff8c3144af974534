// What `history` prints for people: a line for each threshold that was said or held back, newest first.
import { NO_MEMBER } from '../alert/spent-by-member.ts';
import { periodName } from '../notify/period-name.ts';
import type { PastAlert } from '../run/read-history.ts';
import { plusMs } from '../time/instant.ts';
import { utcDayOf } from '../time/utc-day.ts';
import { instantText } from './instant-text.ts';
import { outcomeText } from './outcome-text.ts';
import { type Column, plainTable } from './plain-table.ts';
import { plainText } from './plain-text.ts';
import { limitText, quantityText, thresholdText } from './threshold-text.ts';

const SHOWN = 200;

/** What matters least comes last: where lines are too long for a terminal, it is what is wrapped. */
const COLUMNS: readonly Column[] = [
  { title: 'WHEN' },
  { title: 'BUDGET' },
  { title: 'FOR' },
  { title: 'PERIOD' },
  { title: 'REACHED', align: 'right' },
  { title: 'SPENT', align: 'right' },
  { title: 'OF', align: 'right' },
  { title: 'WHY' },
  { title: 'OUTCOME' },
  { title: 'MESSAGE' },
];

export function historyText(alerts: readonly PastAlert[]): string {
  if (alerts.length === 0) return 'Nothing was said or held back in that time.';
  return plainTable(COLUMNS, alerts.map(rowOf), SHOWN);
}

function rowOf(past: PastAlert): string[] {
  const { at, key, threshold, unit, spent, limit, reason, messageId } = past;
  return [
    instantText(at),
    plainText(key.budgetId),
    memberCell(past),
    periodCell(past),
    thresholdText(threshold, unit),
    countText(spent, unit),
    limitText(limit, unit),
    reason,
    outcomeText(past),
    plainText(messageId),
  ];
}

function memberCell({ member, memberName }: PastAlert): string {
  return member === NO_MEMBER ? '' : plainText(memberName ?? '') || plainText(member);
}

/** Where the name is not known any more, its last day, if it has one. */
function periodCell({ key, period }: PastAlert): string {
  if (period !== null) return periodName(period);
  return key.periodEnd === null ? 'rolling' : `to ${utcDayOf(plusMs(key.periodEnd, -1))}`;
}

/** Without the unit, which stands beside the limit. */
function countText(amount: string, unit: PastAlert['unit']): string {
  return unit === null || unit === 'usd'
    ? quantityText(amount, unit)
    : quantityText(amount, unit).replace(` ${unit}`, '');
}
