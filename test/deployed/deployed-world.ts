// A deployed stack with the world around it: OpenAI's API, Slack, and a person with the command and its credentials.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { STACK_OUTPUTS } from '../../lib/aws/deployment-names.ts';
import { createDynamoDbClient } from '../../lib/aws/dynamodb-client.ts';
import {
  type SimulatedOrganization,
  startSimulatedOrganization,
} from '../../lib/local/simulated-organization/start-simulated-organization.ts';
import { createWorld } from '../../lib/local/simulated-organization/world.ts';
import { HOUR_MS, type Instant, instantOfEpochMs, MINUTE_MS, plusMs } from '../../lib/time/instant.ts';
import { plusDays, startOfDay, utcDayOf } from '../../lib/time/utc-day.ts';
import { BUDGETS, WEBHOOK_SECRET_NAME } from './configurations.ts';
import { type Deployment, deploy, USER } from './deployment.ts';
import { type LocalSlack, startLocalSlack } from './local-slack.ts';
import { REGION } from './physical-ids.ts';
import type { Email } from './subscribers.ts';
import type { SynthesizedStack } from './synthesize.ts';

export const ADMIN_KEY_SECRET_NAME = 'openai-budget-alerts/default';
export const WEBHOOK_URL = 'https://hooks.slack.com/services/T00000000/B00000000/LocalLocalLocalLocal';
export const ADMIN_KEY = 'sk-admin-simulated';
const COMMAND = join(import.meta.dirname, '../../lib/cli/budget-alerts.ts');

/** The day after this one, so that whatever is applied now was there before anything happened. */
const DAY = plusDays(utcDayOf(instantOfEpochMs(Date.now())), 1);
/** Everyday traffic of ten projects, from that day on. */
const WORLD = createWorld({ seed: 7, start: DAY, incident: null });

/** By six in the evening, costs of the day are known up to the early afternoon. */
export const EVENING: Instant = plusMs(startOfDay(DAY), 18 * HOUR_MS);
/** Each of an organization's schedules is due in it, and the check after the others. */
export const HALF_HOUR_MS = 30 * MINUTE_MS;

export interface DeployedWorld extends AsyncDisposable {
  readonly deployment: Deployment;
  readonly openAi: SimulatedOrganization;
  readonly slack: LocalSlack;
  /** What its user has put into Secrets Manager, by name. */
  readonly secrets: Map<string, string>;
  /** What the alerts topic has sent by e-mail; operations have a topic of their own. */
  alertEmails(): Email[];
  /** What the stack's outputs name. */
  readonly alertsTopicArn: string;
  readonly ledgerTableArn: string;
  /** Sort keys of the ledger's latches: those of a period begin with its end. */
  latchKeys(): Promise<string[]>;
  /** Runs `budget-alerts` on the stack, as its user; what it printed is thrown if it fails. */
  command(...commandAndArguments: readonly string[]): Promise<string>;
  applyBudgets(): Promise<string>;
}

export async function startDeployedWorld(stack: SynthesizedStack): Promise<DeployedWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'budget-alerts-user-'));
  writeFileSync(join(folder, 'budgets.yaml'), JSON.stringify({ budgets: BUDGETS }));
  const openAi = await startSimulatedOrganization({
    world: WORLD,
    now: EVENING,
    adminKeys: [{ key: ADMIN_KEY, scopes: ['api.usage.read', 'api.management.read'] }],
  });
  const slack = await startLocalSlack(WEBHOOK_URL);
  const secrets = new Map([
    [ADMIN_KEY_SECRET_NAME, ADMIN_KEY],
    [WEBHOOK_SECRET_NAME, WEBHOOK_URL],
  ]);
  async function closeAround(): Promise<void> {
    await Promise.all([openAi.close(), slack.close()]);
    rmSync(folder, { recursive: true });
  }

  const deployment = await deploy({ stack, secrets, openAi, slack }).catch(async (error: unknown) => {
    await closeAround();
    throw error;
  });

  const { resources, outputs } = deployment.stack;
  const alertsTopicArn = outputs[STACK_OUTPUTS.alertsTopic] ?? '';
  const ledgerTableArn = resources.find(({ ref }) => ref === outputs[STACK_OUTPUTS.ledgerTable])?.arn ?? '';

  async function latchKeys(): Promise<string[]> {
    const credentials = { accessKeyId: USER, secretAccessKey: 'local' };
    const client = createDynamoDbClient({ endpoint: deployment.endpoint, region: REGION, credentials });
    const { Items } = await client.send(new ScanCommand({ TableName: outputs[STACK_OUTPUTS.ledgerTable] }));
    client.destroy();
    return (Items ?? []).map(({ sk }) => sk?.S ?? '').filter((sk) => /^\d/.test(sk));
  }

  async function command(...commandAndArguments: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [COMMAND, ...commandAndArguments, '--stack', stack.name], {
      cwd: folder,
      env: {
        AWS_ENDPOINT_URL: deployment.endpoint,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: USER,
        AWS_SECRET_ACCESS_KEY: 'local',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (code !== 0) {
      throw new Error(`budget-alerts ${commandAndArguments.join(' ')} exited with ${code}: ${out}${errors}`);
    }
    await deployment.settled();
    return out;
  }

  return {
    deployment,
    openAi,
    slack,
    secrets,
    alertEmails: () => deployment.emails.filter(({ topicArn }) => topicArn === alertsTopicArn),
    alertsTopicArn,
    ledgerTableArn,
    latchKeys,
    command,
    applyBudgets: () => command('apply', 'budgets.yaml'),
    async [Symbol.asyncDispose]() {
      await deployment[Symbol.asyncDispose]();
      await closeAround();
    },
  };
}
