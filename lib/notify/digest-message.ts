// The digest: what a day or a week came to, in one message for each route.
import { createHash } from 'node:crypto';
import type { Instant } from '../time/instant.ts';
import type { DigestLine, DigestSection, DigestView } from './digest-view.ts';
import type { Message, TargetFlags } from './message.ts';
import { shortInstant } from './period-name.ts';
import { statusCommand } from './shell-command.ts';
import { COLUMNS, wrapped } from './wrap-text.ts';

export interface DigestRequest {
  readonly view: DigestView;
  /** False: it has no total. */
  readonly isAboutCosts: boolean;
  /** `2 of 17 budgets at their limit`; `null` where none is. */
  readonly alarm: string | null;
  readonly organization: string;
  readonly route: string;
  readonly tick: Instant;
  readonly run: string;
  readonly flags: TargetFlags;
}

export function digestMessage(request: DigestRequest): Message {
  const { view, isAboutCosts, alarm, organization, route, tick, run, flags } = request;
  const title = titleOf(request);
  const hash = createHash('sha256').update(['digest', run, route].join('\n'));
  return {
    messageId: hash.digest('hex').slice(0, 20),
    title,
    text: [
      wrapped(`${title}.`),
      ...view.sections.map(sectionText),
      `Where everything stands, at any time:\n  ${statusCommand(flags)}`,
      wrapped(
        `As of ${shortInstant(tick)}, for the route ${route}. ${isAboutCosts ? 'A day may still grow for a day after its end. ' : ''}A digest also comes when nothing is wrong; it stays away when nothing was spent.`,
      ),
    ].join('\n\n'),
    attributes: {
      kind: 'digest',
      severity: alarm === null ? 'info' : 'warning',
      organization,
      route,
      labels: {},
    },
    alerts: [],
    flags,
    digest: view,
  };
}

function titleOf({ view: { period, total, change }, isAboutCosts, alarm }: DigestRequest): string {
  if (!isAboutCosts) return `OpenAI usage, ${period}: ${alarm ?? 'no budget is at its limit'}`;
  const parts = [`${total}${change === null ? '' : ` (${change})`}`, ...(alarm === null ? [] : [alarm])];
  return `OpenAI spend, ${period}: ${parts.join('; ')}`;
}

function sectionText({ heading, lines, more }: DigestSection): string {
  const first = lines.length + more === 0 ? `${heading}.` : `${heading}:`;
  return [first, ...lines.map(lineText), ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
}

/** On one line where both fit. */
function lineText({ label, detail }: DigestLine): string {
  const line = `  ${label}: ${detail}`;
  return line.length <= COLUMNS ? line : `  ${label}:\n${wrapped(detail, '      ')}`;
}
