// What a log line says of an error: our own code, or the class of somebody else's. Never its message.
import { BudgetAlertsError } from '../errors.ts';
import { nameOf } from './refused-call.ts';

export function codeOf(error: unknown): string {
  return error instanceof BudgetAlertsError ? error.code : nameOf(error);
}
