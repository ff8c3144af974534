// The one address of AWS that the functions get: it knows who calls, checks their rights, and passes calls on.
import { type IncomingMessage, request } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import * as v from 'valibot';
import { type AwsCall, awsCallOf } from './aws-call.ts';
import { type LoopbackAnswer, startLoopbackServer } from './loopback-server.ts';
import { publishFault } from './publish-rules.ts';
import type { ResolvedStack } from './resolve-template.ts';
import { createTimesToLive, type TimesToLive } from './times-to-live.ts';

export interface AwsProxyOptions {
  /** Address by service, of servers on this machine. */
  readonly endpoints: Readonly<Record<'dynamodb' | 'sns' | 'sqs', string>>;
  /** What Secrets Manager holds, by name. */
  readonly secrets: ReadonlyMap<string, string>;
  /** What CloudFormation knows. */
  readonly stack: ResolvedStack;
  /** As it was uploaded. */
  readonly template: object;
  /** Asked once for each call. */
  readonly isAllowed: (call: AwsCall) => boolean;
  /** A publish was accepted, and its caller does not know yet. */
  readonly onPublished: (topicArn: string) => void;
}

/** What goes wrong with a call: its answer is lost after all was done, or it is refused and nothing is done. */
export type CallFault = 'lost' | 'refused';

export interface AwsProxy {
  readonly endpoint: string;
  /** The next `count` calls of this action on this resource meet `fault`. */
  failNext(count: number, fault: CallFault, action: string, resource: string): void;
  close(): Promise<void>;
}

const secretRequest = v.object({ SecretId: v.string() });

export async function startAwsProxy(options: AwsProxyOptions): Promise<AwsProxy> {
  const { endpoints, secrets, stack, template, isAllowed, onPublished } = options;
  const timesToLive = createTimesToLive(stack);
  const orders: { remaining: number; fault: CallFault; action: string; resource: string }[] = [];

  function takeFault({ action, resource }: AwsCall): CallFault | null {
    const order = orders.find(
      (candidate) =>
        candidate.remaining > 0 && candidate.action === action && candidate.resource === resource,
    );
    if (order === undefined) return null;
    order.remaining -= 1;
    return order.fault;
  }

  async function answerTo(call: AwsCall, asked: IncomingMessage, body: string): Promise<LoopbackAnswer> {
    switch (call.service) {
      case 'secretsmanager':
        return secretValue(secrets, call, body);
      case 'cloudformation':
        return cloudFormationAnswer(stack, template, call, new URLSearchParams(body));
      case 'sns': {
        const fault = call.action === 'sns:Publish' ? publishFault(new URLSearchParams(body)) : null;
        if (fault !== null) return queryError(400, 'InvalidParameter', fault);
        const answer = await passOn(endpoints.sns, asked, body);
        if (answer.status < 300 && call.action === 'sns:Publish') onPublished(call.resource);
        return answer;
      }
      case 'dynamodb':
        return timeToLiveAnswer(timesToLive, call, body) ?? (await passOn(endpoints.dynamodb, asked, body));
      case 'sqs':
        return await passOn(endpoints.sqs, asked, body);
      default:
        throw new Error(`There is no local ${call.service}.`);
    }
  }

  const server = await startLoopbackServer(async (asked) => {
    const body = await text(asked);
    const call = awsCallOf(asked.headers, body);
    if (!isAllowed(call)) return accessDenied(call);
    const fault = takeFault(call);
    if (fault === 'refused') return accessDenied(call);
    const answer = await answerTo(call, asked, body);
    return fault === 'lost' ? 'lost' : answer;
  });
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    failNext: (remaining, fault, action, resource) =>
      void orders.push({ remaining, fault, action, resource }),
    close: server.close,
  };
}

/** The request is sent whole: dynalite does not survive half of one. */
function passOn(
  endpoint: string,
  { method, url, headers }: IncomingMessage,
  body: string,
): Promise<LoopbackAnswer> {
  return new Promise((resolve, reject) => {
    const onward = request(new URL(url ?? '/', endpoint), { method, headers }, (answer) => {
      buffer(answer).then(
        (answered) => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: answered }),
        reject,
      );
    });
    onward.once('error', reject);
    onward.end(body);
  });
}

function secretValue(secrets: ReadonlyMap<string, string>, call: AwsCall, body: string): LoopbackAnswer {
  const { SecretId } = v.parse(secretRequest, JSON.parse(body));
  const SecretString = secrets.get(SecretId);
  if (SecretString === undefined) {
    return jsonError(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  return json(200, { ARN: call.resource, Name: SecretId, SecretString, VersionStages: ['AWSCURRENT'] });
}

const timeToLiveRequest = v.object({
  TableName: v.string(),
  TimeToLiveSpecification: v.optional(v.object({ AttributeName: v.string(), Enabled: v.boolean() })),
});

/** dynalite knows of no time to live. `null`: it is asked about something else. */
function timeToLiveAnswer(timesToLive: TimesToLive, call: AwsCall, body: string): LoopbackAnswer | null {
  const operation = call.action.split(':').at(-1);
  if (operation !== 'DescribeTimeToLive' && operation !== 'UpdateTimeToLive') return null;
  const { TableName, TimeToLiveSpecification } = v.parse(timeToLiveRequest, JSON.parse(body));
  if (TimeToLiveSpecification === undefined) {
    return json(200, { TimeToLiveDescription: timesToLive.describe(TableName) });
  }
  timesToLive.update(TableName, TimeToLiveSpecification);
  return json(200, { TimeToLiveSpecification });
}

function cloudFormationAnswer(
  stack: ResolvedStack,
  template: object,
  { action }: AwsCall,
  parameters: URLSearchParams,
): LoopbackAnswer {
  const asked = parameters.get('StackName') ?? '';
  if (asked !== stack.name)
    return queryError(400, 'ValidationError', `Stack with id ${asked} does not exist`);
  switch (action) {
    case 'cloudformation:DescribeStacks':
      return describedStack(stack);
    case 'cloudformation:GetTemplate': {
      const body = `<TemplateBody>${escaped(JSON.stringify(template))}</TemplateBody>`;
      return xml(
        200,
        `<GetTemplateResponse><GetTemplateResult>${body}</GetTemplateResult></GetTemplateResponse>`,
      );
    }
    default:
      throw new Error(`There is no local ${action}.`);
  }
}

function describedStack({ name, outputs }: ResolvedStack): LoopbackAnswer {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${escaped(value)}</OutputValue></member>`,
  );
  const stack = `<member><StackName>${name}</StackName><Outputs>${members.join('')}</Outputs></member>`;
  return xml(
    200,
    `<DescribeStacksResponse><DescribeStacksResult><Stacks>${stack}</Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  );
}

function accessDenied({ service, caller, action, resource }: AwsCall): LoopbackAnswer {
  const message = `${caller} is not authorized to perform ${action} on ${resource}.`;
  return service === 'sns' || service === 'cloudformation'
    ? queryError(403, 'AuthorizationError', message)
    : jsonError(400, 'AccessDeniedException', message);
}

function json(status: number, document: unknown): LoopbackAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(document),
  };
}

function jsonError(status: number, type: string, message: string): LoopbackAnswer {
  return json(status, { __type: type, message });
}

function queryError(status: number, code: string, message: string): LoopbackAnswer {
  const error = `<Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message>`;
  return xml(status, `<ErrorResponse><Error>${error}</Error></ErrorResponse>`);
}

function xml(status: number, body: string): LoopbackAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
