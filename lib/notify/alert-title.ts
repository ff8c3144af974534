// One line about one alert: who, how much of which budget, in which period.
import type { Alert } from '../alert/alert.ts';
import { NO_MEMBER } from '../alert/spent-by-member.ts';
import { UNATTRIBUTED } from '../budget/budget.ts';
import { percentOf } from '../money/percent-of.ts';
import { compactLimit, compactQuantity } from './compact-quantity.ts';
import { cutMiddle } from './cut-middle.ts';
import { dimensionName } from './dimension-name.ts';
import { amountOfText } from './format-quantity.ts';
import { knownName } from './known-name.ts';
import { oneLine } from './one-line.ts';
import { wholePercent } from './percent-text.ts';
import { budgetOfPeriod } from './period-name.ts';
import { asciiName } from './subject.ts';

/** What follows the name must survive in a subject of 99 characters, and at the head of a list of mails. */
const MAX_NAME = 32;

/**
 * `chatbot is at 92 % of its $500 November budget`. The percentage is cut, so that 100 % means reached. A long name is
 * cut in its middle, since names differ at either end; it stands in full among the facts.
 */
export function alertTitle(alert: Alert, who = alertSubject(alert)): string {
  const percent = percentOf(amountOfText(alert.spent), amountOfText(alert.limit));
  const budget = budgetOfPeriod(compactLimit(alert.limit, alert.unit), alert.period, alert.asOf);
  const spent = compactQuantity(amountOfText(alert.spent), alert.unit);
  const is = alert.late ? 'was' : 'is';
  const how = percent === null ? `has spent ${spent} of` : `${is} at ${wholePercent(percent)} of`;
  const said = `${cutMiddle(who, MAX_NAME)} ${how} ${budget}`;
  if (alert.reason === 'correction')
    return `Correction: ${said}, back below ${thresholdName(alert.threshold)}`;
  return alert.late ? `${said} (found late)` : said;
}

/** The same with a name that ASCII can spell: without pictures, else the id. */
export function asciiAlertTitle(alert: Alert): string {
  const name = asciiName(alertSubject(alert));
  return alertTitle(alert, name ?? (alert.member === NO_MEMBER ? alert.budgetId : alert.member));
}

/** The member of an `each` budget by its name; else the budget by its own. An id where nothing of a name can be seen. */
export function alertSubject(alert: Alert): string {
  const [name, id] =
    alert.member === NO_MEMBER
      ? [alert.budgetName, alert.budgetId]
      : [knownName(alert, alert.member), alert.member];
  if (id === UNATTRIBUTED) return `Spend without ${dimensionOf(alert, UNATTRIBUTED)}`;
  return oneLine(name ?? '') || oneLine(id) || 'unnamed';
}

/** `a project`: by which the budget is divided. */
function dimensionOf({ scope }: Alert, member: string): string {
  const [dimension = 'member'] = Object.entries(scope).find(([, value]) => value === member) ?? [];
  return `${/^[aeio]/.test(dimension) ? 'an' : 'a'} ${dimensionName(dimension)}`;
}

/** `80 %`; an absolute threshold is named by what it is. */
function thresholdName(threshold: string): string {
  return threshold.endsWith('%') ? `${threshold.slice(0, -1)} %` : 'its threshold';
}
