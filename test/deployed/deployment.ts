// A synthesized stack, deployed to services on this machine exactly as its template says.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT_KEYS } from '../../lib/aws/deployment-names.ts';
import type { SimulatedOrganization } from '../../lib/local/simulated-organization/start-simulated-organization.ts';
import type { Instant } from '../../lib/time/instant.ts';
import { createAsynchronousInvocations } from './asynchronous-invocations.ts';
import type { AwsCall } from './aws-call.ts';
import { type AwsProxy, startAwsProxy } from './aws-proxy.ts';
import { createCustomResources } from './custom-resources.ts';
import { type Iam, iamOf, type RoleCall } from './iam.ts';
import { type LambdaRuntime, LOG_STREAM, startLambdaRuntime } from './lambda-runtime.ts';
import { type Notification, type Subscription, startLocalMessaging } from './local-messaging.ts';
import type { LocalSlack } from './local-slack.ts';
import { startLocalTables } from './local-tables.ts';
import { arnOf } from './physical-ids.ts';
import { type ResolvedStack, resolveTemplate } from './resolve-template.ts';
import { dueSchedules, firing, type Schedule, schedulerMayUse, schedulesOf } from './schedules.ts';
import { functionsOf, mayInvoke, type StackFunction } from './stack-functions.ts';
import { type Email, emailOf, lambdaEventOf } from './subscribers.ts';
import type { SynthesizedStack } from './synthesize.ts';

/** The access key id of the person who deployed it, who may do everything. */
export const USER = 'user';

export interface DeploymentOptions {
  readonly stack: SynthesizedStack;
  /** What the person has put into Secrets Manager, by name. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly openAi: SimulatedOrganization;
  readonly slack: LocalSlack;
}

export interface Deployment extends AsyncDisposable {
  readonly stack: ResolvedStack;
  readonly iam: Iam;
  /** Address of AWS, for the person too. */
  readonly endpoint: string;
  readonly emails: readonly Email[];
  /** The next calls of the functions that meet a fault. */
  readonly failNext: AwsProxy['failNext'];
  /** What was done under the stack's roles, by the functions and by AWS itself. */
  readonly roleCalls: readonly RoleCall[];
  /** What functions wrote to their logs. */
  logLines(): string[];
  /** Each address follows the link in the mail that SNS sent it. */
  confirmEmails(): Promise<void>;
  /** Somebody connects a channel to each topic of Amazon Q, in its console. */
  connectAmazonQ(): Promise<void>;
  /** Fires the schedules that are due from `from` until `until`, each when those before it have settled. */
  fire(from: Instant, until: Instant): Promise<void>;
  /** Until everything that was published has reached its subscribers. */
  settled(): Promise<void>;
  /** Bodies of the messages in all of the stack's queues. */
  queuedMessages(): Promise<string[]>;
}

export async function deploy({
  stack: synthesized,
  secrets,
  openAi,
  slack,
}: DeploymentOptions): Promise<Deployment> {
  const stack = resolveTemplate(synthesized.template, synthesized.name);
  const iam = iamOf(stack);
  const functions = functionsOf(stack, iam);
  const schedules = schedulesOf(stack, iam);
  const folder = mkdtempSync(join(tmpdir(), 'budget-alerts-deployed-'));
  const roleCalls: RoleCall[] = [];
  const emails: Email[] = [];
  const runtimes: LambdaRuntime[] = [];

  /** Whether the role may; that it was asked for stays on record. */
  function attempt(call: RoleCall): boolean {
    roleCalls.push(call);
    return iam.roleMay(call);
  }

  function isAllowed(call: AwsCall): boolean {
    if (call.caller === USER) return true;
    const caller = functions.find(({ logicalId }) => logicalId === call.caller);
    return caller !== undefined && attempt({ role: caller.role, request: call });
  }

  const messaging = await startLocalMessaging(stack);
  const tables = await startLocalTables(stack);
  const proxy = await startAwsProxy({
    endpoints: { dynamodb: tables.endpoint, sns: messaging.endpoint, sqs: messaging.endpoint },
    secrets,
    stack,
    template: synthesized.template,
    isAllowed,
    onPublished: (topicArn) => invocations.track(deliver(topicArn)),
  });

  async function startFunction(declared: StackFunction) {
    const { logicalId, role, logGroup, environment } = declared;
    const taskRoot = join(folder, logicalId);
    cpSync(synthesized.assetFolder(declared.s3Key), taskRoot, { recursive: true });
    const local = { AWS_ENDPOINT_URL: proxy.endpoint, OPENAI_BASE_URL: openAi.baseUrl };
    const definition = {
      ...declared,
      taskRoot,
      environment: { ...environment, ...local },
      slackPort: slack.port,
    };
    const runtime = await startLambdaRuntime(definition);
    runtimes.push(runtime);
    const stream = arnOf('logs', `log-group:${logGroup}:log-stream:${LOG_STREAM}`);
    let hasLog = false;
    return {
      ...declared,
      async invoke(event: unknown) {
        const result = await runtime.invoke(event);
        for (const action of hasLog ? [] : ['logs:CreateLogStream', 'logs:PutLogEvents']) {
          attempt({ role, request: { action, resource: stream, context: {} } });
        }
        hasLog = true;
        return result;
      },
      sendToQueue: (queueArn: string, body: string) => sendAs(role, queueArn, body),
    };
  }

  async function sendAs(role: string, queueArn: string, body: string): Promise<void> {
    const allowed = attempt({
      role,
      request: { action: 'sqs:SendMessage', resource: queueArn, context: {} },
    });
    if (allowed) await messaging.sendToQueue(queueArn, body);
  }

  async function deliver(topicArn: string): Promise<void> {
    for (const subscription of messaging.subscriptions) {
      if (subscription.topicArn !== topicArn) continue;
      for (const notification of await messaging.take(subscription)) {
        if (subscription.protocol === 'email') emails.push(emailOf(subscription, notification));
        else await invokeSubscriber(subscription, notification);
      }
    }
  }

  async function invokeSubscriber(subscription: Subscription, notification: Notification): Promise<void> {
    const subscriber = functions.find(({ arn }) => arn === subscription.endpoint);
    if (
      subscriber !== undefined &&
      mayInvoke(stack, subscriber, 'sns.amazonaws.com', subscription.topicArn)
    ) {
      invocations.accept(subscriber.arn, lambdaEventOf(subscription, notification));
      return;
    }
    const { deadLetterQueueArn: queue, topicArn } = subscription;
    const send = {
      action: 'sqs:SendMessage',
      resource: queue ?? '',
      context: { 'aws:SourceArn': [topicArn] },
    };
    if (queue !== null && iam.serviceMay('sns.amazonaws.com', send)) {
      await messaging.sendToQueue(queue, JSON.stringify(notification));
    }
  }

  async function start(schedule: Schedule, event: unknown): Promise<void> {
    if (!schedulerMayUse(iam, schedule)) {
      throw new Error(`EventBridge Scheduler cannot take the role ${schedule.role}.`);
    }
    if (attempt(firing(schedule)) && functions.some(({ arn }) => arn === schedule.functionArn)) {
      invocations.accept(schedule.functionArn, event);
    } else if (schedule.deadLetterQueueArn !== null) {
      await sendAs(schedule.role, schedule.deadLetterQueueArn, JSON.stringify(event));
    }
  }

  const invocations = createAsynchronousInvocations(await Promise.all(functions.map(startFunction)));
  async function close(): Promise<void> {
    await Promise.all(runtimes.map((runtime) => runtime.close()));
    await proxy.close();
    await Promise.all([tables.close(), messaging.close()]);
    rmSync(folder, { recursive: true });
  }
  try {
    await createCustomResources(stack, invocations);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    stack,
    iam,
    endpoint: proxy.endpoint,
    emails,
    failNext: proxy.failNext,
    roleCalls,
    logLines: () => runtimes.flatMap(({ log }) => log),
    async confirmEmails() {
      for (const subscription of messaging.subscriptions) {
        if (subscription.protocol === 'email') await messaging.confirm(subscription);
      }
    },
    async connectAmazonQ() {
      for (const { environment } of functions) {
        const topicArn = environment[ENVIRONMENT_KEYS.amazonQTopic];
        if (topicArn !== undefined) await messaging.subscribe(topicArn);
      }
    },
    async fire(from, until) {
      for (const { schedule, at, event } of dueSchedules(schedules, from, until)) {
        openAi.setNow(at);
        await start(schedule, event);
        await invocations.settled();
      }
    },
    settled: invocations.settled,
    async queuedMessages() {
      const queues = stack.resources.filter(({ type }) => type === 'AWS::SQS::Queue');
      return (await Promise.all(queues.map(({ arn }) => messaging.messagesIn(arn ?? '')))).flat();
    },
    [Symbol.asyncDispose]: close,
  };
}
