// What a command works on: the state folder on this machine, or, with --stack, a deployed system.
import { resolve } from 'node:path';
import { deployedState } from '../aws/deployed-state.ts';
import { parseRetentionDays } from '../aws/retention-days.ts';
import { parseRouteTopics } from '../aws/route-topics.ts';
import { createSnsClient } from '../aws/sns-client.ts';
import { createSnsNotifier } from '../aws/sns-notifier.ts';
import { readStackOutputs, type StackOutputs } from '../aws/stack-outputs.ts';
import { type TopicReceiver, topicReceivers } from '../aws/topic-receivers.ts';
import { topicRegion } from '../aws/topic-region.ts';
import { BudgetAlertsError } from '../errors.ts';
import { openLocalState } from '../local/local-state.ts';
import { OUTBOX_FILE } from '../local/outbox-notifier.ts';
import type { Message } from '../notify/message.ts';
import type { Routes } from '../notify/routes.ts';
import type { RunState } from '../run/run-state.ts';
import { MAX_RETENTION_DAYS } from '../spend/retention.ts';
import { type Instant, SECOND_MS } from '../time/instant.ts';
import { targetWords } from './target-flags.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';

export const LOCAL_ORGANIZATION = 'default';
const LOCK_PATIENCE_MS = 30 * SECOND_MS;

export interface Target extends AsyncDisposable {
  readonly organization: string;
  readonly state: RunState;
  /** No other run can be at work on it: the state folder is locked. */
  readonly alone: boolean;
  /** For how many days spend is kept there. */
  readonly retentionDays: number;
  /** Where the messages of a route go, for people: a file, or a topic's ARN. */
  readonly channelOf: (route: string) => string;
  /** Who hears them there gets this one; `null` where that cannot be known. */
  readonly receiversOf: (route: string, message: Message) => Promise<readonly TopicReceiver[] | null>;
}

/** @throws BudgetAlertsError `state-locked`, `stack-unreadable` or `retention-invalid` */
export function openTarget(options: TargetOptions, tick: Instant, terminal: Terminal): Promise<Target> {
  return options.stack === null
    ? openFolder(options, tick, terminal)
    : openStack(options.stack, options.organization);
}

async function openFolder(options: TargetOptions, tick: Instant, terminal: Terminal): Promise<Target> {
  const directory = resolve(terminal.directory, options.state);
  const onWait = (holder: string) => terminal.error(`Waiting for ${holder} to finish with ${directory} …`);
  const local = await openLocalState(directory, () => tick, LOCK_PATIENCE_MS, onWait);
  const { topicArn } = options;
  return {
    organization: options.organization ?? LOCAL_ORGANIZATION,
    state: {
      ...local,
      ...(topicArn !== null && { routes: { names: null, notifierOf: onTopic(topicArn) } }),
      flagsOf: () => targetWords(options),
    },
    alone: true,
    retentionDays: MAX_RETENTION_DAYS,
    channelOf: () => topicArn ?? resolve(directory, OUTBOX_FILE),
    receiversOf: (_, message) => (topicArn === null ? Promise.resolve(null) : receiversOn(topicArn, message)),
    [Symbol.asyncDispose]: () => local[Symbol.asyncDispose](),
  };
}

/** Every route ends at the one topic that was asked for. */
function onTopic(topicArn: string): Routes['notifierOf'] {
  const notifier = createSnsNotifier({ topicArn });
  return () => notifier;
}

async function receiversOn(topicArn: string, message: Message): Promise<readonly TopicReceiver[] | null> {
  const client = createSnsClient(topicRegion(topicArn));
  try {
    return await topicReceivers(client, topicArn, message);
  } finally {
    client.destroy();
  }
}

async function openStack(stack: string, wanted: string | null): Promise<Target> {
  const outputs = await readStackOutputs(stack);
  const retentionDays = parseRetentionDays(outputs.retentionDays);
  const topics = parseRouteTopics(outputs.routeTopics);
  const topicOf = (route: string) => topics.get(route) ?? outputs.alertsTopic;
  return {
    organization: organizationOf(outputs, stack, wanted),
    state: deployedState({ ...outputs, stackName: stack, retentionDays }),
    alone: false,
    retentionDays,
    channelOf: topicOf,
    receiversOf: (route, message) => receiversOn(topicOf(route), message),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** @throws BudgetAlertsError `stack-unreadable`: the stack does not watch it, or watches several */
export function organizationOf(
  { organizations: watched }: StackOutputs,
  stack: string,
  wanted: string | null,
): string {
  const organizations = watched.split(',');
  const organization = wanted ?? (organizations.length === 1 ? organizations[0] : undefined);
  if (organization !== undefined && organizations.includes(organization)) return organization;
  throw new BudgetAlertsError(
    'stack-unreadable',
    `The stack ${stack} watches ${organizations.join(', ')}: choose one with --organization.`,
  );
}
