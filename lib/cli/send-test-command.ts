// `budget-alerts send-test`: one test message through the real channel.
import { BudgetAlertsError } from '../errors.ts';
import { isHeard } from '../notify/notifier.ts';
import { testMessage } from '../notify/test-message.ts';
import type { Instant } from '../time/instant.ts';
import { openTarget, type TargetOptions } from './open-target.ts';
import type { Terminal } from './terminal.ts';

/** 0: the channel has accepted it; 1: it has not, or nobody would hear it. */
export async function sendTestCommand(
  options: TargetOptions & { readonly tick: Instant },
  terminal: Terminal,
): Promise<number> {
  try {
    await using target = await openTarget(options, options.tick, terminal);
    const { notifier, newRunId } = target.state;
    if (!isHeard(await notifier.audience())) {
      terminal.error(
        `Nobody has confirmed a subscription to ${target.channel}. Confirm the e-mail that AWS sent, then try again.`,
      );
      return 1;
    }
    const delivery = await notifier.deliver(testMessage(options.tick, newRunId()));
    if (delivery.outcome === 'accepted') {
      terminal.out(`Sent to ${target.channel}.`);
      return 0;
    }
    terminal.error(`Not sent (${delivery.outcome}): ${delivery.why}`);
    return 1;
  } catch (error) {
    if (!(error instanceof BudgetAlertsError)) throw error;
    terminal.error(error.message);
    return 1;
  }
}
