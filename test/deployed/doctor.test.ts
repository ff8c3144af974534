// The doctor on a deployed stack: nothing to complain of while it is healthy, and each planted fault with its fix.
import { DeleteTableCommand, PutItemCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Announcement } from '../../lib/alert/latch.ts';
import { STACK_OUTPUTS } from '../../lib/aws/deployment-names.ts';
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbItemTable } from '../../lib/aws/dynamodb-item-table.ts';
import type { FindingsDocument } from '../../lib/cli/print-findings.ts';
import type { Finding } from '../../lib/run/finding.ts';
import { formatInstant, HOUR_MS, type Instant, plusMs } from '../../lib/time/instant.ts';
import { playAnnouncement } from './announcement.ts';
import { WEBHOOK_SECRET_NAME, WITH_SLACK } from './configurations.ts';
import {
  ADMIN_KEY,
  ADMIN_KEY_SECRET_NAME,
  type DeployedWorld,
  EVENING,
  FAULTY_KEYS,
  HALF_HOUR_MS,
  startDeployedWorld,
  WEBHOOK_URL,
} from './deployed-world.ts';
import { type Synthesized, type SynthesizedStack, synthesize } from './synthesize.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const AFTERWARDS = plusMs(EVENING, HALF_HOUR_MS);

let synthesized: Synthesized | undefined;
let stack: SynthesizedStack;
let world: DeployedWorld;

beforeAll(async () => {
  synthesized = synthesize([WITH_SLACK]);
  const [first] = synthesized.stacks;
  if (first === undefined) throw new TypeError('a stack was asked for');
  stack = first;
  world = await startDeployedWorld(stack);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  synthesized?.remove();
});

interface Examined {
  readonly code: number | null;
  readonly findings: readonly Finding[];
  /** `failed check: message → fix`, of what is not ok. */
  readonly complaints: readonly string[];
}

async function doctor(now: Instant, ...flags: readonly string[]): Promise<Examined> {
  const ran = await world.run('doctor', '--json', '--now', formatInstant(now), ...flags);
  if (ran.errors !== '') throw new Error(ran.errors);
  const { findings }: FindingsDocument = JSON.parse(ran.out);
  const complaints = findings
    .filter(({ state }) => state !== 'ok')
    .map(({ check, state, message, fix }) => `${state} ${check}: ${message} → ${fix}`.replace(/\s+/g, ' '));
  return { code: ran.code, findings, complaints };
}

/** The complaints about one check, which must be one. */
function about({ complaints }: Examined, check: string): string {
  const found = complaints.filter((line) => line.includes(` ${check}: `));
  if (found.length !== 1)
    throw new Error(`${found.length} complaints about ${check} in ${complaints.join('\n')}`);
  return found[0] ?? '';
}

const tableOf = (role: 'budgetsTable' | 'spendTable' | 'ledgerTable') =>
  createDynamoDbItemTable(world.dynamoDb, nameOf(role));
const nameOf = (role: 'budgetsTable' | 'spendTable' | 'ledgerTable') =>
  world.deployment.stack.outputs[STACK_OUTPUTS[role]] ?? '';

describe('the doctor, on a stack', () => {
  it('where nothing has run since budgets were applied, says so, and that nobody has confirmed', async () => {
    await world.applyBudgets();
    const examined = await doctor(EVENING);
    expect(examined.code).toBe(1);
    expect(about(examined, 'route.oncall')).toMatch(/^failed .*no confirmed subscription.* → /);
    expect(about(examined, 'operations')).toMatch(/^failed .*Nobody hears what operations must know/);
    expect(about(examined, 'check')).toMatch(
      /^failed .*CheckNotRunning.* → It has never run; in a new deployment the first run comes within 20 minutes\. If none does, see whether/,
    );
    expect(about(examined, 'source.costs')).toMatch(
      /^failed .*SourceStale.* → .*See whether the collector runs/,
    );
    // Slack's and Amazon Q's functions hear the default route from the beginning.
    expect(examined.complaints.filter((line) => line.includes('route.default'))).toEqual([]);
  });

  it('that has announced, is content, and changes nothing', async () => {
    expect(await playAnnouncement(world)).toEqual([]);
    const calls = world.deployment.roleCalls.length;
    const mails = world.deployment.emails.length;
    const { code, findings, complaints } = await doctor(AFTERWARDS, '--budgets', 'budgets.yaml');
    expect(complaints).toEqual([]);
    expect(code).toBe(0);
    expect(findings.map(({ check }) => check)).toEqual([
      'node',
      'openai-base-url',
      'budgets-file',
      'stack',
      'admin-key',
      'admin-key.api.usage.read',
      'admin-key.api.management.read',
      'admin-key.expiry',
      'table.budgets',
      'table.spend',
      'table.spend.ttl',
      'table.ledger',
      'table.ledger.ttl',
      'route.default',
      'route.oncall',
      'operations',
      'slack',
      'budgets',
      'routes',
      'check',
      'deliveries',
      'dead-deliveries',
      'notices',
      'source.costs',
      'source.completions',
    ]);
    await world.deployment.settled();
    expect([world.deployment.roleCalls.length, world.deployment.emails.length]).toEqual([calls, mails]);
    expect(world.slack.posts).toHaveLength(1);
  });

  it('prints a line for each finding and one that counts', async () => {
    const { code, out } = await world.run('doctor', '--now', formatInstant(AFTERWARDS));
    const lines = out.trimEnd().split('\n');
    expect(
      lines.every((line) => line.startsWith('ok ') || line === `${stack.name}: 0 failed, 0 warnings.`),
    ).toBe(true);
    expect(code).toBe(0);
    for (const secret of [ADMIN_KEY, WEBHOOK_URL]) expect(out).not.toContain(secret);
  });
});

describe('the doctor finds', () => {
  it.each<[string, string, string, RegExp]>([
    [
      'a key without the scope for usage',
      FAULTY_KEYS.withoutUsage,
      'admin-key.api.usage.read',
      /^failed .*lacks api\.usage\.read.* → Make an admin key with api\.usage\.read .*secret openai-budget-alerts\/default/,
    ],
    [
      'a key without the scope for names',
      FAULTY_KEYS.withoutManagement,
      'admin-key.api.management.read',
      /^warning .*lacks api\.management\.read.* → Make an admin key with .*api\.management\.read/,
    ],
    [
      'a key about to expire',
      FAULTY_KEYS.expiring,
      'admin-key.expiry',
      /^warning .*expires within 3 days.* → .*Create a new admin key.*put it in place of the old one into the secret/,
    ],
    [
      'a key that nobody knows',
      'sk-admin-of-somebody-else',
      'admin-key',
      /^failed .*does not accept.* → Make an admin key/,
    ],
  ])('%s', async (_, key, check, expected) => {
    world.secrets.set(ADMIN_KEY_SECRET_NAME, key);
    const examined = await doctor(AFTERWARDS);
    world.secrets.set(ADMIN_KEY_SECRET_NAME, ADMIN_KEY);
    expect(about(examined, check)).toMatch(expected);
    expect(examined.code).toBe(expected.source.startsWith('^failed') ? 1 : 0);
    expect(examined.complaints.join('\n')).not.toContain(key);
  });

  it('secrets that are gone or hold the wrong thing, at once', async () => {
    world.secrets.delete(ADMIN_KEY_SECRET_NAME);
    world.secrets.set(WEBHOOK_SECRET_NAME, WEBHOOK_URL.replace('https', 'http'));
    const examined = await doctor(AFTERWARDS);
    world.secrets.set(ADMIN_KEY_SECRET_NAME, ADMIN_KEY);
    world.secrets.set(WEBHOOK_SECRET_NAME, WEBHOOK_URL);
    expect(about(examined, 'admin-key')).toMatch(
      /^failed .*There is no secret openai-budget-alerts\/default\. → .*aws secretsmanager create-secret --name openai-budget-alerts\/default/,
    );
    expect(about(examined, 'slack')).toMatch(
      /^failed .*openai-budget-alerts-slack-webhook does not hold the https address.* → .*https:\/\/hooks\.slack\.com\/services/,
    );
    expect(examined.complaints.join('\n')).not.toContain('canary');
    expect(world.slack.posts).toHaveLength(1);
  });

  it('a secret that its user may not read, and calls nothing of it wrong', async () => {
    const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:openai-budget-alerts/default-q7WkZx';
    world.deployment.failNext(1, 'refused', 'secretsmanager:GetSecretValue', arn);
    const examined = await doctor(AFTERWARDS);
    expect(about(examined, 'admin-key')).toMatch(/^skipped .*You may not read the secret/);
    expect(examined.code).toBe(0);
  });

  it('that a table forgets nothing', async () => {
    const setTtl = (Enabled: boolean) => {
      const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled };
      const command = new UpdateTimeToLiveCommand({
        TableName: nameOf('ledgerTable'),
        TimeToLiveSpecification,
      });
      return world.dynamoDb.send(command);
    };
    await setTtl(false);
    const examined = await doctor(AFTERWARDS);
    await setTtl(true);
    expect(about(examined, 'table.ledger.ttl')).toContain(
      `aws dynamodb update-time-to-live --table-name ${nameOf('ledgerTable')} --time-to-live-specification Enabled=true,AttributeName=expiresAt`,
    );
  });

  it('a row that cannot be read, a route that is not deployed, and an alert that was given up', async () => {
    const budgets = createDynamoDbBudgetStore(tableOf('budgetsTable'));
    const { budgets: stored } = await budgets.active('default');
    const [first] = stored;
    if (first === undefined) throw new TypeError('budgets were applied');
    const elsewhere = {
      ...first,
      version: first.version + 1,
      budget: { ...first.budget, notify: ['onkall'] },
    };
    expect(await budgets.put('default', elsewhere, first.version, 'by hand')).toBe(true);
    await world.dynamoDb.send(
      new PutItemCommand({
        TableName: nameOf('budgetsTable'),
        Item: { pk: { S: 'default' }, sk: { S: 'budget#broken' }, spec: { S: '{' } },
      }),
    );
    const ledger = createDynamoDbAlertLedger(tableOf('ledgerTable'));
    const key = { periodEnd: plusMs(EVENING, 6 * HOUR_MS), budgetId: 'unheard', shape: 'abcdef', shard: '-' };
    const dead: Announcement = {
      state: 'dead',
      at: EVENING,
      spent: '7',
      reason: 'first-breach',
      messageId: 'm-1',
      note: 'default',
    };
    const announced = new Map([['-', new Map([['5:5', dead]])]]);
    expect(await ledger.write('default', { key, version: 1, announced, claim: null }, 'run0000001')).toBe(
      true,
    );

    const examined = await doctor(AFTERWARDS);
    expect(examined.code).toBe(1);
    expect(about(examined, 'budgets')).toMatch(
      /^failed .*BudgetRejected.* → .*broken.*Apply the budgets file again/,
    );
    expect(about(examined, 'routes')).toMatch(
      /^failed .*UnknownRoute.* → .*names onkall.*add the route to `routes` and deploy/,
    );
    expect(about(examined, 'dead-deliveries')).toMatch(
      /^failed .*DeliveryDead.* → Nobody was told about: unheard/,
    );
  });

  it('a source that OpenAI refuses, what operations were told of it, and a check that has stopped', async () => {
    world.openAi.failNext(100, { kind: 'status', status: 401, code: 'invalid_api_key' });
    const next = plusMs(EVENING, HOUR_MS);
    await world.deployment.fire(next, plusMs(next, HALF_HOUR_MS));
    const examined = await doctor(plusMs(next, 4 * HOUR_MS));
    expect(about(examined, 'source.costs')).toMatch(
      /^failed .*the admin key is rejected \(SourceFailing\).* → .*Make an admin key/,
    );
    expect(about(examined, 'notice.source.costs')).toMatch(/^warning .*told of SourceFailing/);
    expect(about(examined, 'check')).toMatch(/^failed .*CheckNotRunning.* → It last ran at /);
  });

  it('a table that was deleted, without losing sight of the rest', async () => {
    await world.dynamoDb.send(new DeleteTableCommand({ TableName: nameOf('spendTable') }));
    const examined = await doctor(AFTERWARDS);
    expect(about(examined, 'table.spend')).toMatch(
      /^failed .*There is no table .* → .*aws dynamodb restore-table-from-backup/,
    );
    expect(examined.findings.find(({ check }) => check === 'route.default')?.state).toBe('ok');
    expect(examined.findings.find(({ check }) => check === 'slack')?.state).toBe('ok');
  });

  it('that the stack does not watch the organization, and looks for nothing else', async () => {
    const ran = await world.run('doctor', '--json', '--organization', 'other');
    const { findings }: FindingsDocument = JSON.parse(ran.out);
    expect(findings.at(-1)).toMatchObject({
      check: 'stack',
      state: 'failed',
      fix: expect.stringContaining('choose one with --organization'),
    });
    expect(ran.code).toBe(1);
  });
});
