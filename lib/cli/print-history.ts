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

interface HistoryColumn extends Column {
  readonly cellOf: (past: PastAlert) => string;
}

/** What matters least comes last: where lines are too long for a terminal, it is what is wrapped. */
const COLUMNS: readonly HistoryColumn[] = [
  { title: 'WHEN', cellOf: ({ at }) => instantText(at) },
  { title: 'BUDGET', cellOf: ({ key }) => plainText(key.budgetId) },
  { title: 'FOR', cellOf: memberCell },
  { title: 'PERIOD', cellOf: periodCell },
  { title: 'REACHED', align: 'right', cellOf: ({ threshold, unit }) => thresholdText(threshold, unit) },
  { title: 'SPENT', align: 'right', cellOf: ({ spent, unit }) => countText(spent, unit) },
  { title: 'OF', align: 'right', cellOf: ({ limit, unit }) => limitText(limit, unit) },
  { title: 'WHY', cellOf: ({ reason }) => reason },
  { title: 'OUTCOME', cellOf: outcomeText },
  { title: 'MESSAGE', cellOf: ({ messageId }) => plainText(messageId) },
];

/** Columns that would be empty are left out. */
export function historyText(alerts: readonly PastAlert[]): string {
  if (alerts.length === 0) return 'Nothing was said or held back in that time.';
  const columns = COLUMNS.map(({ title, align = 'left', cellOf }) => {
    return { title, align, cells: alerts.map(cellOf) };
  }).filter(({ cells }) => cells.some((cell) => cell !== ''));
  return plainTable(
    columns,
    alerts.map((_, row) => columns.map(({ cells }) => cells[row] ?? '')),
  );
}

function memberCell({ member, memberName }: PastAlert): string {
  return member === NO_MEMBER ? '' : plainText(memberName ?? '') || plainText(member);
}

/** Where the name is not known any more, its last day. */
function periodCell({ key, period }: PastAlert): string {
  return period === null ? `to ${utcDayOf(plusMs(key.periodEnd, -1))}` : periodName(period);
}

/** Without the unit, which stands beside the limit. */
function countText(amount: string, unit: PastAlert['unit']): string {
  return unit === null || unit === 'usd'
    ? quantityText(amount, unit)
    : quantityText(amount, unit).replace(` ${unit}`, '');
}
