// Groups the alerts of a run into few messages: a storm of breaches is one message, not a storm of messages.

import { createHash } from 'node:crypto';
import type { Alert } from '../alert/alert.ts';
import type { Severity } from '../budget/severity.ts';
import { ascending } from '../lists/ascending.ts';
import { elementAt } from '../lists/element-at.ts';
import { alertTitle, asciiAlertTitle } from './alert-title.ts';
import { emailText } from './email-text.ts';
import { amountOfText } from './format-quantity.ts';
import { groupTotals } from './group-totals.ts';
import type { AlertMessage, TargetFlags } from './message.ts';
import { moreAlerts, waitingAlerts } from './more-alerts.ts';
import { statusCommand } from './shell-command.ts';
import { wrapped } from './wrap-text.ts';

/** Nobody reads more than these one by one: the next are one line each, and the others are counted. */
const DESCRIBED_ALERTS = 5;
const LISTED_ALERTS = 200;

const BY_SEVERITY: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/** An alert and the routes on which it is to be sent now. */
export interface AddressedAlert {
  readonly alert: Alert;
  readonly routes: readonly string[];
}

export interface Grouping {
  /** Makes message ids unique; alert ids stay what they are in every message. */
  readonly run: string;
  readonly organization: string;
  readonly flags: TargetFlags;
  /** Route → how many alerts for it did not fit into this run: nobody is told of those of others. */
  readonly waiting: ReadonlyMap<string, number>;
}

/**
 * One message for each route and set of labels and severity, since those are what filter policies choose by: a message
 * must be wanted or unwanted as a whole. Corrections go apart: what nothing needs to be done about must not stand above
 * something that needs it.
 */
export function groupAlerts(alerts: readonly AddressedAlert[], grouping: Grouping): AlertMessage[] {
  const groups = new Map<string, { readonly route: string; readonly alerts: Alert[] }>();
  for (const { alert, routes } of alerts) {
    for (const route of routes) {
      const isCorrection = alert.reason === 'correction';
      const key = JSON.stringify([route, isCorrection, alert.severity, Object.entries(alert.labels).sort()]);
      const group = groups.get(key) ?? { route, alerts: [] };
      group.alerts.push(alert);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map((group) => messageOfAlerts([...group.alerts].sort(worstFirst), group.route, grouping))
    .sort((a, b) => BY_SEVERITY[a.attributes.severity] - BY_SEVERITY[b.attributes.severity]);
}

/** One message of these alerts, which share labels and severity; the worst is the first. */
export function messageOfAlerts(
  worstFirst: readonly Alert[],
  route: string,
  { run, organization, flags, waiting: waitingByRoute }: Grouping,
): AlertMessage {
  const waiting = waitingByRoute.get(route) ?? 0;
  const worst = elementAt(worstFirst, 0);
  const others = worstFirst.length - 1;
  const more = others === 0 ? '' : `, and ${others} more`;
  const title = `${alertTitle(worst)}${more}`;
  const asciiTitle = `${asciiAlertTitle(worst)}${more}`;
  const summary = others === 0 ? null : groupTotals(worstFirst);
  const text = `${textOf(worstFirst, summary, flags)}\nOrganization ${organization}`;
  return {
    messageId: messageIdOf(worstFirst, route, run),
    title,
    ...(asciiTitle !== title && { asciiTitle }),
    text: waiting === 0 ? text : `${waitingAlerts(waiting)}\n\n${text}`,
    attributes: attributesOf(worstFirst, { route, organization }),
    alerts: worstFirst,
    flags,
    ...(summary !== null && { summary }),
    ...(waiting > 0 && { waiting }),
  };
}

function textOf(worstFirst: readonly Alert[], summary: string | null, flags: TargetFlags): string {
  const described = worstFirst.slice(0, DESCRIBED_ALERTS).map((alert) => emailText(alert, flags));
  const listed = worstFirst.slice(DESCRIBED_ALERTS, DESCRIBED_ALERTS + LISTED_ALERTS);
  const uncounted = worstFirst.length - described.length - listed.length;
  const sections = [
    ...(summary === null ? [] : [wrapped(summary)]),
    ...described,
    ...(listed.length > 0 ? [['Also:', ...listed.map((alert) => `  ${alertTitle(alert)}`)].join('\n')] : []),
    ...(uncounted > 0 ? [wrapped(`and ${moreAlerts(uncounted, `\`${statusCommand(flags)}\``)}`)] : []),
  ];
  return sections.join('\n\n----\n\n');
}

function attributesOf(
  alerts: readonly Alert[],
  { route, organization }: Pick<AlertMessage['attributes'], 'route' | 'organization'>,
): AlertMessage['attributes'] {
  const worst = elementAt(alerts, 0);
  const projects = alerts.map(({ scope }) => scope.project);
  const project = projects.every((id) => id === projects[0]) ? projects[0] : undefined;
  return {
    kind: 'alert',
    severity: worst.severity,
    organization,
    route,
    ...(alerts.every(({ budgetId }) => budgetId === worst.budgetId) ? { budgetId: worst.budgetId } : {}),
    ...(typeof project === 'string' ? { projectId: project } : {}),
    labels: worst.labels,
  };
}

/** By share of the limit, compared exactly; then by id, so that the same alerts always give the same message. */
function worstFirst(a: Alert, b: Alert): number {
  const [spentA, limitA] = [amountOfText(a.spent), amountOfText(a.limit)];
  const [spentB, limitB] = [amountOfText(b.spent), amountOfText(b.limit)];
  if (limitA === 0n || limitB === 0n) return ascending(limitA, limitB) || ascending(a.id, b.id);
  return ascending(spentB * limitA, spentA * limitB) || ascending(a.id, b.id);
}

function messageIdOf(alerts: readonly Alert[], route: string, run: string): string {
  const hash = createHash('sha256').update(run).update('\n').update(route);
  for (const { id } of alerts) hash.update('\n').update(id);
  return hash.digest('hex').slice(0, 20);
}
