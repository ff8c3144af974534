// The plain text of one alert: what happened, how bad it is, where it went, what to do, and the ids to ask about it.
import type { Alert } from '../alert/alert.ts';
import { alertTitle } from './alert-title.ts';
import type { AlertView, ContributorView } from './alert-view.ts';
import { contributorsHeading } from './contributors-heading.ts';
import type { TargetFlags } from './message.ts';
import { takenBackId } from './received-message.ts';
import { viewAlert } from './view-alert.ts';
import { wrapped } from './wrap-text.ts';

const LABEL_WIDTH = 11;

export function emailText(alert: Alert, flags: TargetFlags): string {
  const view = viewAlert(alert, flags);
  const takenBack = takenBackId(alert);
  return [
    // Not broken: a line that begins with a piece of somebody's name could pass for one of ours.
    `${alertTitle(alert)}.`,
    '',
    ...factsOf(alert, view),
    '',
    ...contributorsOf(view.contributors),
    ...nextSteps(alert, view),
    '',
    `Alert ${alert.id}`,
    ...(takenBack === null ? [] : [`takes back ${takenBack}`]),
  ].join('\n');
}

function factsOf({ severity, reason }: Alert, view: AlertView): string[] {
  const facts: [string, string | null][] = [
    // A correction keeps it for filters only: what it takes back is bad no more.
    ['Severity', reason === 'correction' ? null : severity],
    ['Spent', view.percent === null ? view.spent : `${view.spent} (${view.percent})`],
    ['Limit', `${view.limit}, ${view.left}`],
    ['Threshold', view.threshold],
    ['Period', view.period],
    ['Pace', view.pace],
    ['Budget', view.budget],
    ['Scope', view.scope],
    ['Data', view.data],
  ];
  return facts.flatMap(([label, text]) =>
    text === null ? [] : [wrapped(text, `${label}:`.padEnd(LABEL_WIDTH))],
  );
}

/** Two lines for each: names are long, and figures must stand under one another to be compared. */
function contributorsOf(contributors: readonly ContributorView[]): string[] {
  if (contributors.length === 0) return [];
  const widest = Math.max(...contributors.map(({ amount }) => amount.length));
  const lines = contributors.flatMap(({ label, amount, share, change }) => [
    `  ${label}`,
    `      ${[amount.padStart(widest), (share ?? '').padStart(5), change ?? ''].join('  ').trimEnd()}`,
  ]);
  return [`${contributorsHeading(contributors)}:`, ...lines, ''];
}

/** Commands and addresses stand on lines of their own, unbroken, to be copied. */
function nextSteps({ reason, late }: Alert, { advice, usageUrl, explain, silence }: AlertView): string[] {
  if (reason === 'correction') return ['Nothing needs to be done. Why it stands so:', `  ${explain}`];
  return [
    'What to do:',
    wrapped(`${advice}:`, '  '),
    `    ${usageUrl}`,
    '  By the budget-alerts command, see the days and what was said before:',
    `    ${explain}`,
    ...(late ? [] : ['  and hear no more of it for a while:', `    ${silence}`]),
  ];
}
