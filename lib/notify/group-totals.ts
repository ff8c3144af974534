// What the alerts of one message come to together.
import type { Alert } from '../alert/alert.ts';
import { sumAmounts } from '../money/amount.ts';
import { formatAmount } from '../money/format-amount.ts';
import type { Unit } from '../spend/catalogue.ts';
import { compactLimit, compactQuantity } from './compact-quantity.ts';
import { amountOfText } from './format-quantity.ts';

/** `37 budgets reached a threshold, the worst first; 12 are at their limit or over it. Together: $1,204.10 of $1,300.` */
export function groupTotals(alerts: readonly Alert[]): string {
  const corrected = alerts.filter(({ reason }) => reason === 'correction').length;
  const what =
    corrected === alerts.length
      ? `${alerts.length} budgets are back below a threshold that was announced.`
      : `${alerts.length} budgets reached a threshold, the worst first; ${atLimit(alerts)} limit or over it.`;
  const totals = [...Map.groupBy(alerts, ({ unit }) => unit)]
    .filter(([, group]) => group.length > 1)
    .map(([unit, group]) => totalOf(unit, group));
  if (totals.length === 0) return what;
  // Members of one budget have nothing in common; of several budgets nobody knows.
  const isDistinct = alerts.every(({ budgetId }) => budgetId === alerts[0]?.budgetId);
  const overlap = isDistinct ? '' : ' Where budgets overlap, this counts the same spend more than once.';
  return `${what} Together: ${totals.join('; ')}.${overlap}`;
}

function atLimit(alerts: readonly Alert[]): string {
  const count = alerts.filter(({ spent, limit }) => amountOfText(spent) >= amountOfText(limit)).length;
  if (count === 0) return 'none is at its';
  if (count === 1) return 'one is at its';
  return `${count === alerts.length ? 'all' : count} are at their`;
}

function totalOf(unit: Unit, alerts: readonly Alert[]): string {
  const sum = (of: (alert: Alert) => string) => sumAmounts(alerts.map((alert) => amountOfText(of(alert))));
  const limits = formatAmount(sum(({ limit }) => limit));
  return `${compactQuantity(
    sum(({ spent }) => spent),
    unit,
  )} of ${compactLimit(limits, unit)}`;
}
