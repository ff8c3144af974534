// What `status` prints for people: can the figures be trusted, does it run, what is held back, where do budgets stand.
import colors from 'picocolors';
import type { NoticeLatch } from '../alert/notice.ts';
import { formatQuantity } from '../notify/format-quantity.ts';
import { periodName } from '../notify/period-name.ts';
import type { HeldBack, StatusReport } from '../run/read-status.ts';
import type { SourceState } from '../spend/source-state.ts';
import { HOUR_MS } from '../time/instant.ts';
import { budgetTable } from './budget-table.ts';
import { checkDocument } from './check-document.ts';
import { instantText, spanText } from './instant-text.ts';
import { memberText } from './member-text.ts';
import { plainTable } from './plain-table.ts';
import { plainText } from './plain-text.ts';
import { problemLines } from './print-problems.ts';
import { silenceTable } from './print-silences.ts';
import { thresholdText } from './threshold-text.ts';

/** Checks run every quarter of an hour, and leave word of it once an hour. */
const CHECK_OVERDUE_MS = 2 * HOUR_MS;
const HELD_BACK_SHOWN = 50;

export function statusText(report: StatusReport, organization: string): string {
  const { asOf, sources, silences, heldBack, notices, names, problems } = report;
  const { budgets } = checkDocument(asOf, report, []);
  const sections = [
    [
      `${colors.bold(plainText(organization))} at ${instantText(asOf)}`,
      lastCheckText(report),
      ...(sources.length === 0 ? [] : ['', sourceTable(sources), ...sources.flatMap(failureLines)]),
    ],
    silences.length === 0 ? ['Nothing is silenced.'] : [silenceTable(silences, names, asOf)],
    heldBack.length === 0 ? [] : [heldBackTable(heldBack, names)],
    notices.length === 0 ? ['Operations have nothing open.'] : [noticeTable(notices)],
    problemLines(problems, null),
    [budgets.length === 0 ? 'No budgets are declared here.' : budgetTable(budgets, names)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function lastCheckText({ asOf, lastCheckAt }: StatusReport): string {
  if (lastCheckAt === null) return colors.yellow('No check has run yet.');
  const said = `Last check noted at ${instantText(lastCheckAt)}`;
  if (asOf - lastCheckAt < CHECK_OVERDUE_MS) return `${said}.`;
  return colors.yellow(
    `${said}, ${spanText(asOf - lastCheckAt)} ago: nothing is announced while no check runs.`,
  );
}

function sourceTable(sources: readonly SourceState[]): string {
  const columns = ['SOURCE', 'STATE', 'COMPLETE THROUGH', 'PROVISIONAL FROM', 'LAST READ'];
  const rows = sources.map(({ source, state, completeThrough, provisionalFrom, lastSuccessAt }) => [
    source,
    (state === 'fresh' ? colors.green : state === 'stale' ? colors.yellow : colors.red)(state),
    completeThrough ?? 'no day yet',
    provisionalFrom,
    lastSuccessAt === null ? 'never' : instantText(lastSuccessAt),
  ]);
  return plainTable(
    columns.map((title) => ({ title })),
    rows,
  );
}

function failureLines({ source, failing }: SourceState): string[] {
  if (failing === null) return [];
  const { since, code, failures, hint } = failing;
  const times = failures === 1 ? 'once' : `${failures} times`;
  return [
    colors.red(`${source} has failed ${times} since ${instantText(since)} (${code}): ${plainText(hint)}`),
  ];
}

function heldBackTable(heldBack: readonly HeldBack[], names: ReadonlyMap<string, string>): string {
  const columns = ['HELD BACK', 'FOR', 'PERIOD', 'REACHED', 'SPENT', 'SILENCE', 'REASON'];
  const rows = heldBack.map(({ intent: { observation, threshold, reason }, silence }) => {
    const { budget, member, period, spent } = observation;
    const { unit } = budget.measure;
    const reached = thresholdText(threshold.label, unit);
    return [
      budget.id,
      budget.each === null ? '' : memberText(member, names),
      periodName(period),
      reason === 'correction' ? `${reached} no more` : reached,
      formatQuantity(spent, unit),
      plainText(silence.id),
      plainText(silence.reason),
    ];
  });
  return plainTable(
    columns.map((title) => ({ title, align: title === 'SPENT' ? 'right' : 'left' })),
    rows,
    HELD_BACK_SHOWN,
  );
}

function noticeTable(notices: readonly NoticeLatch[]): string {
  const columns = ['OPERATIONS', 'ABOUT', 'STATE', 'TOLD'];
  const rows = notices.map(({ subject, said, claim }) => [
    colors.yellow(said?.code ?? claim?.notice.code ?? ''),
    subject,
    plainText(said?.state ?? claim?.notice.state ?? ''),
    [said === null ? '' : instantText(said.at), claim === null ? '' : 'message on its way']
      .filter((part) => part !== '')
      .join(', '),
  ]);
  return plainTable(
    columns.map((title) => ({ title })),
    rows,
  );
}
