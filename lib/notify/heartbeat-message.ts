// The weekly sign of life: goes the way that alerts go, so that silence means that all is well.
import { createHash } from 'node:crypto';
import type { Watched } from '../alert/notice.ts';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import { formatInstant, type Instant } from '../time/instant.ts';
import type { Message } from './message.ts';

export function heartbeatMessage(
  budgets: number,
  watched: readonly Watched[],
  tick: Instant,
  run: string,
): Message {
  const open = watched.flatMap(({ condition }) => (condition === null ? [] : [condition.title]));
  const state =
    open.length === 0
      ? 'Nothing needs to be done.'
      : ['Operations were told about:', ...open.map((title) => `- ${title}`)].join('\n');
  const title = `Budget alerts are alive and watch ${budgets} ${budgets === 1 ? 'budget' : 'budgets'}`;
  return {
    messageId: createHash('sha256').update(`heartbeat\n${run}`).digest('hex').slice(0, 20),
    title,
    text: `${title}.\n\n${state}\n\nAs of ${formatInstant(tick)}. This message comes once a week, the way that alerts come.`,
    attributes: { kind: 'heartbeat', severity: 'info', route: DEFAULT_ROUTE, labels: {} },
    alerts: [],
    flags: [],
  };
}
