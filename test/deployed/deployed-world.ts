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
import {
  DAY_MS,
  HOUR_MS,
  type Instant,
  instantOfEpochMs,
  MINUTE_MS,
  plusMs,
} from '../../lib/time/instant.ts';
import { plusDays, startOfDay, utcDayOf } from '../../lib/time/utc-day.ts';
import { programsCoverage } from '../coverage/programs-coverage.ts';
import { valuesOf } from '../fakes/canary-search.ts';
import { BUDGETS, WEBHOOK_SECRET_NAME } from './configurations.ts';
import { type Deployment, deploy, USER } from './deployment.ts';
import { CREDENTIALS } from './lambda-runtime.ts';
import { type LocalSlack, startLocalSlack } from './local-slack.ts';
import { REGION } from './physical-ids.ts';
import type { Email } from './subscribers.ts';
import type { SynthesizedStack } from './synthesize.ts';

export const ADMIN_KEY_SECRET_NAME = 'openai-budget-alerts/default';
export const WEBHOOK_URL = 'https://hooks.slack.com/services/T00000000/B00000000/canaryT3wN5jRc8MxG7bE';
export const ADMIN_KEY = 'sk-admin-canaryH5rW8qKx2TzD9pL';
/** None of the organization's: OpenAI refuses it, and says parts of it. */
export const FOREIGN_KEY = 'sk-admin-canaryK2mJ7vBn4RyS6gN';
/** In the place of a webhook's address, by a slip of somebody's hand. */
export const NO_WEBHOOK = 'https://hooks.slack.example/canaryV1cM3sQd8HwJ4tF';
const USER_SECRET_ACCESS_KEY = 'canaryX8dF6kPj5LgR2yU';
/** Whatever of these is found anywhere but in Secrets Manager and in a request's signature has leaked. */
export const SECRETS: readonly string[] = [
  ...[ADMIN_KEY, FOREIGN_KEY, NO_WEBHOOK, USER_SECRET_ACCESS_KEY],
  ...[CREDENTIALS.secretAccessKey, CREDENTIALS.sessionToken],
];
/** Other keys of the organization, each with something to find. */
export const FAULTY_KEYS = {
  withoutUsage: 'sk-admin-without-usage',
  withoutManagement: 'sk-admin-without-management',
  expiring: 'sk-admin-about-to-expire',
} as const;
const COMMAND = join(import.meta.dirname, '../../lib/cli/budget-alerts.ts');

/** The day after this one, so that whatever is applied now was there before anything happened. */
const DAY = plusDays(utcDayOf(instantOfEpochMs(Date.now())), 1);
/** Everyday traffic of ten projects, from that day on. */
const WORLD = createWorld({ seed: 7, start: DAY, incident: null });

/** By six in the evening, costs of the day are known up to the early afternoon. */
export const EVENING: Instant = plusMs(startOfDay(DAY), 18 * HOUR_MS);
/** Each of an organization's schedules is due in it, and the check after the others. */
export const HALF_HOUR_MS = 30 * MINUTE_MS;

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

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
  /** DynamoDB as its user reaches it, with whatever they do there by hand. */
  readonly dynamoDb: ReturnType<typeof createDynamoDbClient>;
  /** Runs `budget-alerts` on the stack, as its user. */
  run(...commandAndArguments: readonly string[]): Promise<Ran>;
  /** The same; what it printed is thrown if it fails. */
  command(...commandAndArguments: readonly string[]): Promise<string>;
  applyBudgets(): Promise<string>;
  /** All that was written by anybody, but for what is in Secrets Manager: name → what. */
  written(): Promise<(readonly [name: string, content: string | Uint8Array])[]>;
}

export async function startDeployedWorld(stack: SynthesizedStack): Promise<DeployedWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'budget-alerts-user-'));
  writeFileSync(join(folder, 'budgets.yaml'), JSON.stringify({ budgets: BUDGETS }));
  const openAi = await startSimulatedOrganization({
    world: WORLD,
    now: EVENING,
    adminKeys: [
      { key: ADMIN_KEY, scopes: ['api.usage.read', 'api.management.read'] },
      { key: FAULTY_KEYS.withoutUsage, scopes: ['api.management.read'] },
      { key: FAULTY_KEYS.withoutManagement, scopes: ['api.usage.read'] },
      {
        key: FAULTY_KEYS.expiring,
        scopes: ['api.usage.read', 'api.management.read'],
        expiresAt: plusMs(EVENING, 2 * DAY_MS),
      },
    ],
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

  const credentials = { accessKeyId: USER, secretAccessKey: USER_SECRET_ACCESS_KEY };
  const dynamoDb = createDynamoDbClient({ endpoint: deployment.endpoint, region: REGION, credentials });

  async function latchKeys(): Promise<string[]> {
    const { Items } = await dynamoDb.send(new ScanCommand({ TableName: outputs[STACK_OUTPUTS.ledgerTable] }));
    return (Items ?? []).map(({ sk }) => sk?.S ?? '').filter((sk) => /^\d/.test(sk));
  }

  const printed: string[] = [];
  async function written(): Promise<(readonly [string, string | Uint8Array])[]> {
    const tables = resources.filter(({ type }) => type === 'AWS::DynamoDB::Table').map(({ ref }) => ref);
    const scans = tables.map(async (TableName) => {
      const { Items } = await dynamoDb.send(new ScanCommand({ TableName }));
      return valuesOf(TableName, Items ?? []);
    });
    return [
      ...(await Promise.all(scans)).flat(),
      ['logs', deployment.logLines().join('\n')],
      ['dead letters', (await deployment.queuedMessages()).join('\n')],
      ['e-mails', JSON.stringify(deployment.emails)],
      ['Slack', JSON.stringify(slack.posts)],
      ['calls of AWS', JSON.stringify(deployment.roleCalls)],
      ['what the command printed', printed.join('\n')],
    ];
  }

  async function run(...commandAndArguments: readonly string[]): Promise<Ran> {
    const child = spawn(process.execPath, [COMMAND, ...commandAndArguments, '--stack', stack.name], {
      cwd: folder,
      env: {
        AWS_ENDPOINT_URL: deployment.endpoint,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: USER,
        AWS_SECRET_ACCESS_KEY: USER_SECRET_ACCESS_KEY,
        OPENAI_BASE_URL: openAi.baseUrl,
        ...programsCoverage(),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    printed.push(out, errors);
    return { code, out, errors };
  }

  async function command(...commandAndArguments: readonly string[]): Promise<string> {
    const { code, out, errors } = await run(...commandAndArguments);
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
    dynamoDb,
    run,
    command,
    written,
    applyBudgets: () => command('apply', 'budgets.yaml'),
    async [Symbol.asyncDispose]() {
      dynamoDb.destroy();
      await deployment[Symbol.asyncDispose]();
      await closeAround();
    },
  };
}
