// The digest's sections about what is held back, what does not work and what the total lacks.
import type { NoticeLatch } from '../alert/notice.ts';
import type { Silence } from '../budget/silence.ts';
import type { SourceState } from '../spend/source-state.ts';
import type { UtcDay } from '../time/utc-day.ts';
import type { DigestSection } from './digest-view.ts';
import { oneLine } from './one-line.ts';
import { shortDay, shortInstant } from './period-name.ts';

const LISTED = 10;

export function silenceSection(
  silences: readonly Silence[],
  names: ReadonlyMap<string, string>,
): DigestSection {
  return {
    heading: 'Silenced',
    lines: silences.slice(0, LISTED).map(({ budgetId, member, until, reason }) => {
      const of = member === null ? '' : ` (${names.get(member) ?? member})`;
      return {
        label: oneLine(`${budgetId ?? 'everything'}${of}`),
        detail: oneLine(`until ${shortInstant(until)} (${reason})`),
      };
    }),
    more: Math.max(0, silences.length - LISTED),
  };
}

/** Sources that are not fresh, and what operations were told and is not over. */
export function digestTroubles(
  sources: readonly SourceState[],
  notices: readonly NoticeLatch[],
): DigestSection {
  const lines = [
    ...sources
      .filter(({ state }) => state !== 'fresh')
      .map(({ source, state, failing }) => ({
        label: `OpenAI ${source}`,
        detail:
          failing === null
            ? `${state}; see SourceStale in the runbook`
            : `${state} since ${shortInstant(failing.since)}: ${failing.code}; see SourceFailing in the runbook`,
      })),
    ...notices.flatMap(({ subject, said }) =>
      said === null || subject.startsWith('source.')
        ? []
        : [
            {
              label: said.code,
              detail: `since ${shortInstant(said.at)} (${subject}); see it in the runbook`,
            },
          ],
    ),
  ];
  return { heading: 'Not working', lines: lines.slice(0, LISTED), more: Math.max(0, lines.length - LISTED) };
}

/** Days of the digest's own that nobody has read for the costs of all projects. */
export function unreadSection(days: readonly UtcDay[]): DigestSection {
  const detail = days.map(shortDay).join(', ');
  const lines = days.length === 0 ? [] : [{ label: 'Days that were never read', detail }];
  return { heading: 'Not in the total', lines, more: 0 };
}
