// Says what a failed DynamoDB request means for the person who runs this program, and what to do about it.
import { BudgetAlertsError } from '../errors.ts';

const THROTTLED = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

const NO_ACCESS = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

/**
 * A BudgetAlertsError `state-unavailable` with the original as its cause. A request that DynamoDB calls invalid is a
 * defect of this program and is given back as it is.
 */
export function dynamoDbError(error: unknown, tableName: string): unknown {
  const name = error instanceof Error ? error.name : 'unknown error';
  if (name === 'ValidationException') return error;
  return new BudgetAlertsError('state-unavailable', whatToDo(name, error, tableName), { cause: error });
}

function whatToDo(name: string, error: unknown, tableName: string): string {
  const table = `the DynamoDB table "${tableName}"`;
  if (name === 'ResourceNotFoundException') {
    return `There is no table "${tableName}" in this DynamoDB. Deploy the stack first, or correct the table's name, AWS_REGION or AWS_ENDPOINT_URL_DYNAMODB.`;
  }
  if (NO_ACCESS.has(name)) {
    return `Access to ${table} was refused (${name}). Check the AWS credentials, and that they may GetItem, Query, PutItem and DeleteItem on it.`;
  }
  if (THROTTLED.has(name)) {
    return `Requests to ${table} were throttled (${name}), time and again. The next run tries again; if this stays, look at the table's throttling metrics.`;
  }
  const why = error instanceof Error && error.message !== '' ? `${name}: ${error.message}` : name;
  return `Could not reach ${table} (${why}). Check the network, AWS_REGION and AWS_ENDPOINT_URL_DYNAMODB; the next run tries again.`;
}
