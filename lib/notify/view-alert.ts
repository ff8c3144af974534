// Makes the notification model of one alert: all that is said about it, in words and figures for people.
import type { Alert, AlertReason, Contributor } from '../alert/alert.ts';
import { NO_MEMBER } from '../alert/spent-by-member.ts';
import { subtractAmounts } from '../money/amount.ts';
import { percentOf } from '../money/percent-of.ts';
import { MEASURES } from '../spend/measure.ts';
import { plusDays, utcDayOf } from '../time/utc-day.ts';
import { alertSubject } from './alert-title.ts';
import type { AlertView, ContributorView } from './alert-view.ts';
import { compactLimit, compactQuantity, roundQuantity } from './compact-quantity.ts';
import { countedDaysText } from './counted-days.ts';
import { amountOfText } from './format-quantity.ts';
import { knownName } from './known-name.ts';
import { measureText } from './measure-text.ts';
import type { TargetFlags } from './message.ts';
import { oneLine } from './one-line.ts';
import { lastDateOf, periodAndElapsed, shortDay, shortInstant } from './period-name.ts';
import { shellCommand } from './shell-command.ts';

/** OpenAI's own page; which project it shows is chosen there. */
const USAGE_URL = 'https://platform.openai.com/usage';
/** A group of a hundred projects would be one line of several screens. */
const NAMED_MEMBERS = 10;
/** No bar is longer; and a number that JSON can hold. */
const MOST_FILLED = 1_000_000;

export function viewAlert(alert: Alert, flags: TargetFlags): AlertView {
  const { unit } = alert;
  const spent = amountOfText(alert.spent);
  const limit = amountOfText(alert.limit);
  const percent = percentOf(spent, limit);
  const isOver = spent > limit;
  const rest = isOver ? subtractAmounts(spent, limit) : subtractAmounts(limit, spent);
  return {
    who: alertSubject(alert),
    spent: compactQuantity(spent, unit),
    limit: compactLimit(alert.limit, unit),
    left: `${compactQuantity(rest, unit)} ${isOver ? 'over' : 'left'}`,
    percent: percent === null ? null : `${toTenth(percent)} %`,
    filled: percent === null ? 100 : Math.min(MOST_FILLED, Math.max(0, Number.parseInt(percent, 10))),
    threshold: thresholdLine(alert),
    budget: alert.budgetName === null ? alert.budgetId : `${oneLine(alert.budgetName)} (${alert.budgetId})`,
    scope: [scopeLine(alert), measureText(alert.measure)].filter((part) => part !== '').join(', '),
    period: periodLine(alert),
    pace: paceLine(alert),
    contributors: alert.contributors.map((contributor) => viewContributor(contributor, alert)),
    data: dataLine(alert),
    usageUrl: USAGE_URL,
    explain: shellCommand(['explain', ...whoOf(alert)], flags),
    silence: shellCommand(['silence', ...whoOf(alert), '--until', '3d', '--reason', 'known'], flags),
  };
}

function whoOf({ budgetId, member }: Alert): string[] {
  return member === NO_MEMBER ? [budgetId] : [budgetId, '--member', oneLine(member)];
}

function thresholdLine(alert: Alert): string {
  const amount = compactLimit(alert.thresholdAmount, alert.unit);
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

function periodLine({ period, asOf, late, measure: name }: Alert): string {
  const elapsed = periodAndElapsed(period, asOf, late ? 'ended before this was found' : null);
  const measure = MEASURES.get(name);
  const counted = measure === undefined ? null : countedDaysText(period, measure);
  return counted === null ? elapsed : `${elapsed}; ${counted}`;
}

function paceLine({ pace, period, unit }: Alert): string | null {
  if (pace === null) return null;
  const perDay = roundQuantity(amountOfText(pace.perDay), unit);
  const byEnd = roundQuantity(amountOfText(pace.byEnd), unit);
  return `${perDay} a day; at this pace ${byEnd} by ${shortDay(lastDateOf(period))}`;
}

function viewContributor({ label, amount, previous }: Contributor, alert: Alert): ContributorView {
  const value = amountOfText(amount);
  const share = percentOf(value, amountOfText(alert.spent));
  return {
    label: oneLine(label),
    amount: compactQuantity(value, alert.unit),
    share: share === null ? null : `${share.split('.')[0]} %`,
    change: previous === null ? null : signed(subtractAmounts(value, amountOfText(previous)), alert),
  };
}

function signed(change: ReturnType<typeof subtractAmounts>, { unit }: Alert): string {
  return change > 0n ? `+${compactQuantity(change, unit)}` : compactQuantity(change, unit);
}

/** Yesterday is provisional too: OpenAI goes on adding to a day for up to a day after its end. */
function dataLine({ asOf, completeThrough }: Alert): string {
  const at = `as of ${shortInstant(asOf)}`;
  if (completeThrough === null) return `${at}; no complete day was read yet`;
  const provisional = shortDay(plusDays(utcDayOf(asOf), -1));
  return `${at}; complete through ${shortDay(completeThrough)}, provisional from ${provisional} on`;
}

function toTenth(percent: string): string {
  const [integer = '0', fraction = ''] = percent.split('.');
  return fraction === '' ? integer : `${integer}.${fraction.slice(0, 1)}`;
}
