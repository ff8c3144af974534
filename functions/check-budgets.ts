// Lambda: compares an organization's budgets with what was collected and announces what is new, every 15 minutes.
import { ENVIRONMENT_KEYS } from '../lib/aws/deployment-names.ts';
import { environmentState } from '../lib/aws/environment-state.ts';
import { type InvocationContext, runFunction } from '../lib/aws/run-function.ts';
import { check } from '../lib/run/check.ts';
import { rememberNearTimeout } from '../lib/run/near-timeout.ts';
import { checkMeasurements } from './check-measurements.ts';

const NAME = 'check-budgets';
/** A row that cannot be read is reported in every run and keeps nothing else from being checked. */
const HARMLESS_TO_THE_RUN = ['budget-row-rejected', 'silence-row-rejected'];

const state = environmentState();
const metricsNamespace = process.env[ENVIRONMENT_KEYS.metricsNamespace]?.trim() || null;

export function handler(event: unknown, context: InvocationContext): Promise<void> {
  return runFunction(
    NAME,
    event,
    context,
    async (scheduled) => {
      const report = await check({ ...scheduled, alone: false }, state);
      return {
        counts: {
          observations: report.observations.length,
          firing: report.observations.filter(({ open, reached }) => open && reached.length > 0).length,
          delivered: report.delivered.length,
          messages: new Set(report.delivered.map(({ message }) => message.messageId)).size,
        },
        ...(metricsNamespace !== null && {
          measured: checkMeasurements(report, metricsNamespace, state.clock.now()),
        }),
        problems: report.problems,
        completed: report.problems.every(
          ({ severity, code }) => severity !== 'error' || HARMLESS_TO_THE_RUN.includes(code),
        ),
      };
    },
    (organization) => rememberNearTimeout(organization, NAME, state),
  );
}
