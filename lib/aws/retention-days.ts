// Reads how long a deployment keeps spend, from a function's environment or from an output of its stack.
import { BudgetAlertsError } from '../errors.ts';
import { MAX_RETENTION_DAYS, retentionFault } from '../spend/retention.ts';
import { ENVIRONMENT_KEYS } from './deployment-names.ts';

/** Blank, as of a deployment from before it could be chosen: the most there is. @throws BudgetAlertsError `retention-invalid` */
export function parseRetentionDays(text: string): number {
  if (text.trim() === '') return MAX_RETENTION_DAYS;
  const days = Number(text);
  const fault = retentionFault(days);
  if (fault !== null) throw new BudgetAlertsError('retention-invalid', `RetentionDays: ${fault}`);
  return days;
}

/** @throws BudgetAlertsError `retention-invalid` */
export function environmentRetentionDays(environment: NodeJS.ProcessEnv = process.env): number {
  return parseRetentionDays(environment[ENVIRONMENT_KEYS.retentionDays] ?? '');
}
