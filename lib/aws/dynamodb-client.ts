// The DynamoDB client as this program wants it: patient with throttling, impatient with silence.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface DynamoDbClientOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** 0: wait for ever. */
  readonly requestTimeoutMs?: number;
}

/** Repeating is safe, as every write is either conditional, and read back when refused, or the same each time. */
const MAX_ATTEMPTS = 8;
const CONNECTION_TIMEOUT_MS = 3_000;
/** The SDK's own default is to wait for ever. */
const REQUEST_TIMEOUT_MS = 10_000;

/** What is not given comes from the SDK's own variables (`AWS_REGION`, `AWS_ENDPOINT_URL_DYNAMODB`, credentials …). */
export function createDynamoDbClient({
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
  ...options
}: DynamoDbClientOptions = {}): DynamoDBClient {
  return new DynamoDBClient({
    ...options,
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}
