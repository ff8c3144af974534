// What a command works on: the state folder on this machine, or, with --stack, a deployed system.
import { resolve } from 'node:path';
import { deployedState } from '../aws/deployed-state.ts';
import { parseRetentionDays } from '../aws/retention-days.ts';
import { createSnsNotifier } from '../aws/sns-notifier.ts';
import { readStackOutputs, type StackOutputs } from '../aws/stack-outputs.ts';
import { BudgetAlertsError } from '../errors.ts';
import { openLocalState } from '../local/local-state.ts';
import { OUTBOX_FILE } from '../local/outbox-notifier.ts';
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
  /** Where messages go, for people. */
  readonly channel: string;
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
    channel: topicArn ?? resolve(directory, OUTBOX_FILE),
    [Symbol.asyncDispose]: () => local[Symbol.asyncDispose](),
  };
}

/** Every route ends at the one topic that was asked for. */
function onTopic(topicArn: string): Routes['notifierOf'] {
  const notifier = createSnsNotifier({ topicArn });
  return () => notifier;
}

async function openStack(stack: string, wanted: string | null): Promise<Target> {
  const outputs = await readStackOutputs(stack);
  const retentionDays = parseRetentionDays(outputs.retentionDays);
  return {
    organization: organizationOf(outputs, stack, wanted),
    state: deployedState({ ...outputs, stackName: stack, retentionDays }),
    alone: false,
    retentionDays,
    channel: outputs.alertsTopic,
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
