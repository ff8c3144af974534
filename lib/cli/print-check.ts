// What `check` prints for people: how fresh the data is, what was sent just now, what is wrong, and where budgets stand.
import colors from 'picocolors';
import { budgetTable } from './budget-table.ts';
import type { BudgetDocument, CheckDocument, SourceDocument } from './check-document.ts';
import { plainText } from './plain-text.ts';
import { problemLines } from './print-problems.ts';

export function checkText(
  document: CheckDocument,
  names: ReadonlyMap<string, string>,
  budgetsFile: string,
  outbox: string,
): string {
  return [
    ...document.sources.map(sourceLine),
    ...alertLines(document, outbox),
    ...problemLines(document.problems, budgetsFile),
    ...(document.budgets.length > 0 ? ['', budgetTable(document.budgets, names)] : []),
    ...countedLines(document.budgets),
  ].join('\n');
}

/** For each budget in another zone, once, whatever its members. */
export function countedLines(budgets: readonly BudgetDocument[]): string[] {
  const lines = budgets.flatMap(({ id, period, countedDays }) => {
    if (countedDays === undefined) return [];
    const { first, last } = countedDays;
    const days = first > last ? 'no UTC day counts' : `UTC days ${first} to ${last} count`;
    return [`${id}: ${days}, those that begin in its period (${period.timezone ?? ''}).`];
  });
  return [...new Set(lines)];
}

export function sourceLine({ source, state, completeThrough, provisionalFrom }: SourceDocument): string {
  const color = state === 'fresh' ? colors.green : colors.yellow;
  const complete = completeThrough === null ? 'no complete day yet' : `complete through ${completeThrough}`;
  return `${source}: ${color(state)}, ${complete}; provisional from ${provisionalFrom}`;
}

function alertLines({ notifications }: CheckDocument, outbox: string): string[] {
  if (notifications.length === 0) return ['No new alerts.'];
  const many = notifications.length === 1 ? '1 new alert' : `${notifications.length} new alerts`;
  return [
    `${many}, written to ${outbox}:`,
    ...notifications.map(({ severity, title }) => {
      const color =
        severity === 'critical' ? colors.red : severity === 'warning' ? colors.yellow : colors.cyan;
      return `  ${color(severity.padEnd(8))} ${plainText(title)}`;
    }),
  ];
}
