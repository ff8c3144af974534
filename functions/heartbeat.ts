// Lambda: once a day finds what no other run can - nobody listening, dead deliveries, a check that does not run.
import { environmentState } from '../lib/aws/environment-state.ts';
import { readEnvironment } from '../lib/aws/function-environment.ts';
import { type InvocationContext, runFunction } from '../lib/aws/run-function.ts';
import { heartbeat } from '../lib/run/heartbeat.ts';
import { rememberNearTimeout } from '../lib/run/near-timeout.ts';

const NAME = 'heartbeat';
const MONDAY = 1;

const { SIGN_OF_LIFE } = readEnvironment(['SIGN_OF_LIFE']);
const signOfLifeOn = SIGN_OF_LIFE === 'weekly' ? MONDAY : null;
const state = environmentState();

export function handler(event: unknown, context: InvocationContext): Promise<void> {
  return runFunction(
    NAME,
    event,
    context,
    async (scheduled) => {
      const report = await heartbeat({ ...scheduled, alone: false, signOfLifeOn }, state);
      return {
        counts: {
          conditions: report.watched.filter(({ condition }) => condition !== null).length,
          confirmedSubscriptions: report.audience?.confirmed ?? -1,
        },
        problems: report.problems,
        completed: report.problems.length === 0,
      };
    },
    (organization) => rememberNearTimeout(organization, NAME, state),
  );
}
