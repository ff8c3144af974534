// Lambda: sends an organization's digest on each route, daily or weekly.
import { environmentState } from '../lib/aws/environment-state.ts';
import { readEnvironment } from '../lib/aws/function-environment.ts';
import { type InvocationContext, runFunction } from '../lib/aws/run-function.ts';
import { sendDigests } from '../lib/run/send-digests.ts';

const { DIGEST } = readEnvironment(['DIGEST']);
const state = environmentState();

export function handler(event: unknown, context: InvocationContext): Promise<void> {
  return runFunction('send-digest', event, context, async ({ organization, tick }) => {
    const every = DIGEST === 'weekly' ? 'weekly' : 'daily';
    const { sent, problems } = await sendDigests({ organization, tick, every }, state);
    return { counts: { sent: sent.length }, problems, completed: problems.length === 0 };
  });
}
