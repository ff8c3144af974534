// One alert in full, in Slack: how far it is, the facts, who spent it, and what to do next.
import type { AlertView, ContributorView } from './alert-view.ts';
import { contributorsHeading } from './contributors-heading.ts';
import { listWithin } from './list-within.ts';
import { percentBar } from './percent-bar.ts';
import { type ReceivedAlert, takenBackId } from './received-message.ts';
import { context, fields, type SlackBlock, section } from './slack-blocks.ts';
import { code, line, link, quotedSize } from './slack-text.ts';

/** Sizes in JSON characters. Together they leave room for a list of other alerts in one message. */
const MAX_PERCENT = 60;
const MAX_FACT = 190;
const MAX_ID = 250;
const MAX_LABEL = 140;
const MAX_FIGURE = 50;
const MAX_CONTRIBUTORS = 8;
const MAX_CONTRIBUTORS_SIZE = 2_000;
const MAX_COMMAND = 400;
const MAX_LINK = 400;

export function alertBlocks(alert: ReceivedAlert, organization: string | undefined): SlackBlock[] {
  const { view } = alert;
  return [
    section([...remarksOf(alert), barOf(view)].join('\n')),
    fields(factsOf(view)),
    ...contributorsOf(view.contributors),
    section(nextOf(alert)),
    context([
      `Data ${line(view.data, MAX_FACT)}`,
      `Budget id ${code(alert.budgetId, MAX_ID)}`,
      `Alert id ${code(alert.id, MAX_ID)}`,
      ...(organization === undefined ? [] : [`Organization ${code(organization, MAX_ID)}`]),
    ]),
  ];
}

/** ` (takes back `id`)`, so that even in a list a correction names what it corrects. */
export function takesBack(alert: ReceivedAlert): string {
  const original = takenBackId(alert);
  return original === null ? '' : ` (takes back ${code(original, MAX_ID)})`;
}

function remarksOf(alert: ReceivedAlert): string[] {
  const original = takenBackId(alert);
  return [
    ...(original === null ? [] : [`*Takes back:* alert ${code(original, MAX_ID)}, which no longer holds`]),
    ...(alert.late ? ['*Found late:* the period had already ended'] : []),
  ];
}

function barOf({ filled, percent }: AlertView): string {
  return percentBar({ filled, percent: percent === null ? null : `*${line(percent, MAX_PERCENT)}*` });
}

function factsOf(view: AlertView): string[] {
  const facts: [string, string | null][] = [
    ['Spent', view.spent],
    ['Limit', view.limit],
    ['Against the limit', view.left],
    ['Threshold', view.threshold],
    ['Period', view.period],
    ['Pace', view.pace],
    ['Budget', view.budget],
    ['Scope', view.scope],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [`*${name}*\n${line(value, MAX_FACT)}`]));
}

function contributorsOf(contributors: readonly ContributorView[]): SlackBlock[] {
  if (contributors.length === 0) return [];
  const lines = contributors.map(({ label, amount, share, change }) => {
    const figures = [share, change].flatMap((text) => (text === null ? [] : [line(text, MAX_FIGURE)]));
    return `• ${[`${line(label, MAX_LABEL)}: *${line(amount, MAX_FIGURE)}*`, ...figures].join(', ')}`;
  });
  const shown = listWithin(lines, 0, {
    maxSize: MAX_CONTRIBUTORS_SIZE,
    maxLines: MAX_CONTRIBUTORS,
    rest: (count) => `and ${count} more`,
    sizeOf: quotedSize,
  });
  return [section([`*${contributorsHeading(contributors)}*`, ...shown].join('\n'))];
}

/** What was taken back needs no silence. */
function nextOf(alert: ReceivedAlert): string {
  const { view } = alert;
  const usage = link(view.usageUrl, 'Usage at OpenAI', MAX_LINK);
  const isTakenBack = takenBackId(alert) !== null;
  return [
    isTakenBack ? '*Nothing needs to be done*' : '*What to do next*',
    ...(isTakenBack ? [] : [`• ${line(view.advice, MAX_FACT)}${usage === null ? '' : `: ${usage}`}`]),
    `• Why it stands so: ${code(view.explain, MAX_COMMAND)}`,
    ...(isTakenBack || alert.late
      ? []
      : [`• Hear no more of it for a while: ${code(view.silence, MAX_COMMAND)}`]),
    ...(isTakenBack && usage !== null ? [`• ${usage}`] : []),
  ].join('\n');
}
