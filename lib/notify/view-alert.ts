// Makes the notification model of one alert: all that is said about it, in words and figures for people.
import type { Alert, AlertReason, Contributor } from '../alert/alert.ts';
import { NO_MEMBER } from '../alert/spent-by-member.ts';
import { UNATTRIBUTED } from '../budget/budget.ts';
import { subtractAmounts, sumAmounts } from '../money/amount.ts';
import { formatAmount } from '../money/format-amount.ts';
import { percentOf } from '../money/percent-of.ts';
import { MEASURES } from '../spend/measure.ts';
import { plusDays, startOfDay, utcDayOf } from '../time/utc-day.ts';
import { alertSubject } from './alert-title.ts';
import type { AlertView, ContributorView } from './alert-view.ts';
import { compactLimit, compactQuantity, roundQuantity } from './compact-quantity.ts';
import { countedDaysText } from './counted-days.ts';
import { dimensionName } from './dimension-name.ts';
import { amountOfText, formatQuantity } from './format-quantity.ts';
import { knownName } from './known-name.ts';
import { measureText } from './measure-text.ts';
import type { TargetFlags } from './message.ts';
import { oneLine } from './one-line.ts';
import { tenthPercent, wholePercent } from './percent-text.ts';
import { lastDateOf, periodAndElapsed, shortDay, shortInstant } from './period-name.ts';
import { shellCommand } from './shell-command.ts';

/** OpenAI's own page; which project it shows is chosen there. */
const USAGE_URL = 'https://platform.openai.com/usage';
/** A group of a hundred projects would be one line of several screens. */
const NAMED_MEMBERS = 5;
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
    spent: formatQuantity(spent, unit),
    limit: compactLimit(alert.limit, unit),
    left: `${formatQuantity(rest, unit)} ${isOver ? 'over' : 'left'}`,
    percent: percent === null ? null : tenthPercent(percent),
    filled: percent === null ? 100 : Math.min(MOST_FILLED, Math.max(0, Number.parseInt(percent, 10))),
    threshold: thresholdLine(alert),
    budget: alert.budgetName === null ? alert.budgetId : `${oneLine(alert.budgetName)} (${alert.budgetId})`,
    scope: [scopeLine(alert), measureText(alert.measure)].filter((part) => part !== '').join(', '),
    period: periodLine(alert),
    pace: paceLine(alert),
    contributors: contributorsOf(alert),
    data: dataLine(alert),
    advice: adviceOf(alert, spent >= limit),
    usageUrl: USAGE_URL,
    explain: shellCommand(['explain', ...whoOf(alert)], flags),
    silence: shellCommand(['silence', ...whoOf(alert), '--until', '3d', '--reason', 'known'], flags),
  };
}

/** A sentence without its full stop, since an address follows. */
function adviceOf(alert: Alert, isAtLimit: boolean): string {
  const { scope, late } = alert;
  const project = typeof scope.project === 'string' ? scope.project : null;
  const name = project === null ? '' : oneLine(knownName(alert, project) ?? '') || oneLine(project);
  const where = name === '' || project === UNATTRIBUTED ? '' : ` (choose the project ${name})`;
  const look = `See at OpenAI what it was spent on${where}`;
  if (late) return look;
  const stop = `${look}, and stop what should not run`;
  return isAtLimit ? `Nothing was stopped: OpenAI goes on serving and billing. ${stop}` : stop;
}

function whoOf({ budgetId, member }: Alert): string[] {
  return member === NO_MEMBER ? [budgetId] : [budgetId, '--member', oneLine(member)];
}

function thresholdLine(alert: Alert): string {
  const name = thresholdName(alert.threshold, alert.thresholdAmount, alert);
  const lower = alert.supersedes
    .map((each) => thresholdName(each.threshold, each.amount, alert))
    .join(' and ');
  if (alert.reason === 'correction') {
    const what = lower === '' ? name : `${lower} and ${name}`;
    return `${what}: announced before, and no longer reached since OpenAI restated the figures`;
  }
  return `${name} reached${lower === '' ? '' : `, and with it ${lower}`}${REMARKS[alert.reason] ?? ''}`;
}

/** `80 % ($400)`, or the amount alone where it is no share of the limit. */
function thresholdName(threshold: string, amount: string, { unit }: Alert): string {
  const limit = compactLimit(amount, unit);
  return threshold.endsWith('%') ? `${threshold.slice(0, -1)} % (${limit})` : limit;
}

const REMARKS: Readonly<Partial<Record<AlertReason, string>>> = {
  'limit-changed': '; the limit was changed',
  'silence-expired': '; it was silenced until now',
};

/** One by its name and id; of a group the names of a few, since an id would be cut and name nobody. */
function scopeLine(alert: Alert): string {
  const parts = Object.entries(alert.scope).map(([dimension, value]) => {
    const kind = dimensionName(dimension);
    const members = typeof value === 'string' ? [value] : value;
    const [only = ''] = members;
    if (members.length === 1) {
      const name = knownName(alert, only);
      return oneLine(`${kind} ${name === null ? only : `${name} (${only})`}`);
    }
    const named = members
      .slice(0, NAMED_MEMBERS)
      .map((id) => oneLine(knownName(alert, id) ?? id) || oneLine(id));
    const others = members.length - named.length;
    const all = others === 0 ? named.join(', ') : `${named.join(', ')} and ${others} more`;
    return `${members.length} ${kind}s: ${all}`;
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

/** What the largest leave is said as well, so that the parts add up; unless it is nothing that can be seen. */
function contributorsOf(alert: Alert): ContributorView[] {
  const named = alert.contributors.map((contributor) => viewContributor(contributor, alert));
  const sum = sumAmounts(alert.contributors.map(({ amount }) => amountOfText(amount)));
  const rest = subtractAmounts(amountOfText(alert.spent), sum);
  if (named.length === 0 || rest <= 0n) return named;
  return [
    ...named,
    viewContributor({ label: 'everything else', amount: formatAmount(rest), previous: null }, alert),
  ];
}

function viewContributor({ label, amount, previous }: Contributor, alert: Alert): ContributorView {
  const value = amountOfText(amount);
  const share = percentOf(value, amountOfText(alert.spent));
  return {
    label: oneLine(label),
    amount: compactQuantity(value, alert.unit),
    share: share === null ? null : wholePercent(share),
    change: previous === null ? null : signed(subtractAmounts(value, amountOfText(previous)), alert),
  };
}

function signed(change: ReturnType<typeof subtractAmounts>, { unit }: Alert): string {
  return change > 0n ? `+${compactQuantity(change, unit)}` : compactQuantity(change, unit);
}

/** Yesterday may still grow, too: OpenAI goes on adding to a day for up to a day after its end. */
function dataLine({ asOf, completeThrough, period }: Alert): string {
  const read = `read ${shortInstant(asOf)}`;
  if (completeThrough === null) return `${read}; no day has been read completely yet`;
  const yesterday = plusDays(utcDayOf(asOf), -1);
  if (completeThrough < yesterday) return `${read}; complete only through ${shortDay(completeThrough)}`;
  return period.end <= startOfDay(yesterday)
    ? read
    : `${read}; ${shortDay(yesterday)} and later may still grow`;
}
