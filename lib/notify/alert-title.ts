// One line about one alert: who, how much of which budget, in which period.
import type { Alert } from '../alert/alert.ts';
import { percentOf } from '../money/percent-of.ts';
import { amountOfText, formatLimitText, formatQuantityText } from './format-quantity.ts';
import { knownName } from './known-name.ts';
import { oneLine } from './one-line.ts';
import { periodName } from './period-name.ts';

/** `chatbot is at 92 % of its $500 budget for November 2026`. The percentage is cut, so that 100 % means reached. */
export function alertTitle(alert: Alert): string {
  const who = subjectOf(alert);
  const when = periodName(alert.period);
  const percent = percentOf(amountOfText(alert.spent), amountOfText(alert.limit));
  const limit = formatLimitText(alert.limit, alert.unit);
  const said =
    percent === null
      ? `${who} has spent ${formatQuantityText(alert.spent, alert.unit)} of its ${limit} budget for ${when}`
      : `${who} is at ${percent.split('.')[0]} % of its ${limit} budget for ${when}`;
  if (alert.reason === 'correction')
    return `Correction: ${said}, back below ${thresholdName(alert.threshold)}`;
  return alert.late ? `${said} (found late)` : said;
}

/** `80 %`; an absolute threshold is named by what it is. */
function thresholdName(threshold: string): string {
  return threshold.endsWith('%') ? `${threshold.slice(0, -1)} %` : 'its threshold';
}

/** The member of an `each` budget by its name; else the budget by its own. An id where nothing of a name can be seen. */
function subjectOf(alert: Alert): string {
  const [name, id] =
    alert.member === '-'
      ? [alert.budgetName, alert.budgetId]
      : [knownName(alert, alert.member), alert.member];
  return oneLine(name ?? '') || oneLine(id) || 'unnamed';
}
