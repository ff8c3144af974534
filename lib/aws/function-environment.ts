// Reads a function's environment strictly: a blank value is a missing one, and all that is missing is said at once.
import { BudgetAlertsError } from '../errors.ts';
import type { EnvironmentKey } from './deployment-names.ts';

/** @throws BudgetAlertsError `environment-incomplete` */
export function readEnvironment<Key extends EnvironmentKey>(
  keys: readonly Key[],
  environment: NodeJS.ProcessEnv = process.env,
): Readonly<Record<Key, string>> {
  const values = keys.map((key) => [key, environment[key]?.trim() ?? ''] as const);
  const missing = values.filter(([, value]) => value === '').map(([key]) => key);
  if (missing.length > 0) {
    throw new BudgetAlertsError(
      'environment-incomplete',
      `The function's environment lacks ${missing.join(', ')}. The stack sets them: deploy it again.`,
    );
  }
  return Object.fromEntries(values) as Readonly<Record<Key, string>>;
}
