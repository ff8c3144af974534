// What a request to AWS asks for, in IAM's words: who calls, which action, on which resource.
import type { IncomingHttpHeaders } from 'node:http';
import * as v from 'valibot';
import { arnOf } from './physical-ids.ts';
import type { AccessRequest } from './policy-statement.ts';

export interface AwsCall extends AccessRequest {
  /** The access key id that signed it. */
  readonly caller: string;
  readonly service: string;
}

/** Secrets Manager puts six random characters behind every secret's name. */
export function secretArn(name: string): string {
  return arnOf('secretsmanager', `secret:${name}-q7WkZx`);
}

/** @throws where the service or the request is one that nothing here is known about */
export function awsCallOf(headers: IncomingHttpHeaders, body: string): AwsCall {
  const signed = /Credential=([^/]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/.exec(
    headers.authorization ?? '',
  );
  if (signed === null) throw new Error('The request to AWS is not signed.');
  const [, caller = '', , service = ''] = signed;
  const target = headers['x-amz-target'];
  const { operation, resource } =
    typeof target === 'string' ? jsonRequest(target, service, body) : queryRequest(service, body);
  // What every call of an SDK has, and policies such as those that insist on TLS ask for.
  const context = { 'aws:SecureTransport': ['true'] };
  return { caller, service, action: `${service}:${operation}`, resource, context };
}

const tableRequest = v.object({ TableName: v.string() });
const secretRequest = v.object({ SecretId: v.string() });
const queueRequest = v.object({ QueueUrl: v.string() });

interface Request {
  readonly operation: string;
  readonly resource: string;
}

function jsonRequest(target: string, service: string, body: string): Request {
  const operation = target.split('.').at(-1) ?? '';
  const input: unknown = JSON.parse(body);
  switch (service) {
    case 'dynamodb':
      return { operation, resource: arnOf('dynamodb', `table/${v.parse(tableRequest, input).TableName}`) };
    case 'secretsmanager': {
      const { SecretId } = v.parse(secretRequest, input);
      return { operation, resource: SecretId.startsWith('arn:') ? SecretId : secretArn(SecretId) };
    }
    case 'sqs': {
      const name = v.parse(queueRequest, input).QueueUrl.split('/').at(-1) ?? '';
      return { operation, resource: arnOf('sqs', name) };
    }
    default:
      throw new Error(`No call of ${service} is known here, as ${target}.`);
  }
}

function queryRequest(service: string, body: string): Request {
  const parameters = new URLSearchParams(body);
  const operation = parameters.get('Action') ?? '';
  const [topicArn, stackName] = [parameters.get('TopicArn'), parameters.get('StackName')];
  if (service === 'sns' && topicArn !== null) return { operation, resource: topicArn };
  const subscriptionArn = parameters.get('SubscriptionArn');
  if (service === 'sns' && subscriptionArn !== null) {
    return { operation, resource: subscriptionArn.split(':').slice(0, -1).join(':') };
  }
  if (service === 'cloudformation' && stackName !== null) {
    return { operation, resource: arnOf('cloudformation', `stack/${stackName}/*`) };
  }
  throw new Error(`No call of ${service} is known here, as ${operation}.`);
}
