// The weekly sign of life: goes the way that alerts go, so that silence means that all is well.
import { createHash } from 'node:crypto';
import type { Watched } from '../alert/notice.ts';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import type { Instant } from '../time/instant.ts';
import type { Message } from './message.ts';
import type { NoticeContext } from './notice-message.ts';
import { shortInstant } from './period-name.ts';

export function heartbeatMessage(
  budgets: number,
  watched: readonly Watched[],
  tick: Instant,
  { organization, run }: Pick<NoticeContext, 'organization' | 'run'>,
): Message {
  const open = watched.flatMap(({ condition }) => (condition === null ? [] : [condition.title]));
  const [first] = open;
  const state =
    first === undefined
      ? 'Nothing needs to be done.'
      : ['Operations were told about:', ...open.map((each) => `- ${each}`)].join('\n');
  const title =
    first === undefined
      ? `OpenAI budget alerts are alive and watch ${budgets} ${budgets === 1 ? 'budget' : 'budgets'}`
      : `OpenAI budget alerts: ${open.length === 1 ? 'one thing needs' : `${open.length} things need`} attention: ${first}`;
  return {
    messageId: createHash('sha256').update(`heartbeat\n${run}`).digest('hex').slice(0, 20),
    title,
    text: `${title}.\n\n${state}\n\nAs of ${shortInstant(tick)}. This message comes once a week, the way that alerts come: if it stays away, look why.`,
    attributes: {
      kind: 'heartbeat',
      severity: first === undefined ? 'info' : 'warning',
      organization,
      route: DEFAULT_ROUTE,
      labels: {},
    },
    alerts: [],
    flags: [],
  };
}
