// Lambda: sends an organization's digest on each route, daily or weekly.
import { environmentState } from '../lib/aws/environment-state.ts';
import { readEnvironment } from '../lib/aws/function-environment.ts';
import { type InvocationContext, runFunction } from '../lib/aws/run-function.ts';
import { rememberNearTimeout } from '../lib/run/near-timeout.ts';
import { sendDigests } from '../lib/run/send-digests.ts';

const NAME = 'send-digest';

const { DIGEST } = readEnvironment(['DIGEST']);
const state = environmentState();

export function handler(event: unknown, context: InvocationContext): Promise<void> {
  return runFunction(
    NAME,
    event,
    context,
    async ({ organization, tick }) => {
      const every = DIGEST === 'weekly' ? 'weekly' : 'daily';
      const { sent, problems } = await sendDigests({ organization, tick, every }, state);
      return { counts: { sent: sent.length }, problems, completed: problems.length === 0 };
    },
    (organization) => rememberNearTimeout(organization, NAME, state),
  );
}
