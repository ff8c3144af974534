// `budget-alerts send-test`: one message of each kind, marked as a test, through the real channel of a route.
import type { TopicReceiver } from '../aws/topic-receivers.ts';
import { BudgetAlertsError } from '../errors.ts';
import type { Message } from '../notify/message.ts';
import { isHeard } from '../notify/notifier.ts';
import { knowsRoute } from '../notify/routes.ts';
import { SAMPLE_KINDS, type SampleKind, sampleMessage } from '../notify/samples/sample-messages.ts';
import { testMessage } from '../notify/test-message.ts';
import type { Instant } from '../time/instant.ts';
import { openTarget } from './open-target.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';

export interface SendTestOptions extends TargetOptions {
  readonly tick: Instant;
  readonly route: string;
  /** `null`: only the plain test message. */
  readonly kind: SampleKind | 'all' | null;
}

/** 0: the channel has accepted all of them; 1: it has not, or nobody would hear one of them. */
export async function sendTestCommand(options: SendTestOptions, terminal: Terminal): Promise<number> {
  const { route } = options;
  try {
    await using target = await openTarget(options, options.tick, terminal);
    const { routes, newRunId, flagsOf } = target.state;
    if (!knowsRoute(routes, route)) {
      terminal.error(`There is no route ${route}: the deployment has ${(routes.names ?? []).join(', ')}.`);
      return 1;
    }
    const notifier = routes.notifierOf(route);
    if (!isHeard(await notifier.audience())) {
      terminal.error(
        `Nobody has confirmed a subscription to the route ${route} (${target.channelOf(route)}). Confirm the e-mail that AWS sent, then try again.`,
      );
      return 1;
    }
    let isHeardByAll = true;
    for (const kind of kindsOf(options)) {
      const context = { run: newRunId(), route, flags: flagsOf(target.organization) };
      const message = asTest(kind, sampleMessage(kind, context));
      const delivery = await notifier.deliver(message);
      if (delivery.outcome !== 'accepted') {
        terminal.error(`Not sent: ${kind} (${delivery.outcome}): ${delivery.why}`);
        return 1;
      }
      terminal.out(`Sent ${kind} on the route ${route} to ${target.channelOf(route)}.`);
      const receivers = (await target.receiversOf(route, message)) ?? [];
      for (const line of receiverLines(receivers)) terminal.out(`  ${line}`);
      const gets = ({ verdict }: TopicReceiver) => verdict === 'takes' || verdict === 'unknown';
      isHeardByAll &&= receivers.length === 0 || receivers.some(gets);
    }
    if (isHeardByAll) return 0;
    terminal.error(
      'What every filter leaves out reaches nobody. Tests keep severity and labels of what they show and have the kind "test": ' +
        'send another one (--kind higher-threshold is critical), or let the filter take it.',
    );
    return 1;
  } catch (error) {
    if (!(error instanceof BudgetAlertsError)) throw error;
    terminal.error(error.message);
    return 1;
  }
}

function receiverLines(receivers: readonly TopicReceiver[]): string[] {
  return receivers.map(({ name, verdict, filter }) => {
    if (verdict === 'takes') return `${name} gets it`;
    if (verdict === 'not-confirmed') return `${name} does not get it: nobody has confirmed that yet`;
    return verdict === 'unknown'
      ? `${name} gets it if its filter takes it: ${filter}`
      : `${name} does not get it: its filter is ${filter}`;
  });
}

function kindsOf({ kind }: SendTestOptions): readonly SampleKind[] {
  return kind === 'all' ? SAMPLE_KINDS : [kind ?? 'test'];
}

function asTest(kind: SampleKind, message: Message): Message {
  return kind === 'test' ? message : testMessage(message);
}
