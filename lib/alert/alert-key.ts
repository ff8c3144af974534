// What makes an alert the same alert: keys computed from content alone, so that every machine computes the same.
import { createHash } from 'node:crypto';
import type { Budget } from '../budget/budget.ts';
import type { Amount } from '../money/amount.ts';
import { formatAmount, readFormattedAmount } from '../money/format-amount.ts';
import { BUDGET_CURRENCY } from '../spend/measure.ts';
import type { Period } from '../time/period.ts';
import { ruleText } from '../time/period-rule.ts';

/**
 * Six hex digits over what decides a budget's sum: measure, scope or `each`, period, currency. Another sum is another
 * budget in the eyes of the ledger; names, labels, limits and thresholds do not count here.
 */
export function shapeOf(budget: Budget): string {
  const scope = Object.entries(budget.scope)
    .map(([dimension, values]) => [dimension, [...values].sort()])
    .sort();
  const decisive = [budget.measure.name, scope, budget.each, ruleText(budget.period), BUDGET_CURRENCY];
  return hexOf(JSON.stringify(decisive), 6);
}

/** `<limit>:<threshold amount>`: another limit or another threshold is another alert, which is what re-arms it. */
export function announcementKey(limit: Amount, threshold: Amount): string {
  return `${formatAmount(limit)}:${formatAmount(threshold)}`;
}

export interface AnnouncedAmounts {
  readonly limit: Amount;
  readonly threshold: Amount;
}

/** `null`: no key that `announcementKey` makes. */
export function parseAnnouncementKey(key: string): AnnouncedAmounts | null {
  const [limit = null, threshold = null] = key.split(':').map(readFormattedAmount);
  if (limit === null || threshold === null) return null;
  return announcementKey(limit, threshold) === key ? { limit, threshold } : null;
}

/**
 * What a latch holds was said about.
 * @throws TypeError for another key, which is a defect: they are checked where latches are read
 */
export function announcedAmounts(key: string): AnnouncedAmounts {
  const amounts = parseAnnouncementKey(key);
  if (amounts === null) throw new TypeError('a latch holds a key of no announcement');
  return amounts;
}

/** `every-project#2026-11#9f3a1c#proj_abc#100:80` */
export function alertId(budget: Budget, period: Period, member: string, threshold: Amount): string {
  const key = announcementKey(budget.limit, threshold);
  return alertIdOf({ budgetId: budget.id, shape: shapeOf(budget) }, period, member, key);
}

/** As above, of what the ledger holds. */
export function alertIdOf(
  { budgetId, shape }: { readonly budgetId: string; readonly shape: string },
  period: Period,
  member: string,
  announcementKey: string,
): string {
  return [budgetId, period.key, shape, encodeURIComponent(member.toWellFormed()), announcementKey].join('#');
}

/** A correction carries the id of the alert that it takes back, so that people and programs find it. */
export function correctionId(id: string): string {
  return `${id}#correction`;
}

const ONE_ITEM = 1_000;
const SIXTEEN_ITEMS = 16 * ONE_ITEM;

/**
 * Which of a budget's latches holds `member`: one latch up to 1,000 members × thresholds, then sixteen, then 256, so
 * that none outgrows DynamoDB's 400 KB. Reading is the union over all of them, so the number may change in mid-period.
 */
export function shardOf(member: string, memberCount: number, thresholdCount: number): string {
  const entries = memberCount * thresholdCount;
  if (entries <= ONE_ITEM) return '-';
  return hexOf(member, entries <= SIXTEEN_ITEMS ? 1 : 2);
}

function hexOf(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
