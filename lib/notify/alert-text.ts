// The plain text of one alert: what happened, how bad it is, where it went, and the ids to ask about it.
import type { Alert, AlertReason } from '../alert/alert.ts';
import { type Amount, subtractAmounts } from '../money/amount.ts';
import { percentOf } from '../money/percent-of.ts';
import { formatInstant, type Instant } from '../time/instant.ts';
import { plusDays, type UtcDay, utcDayOf } from '../time/utc-day.ts';
import { alertTitle } from './alert-title.ts';
import { countedDaysText } from './counted-days.ts';
import { amountOfText, formatLimitText, formatQuantity, formatQuantityText } from './format-quantity.ts';
import { knownName } from './known-name.ts';
import { oneLine } from './one-line.ts';
import { periodDays, periodName } from './period-name.ts';

/** A group of a hundred projects would be one line of several screens. */
const NAMED_MEMBERS = 10;

export function alertText(alert: Alert): string {
  return [
    `${alertTitle(alert)}.`,
    '',
    ...factsOf(alert),
    '',
    ...contributorsOf(alert),
    `Alert id: ${alert.id}`,
  ].join('\n');
}

function factsOf(alert: Alert): string[] {
  const spent = amountOfText(alert.spent);
  const limit = amountOfText(alert.limit);
  const percent = percentOf(spent, limit);
  return [
    `Spent:     ${formatQuantity(spent, alert.unit)}${percent === null ? '' : ` (${cutToTenth(percent)} %)`}`,
    `Limit:     ${formatLimitText(alert.limit, alert.unit)}, ${leftOrOver(spent, limit, alert)}`,
    `Threshold: ${thresholdLine(alert)}`,
    `Budget:    ${alert.budgetName === null ? alert.budgetId : `${oneLine(alert.budgetName)} (${alert.budgetId})`}`,
    `Scope:     ${scopeLine(alert)}${alert.measure === 'cost' ? '' : `, ${alert.measure}`}`,
    `Period:    ${periodLine(alert)}`,
    `Data:      ${dataLine(alert)}`,
  ];
}

function periodLine({ period }: Alert): string {
  const counted = countedDaysText(period);
  return `${periodName(period)}, ${periodDays(period)}${counted === null ? '' : `; ${counted}`}`;
}

function leftOrOver(spent: Amount, limit: Amount, alert: Alert): string {
  return spent > limit
    ? `${formatQuantity(subtractAmounts(spent, limit), alert.unit)} over`
    : `${formatQuantity(subtractAmounts(limit, spent), alert.unit)} left`;
}

function thresholdLine(alert: Alert): string {
  const amount = formatQuantityText(alert.thresholdAmount, alert.unit);
  const name = alert.threshold.endsWith('%') ? `${alert.threshold.slice(0, -1)} % (${amount})` : amount;
  const lower = alert.supersedes.map(({ threshold }) => threshold.replace('%', ' %')).join(' and ');
  if (alert.reason === 'correction') {
    const what = lower === '' ? name : `${lower} and ${name}`;
    return `${what}: announced before, and no longer reached since OpenAI restated the figures`;
  }
  return `${name} reached${lower === '' ? '' : `, ${lower} with it`}${REMARKS[alert.reason] ?? ''}`;
}

const REMARKS: Readonly<Partial<Record<AlertReason, string>>> = {
  'limit-changed': '; the limit was changed',
  'silence-expired': '; it was silenced until now',
};

function scopeLine(alert: Alert): string {
  const parts = Object.entries(alert.scope).map(([dimension, value]) => {
    const members = typeof value === 'string' ? [value] : value;
    const named = members.slice(0, NAMED_MEMBERS).map((id) => {
      const name = knownName(alert, id);
      return oneLine(name === null ? id : `${name} (${id})`);
    });
    const others = members.length - named.length;
    return `${dimension} ${named.join(', ')}${others === 0 ? '' : ` and ${others} more`}`;
  });
  return parts.length === 0 ? 'the whole organization' : parts.join('; ');
}

/** Yesterday: OpenAI goes on adding to a day for up to a day after its end. */
function provisionalFrom(asOf: Instant): UtcDay {
  return plusDays(utcDayOf(asOf), -1);
}

function dataLine(alert: Alert): string {
  const asOf = `as of ${formatInstant(alert.asOf)}`;
  return alert.completeThrough === null
    ? `${asOf}; no complete day was read yet`
    : `${asOf}; complete through ${alert.completeThrough}, provisional from ${provisionalFrom(alert.asOf)} on`;
}

function contributorsOf(alert: Alert): string[] {
  if (alert.contributors.length === 0) return [];
  const spent = amountOfText(alert.spent);
  const lines = alert.contributors.map(({ label, amount }) => {
    const share = percentOf(amountOfText(amount), spent);
    const percent = share === null ? '' : `, ${share.split('.')[0]} %`;
    return `  ${oneLine(label)}: ${formatQuantityText(amount, alert.unit)}${percent}`;
  });
  return ['Most of it:', ...lines, ''];
}

function cutToTenth(percent: string): string {
  const [integer = '0', fraction = ''] = percent.split('.');
  return fraction === '' ? integer : `${integer}.${fraction.slice(0, 1)}`;
}
