// The SNS client as this program wants it: one attempt, on a connection of its own.
import { SNSClient } from '@aws-sdk/client-sns';

export interface SnsClientOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly connectionTimeoutMs?: number;
}

const CONNECTION_TIMEOUT_MS = 3_000;

/**
 * The SDK would publish again when an answer is lost, and everybody would get the message twice: whether to repeat is
 * the caller's to decide, and the caller bounds the time of a request. Connections are not kept, since one that died while the function was frozen fails only after
 * the request was written to it, and then nobody knows what became of the message. What is not given comes from the
 * SDK's own variables (`AWS_REGION`, `AWS_ENDPOINT_URL_SNS`, credentials ...).
 */
export function createSnsClient({
  connectionTimeoutMs = CONNECTION_TIMEOUT_MS,
  ...options
}: SnsClientOptions = {}): SNSClient {
  return new SNSClient({
    ...options,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      httpAgent: { keepAlive: false },
      httpsAgent: { keepAlive: false },
    },
  });
}
