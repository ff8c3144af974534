// The system as its template deploys it, from the schedules to the e-mail and the Slack post, on services of this machine.
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CheckDocument } from '../../lib/cli/check-document.ts';
import { DAY_MS, formatInstant, HOUR_MS, type Instant, MINUTE_MS, plusMs } from '../../lib/time/instant.ts';
import { canariesIn, filesIn } from '../fakes/canary-search.ts';
import { metricsInLine } from '../fakes/metrics-in-line.ts';
import { BUDGET_NAMES, playAnnouncement } from './announcement.ts';
import { BUDGETS, EMAIL, ONCALL, WEBHOOK_SECRET_NAME, WITH_SLACK, WITHOUT_SLACK } from './configurations.ts';
import {
  ADMIN_KEY,
  ADMIN_KEY_SECRET_NAME,
  type DeployedWorld,
  EVENING,
  FOREIGN_KEY,
  HALF_HOUR_MS,
  NO_WEBHOOK,
  SECRETS,
  startDeployedWorld,
  WEBHOOK_URL,
} from './deployed-world.ts';
import { parseFailureRecord } from './failure-record.ts';
import { type Grant, iamOf, type RoleCall } from './iam.ts';
import { LOST, REVOKED, tooManyRequests } from './local-slack.ts';
import { resolveTemplate } from './resolve-template.ts';
import { type Synthesized, type SynthesizedStack, synthesize } from './synthesize.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const slackSchema = v.object({ text: v.string(), blocks: v.array(v.looseObject({ type: v.string() })) });

/** All that was done under the roles of the template, by both stacks below. */
const roleCalls: RoleCall[] = [];
let synthesized: Synthesized | undefined;
let stack: SynthesizedStack;
let withoutSlack: SynthesizedStack;

beforeAll(() => {
  synthesized = synthesize([WITH_SLACK, WITHOUT_SLACK]);
  const [first, second] = synthesized.stacks;
  if (first === undefined || second === undefined) throw new TypeError('two stacks were asked for');
  // Deployed under the same name, in a world of its own: its ARNs are then those of the first.
  [stack, withoutSlack] = [first, { ...second, name: first.name }];
});
afterAll(() => synthesized?.remove());

describe('the deployed stack', () => {
  let world: DeployedWorld;

  beforeAll(async () => {
    world = await startDeployedWorld(stack);
  });
  afterAll(async () => {
    roleCalls.push(...world.deployment.roleCalls);
    await world[Symbol.asyncDispose]();
  });

  const halfHourFrom = (from: Instant) => world.deployment.fire(from, plusMs(from, HALF_HOUR_MS));

  it('has the budgets of its app as soon as it is deployed, and finds nothing to change in them', async () => {
    const plan = await world.command('apply', 'budgets.yaml', '--dry-run');
    expect(plan).toContain(
      `Plan: 0 to create, 0 to change, ${BUDGET_NAMES.length} unchanged, 0 not in the file`,
    );
  });

  it('announces the breaches of a day by e-mail and in Slack', async () => {
    expect(await playAnnouncement(world)).toEqual([]);

    const [email] = world.alertEmails();
    expect(email?.to).toBe(EMAIL);
    expect(email?.subject).toContain('is at');
    expect(email?.text).toContain('2 budgets reached a threshold');
    const [post] = world.slack.posts;
    expect(post?.contentType).toContain('application/json');
    const { text, blocks } = v.parse(slackSchema, JSON.parse(post?.body ?? ''));
    expect(text).toContain('is at');
    expect(blocks[0]).toMatchObject({ type: 'header', text: { text: expect.stringContaining('Critical') } });
    for (const name of BUDGET_NAMES) expect(JSON.stringify(blocks)).toContain(name);
  });

  it('tells those on call of their budget alone, over a route of their own', () => {
    const told = world.deployment.emails.filter(({ to }) => to === ONCALL);
    expect(told).toHaveLength(1);
    expect(told[0]?.topicArn).not.toBe(world.alertsTopicArn);
    expect(told[0]?.text).toContain('Support chatbot (daily)');
    expect(told[0]?.text).not.toContain('All tokens (daily)');
    expect(told[0]?.text).toContain(
      `budget-alerts silence chatbot-daily --until 3d --reason known --stack ${stack.name}`,
    );
  });

  it('hands the same to Amazon Q, on the topic that only it listens to', () => {
    const handed = world.deployment.roleCalls.filter(
      ({ role, request }) => role.includes('PublishToAmazonQ') && request.action === 'sns:Publish',
    );
    expect(handed).toHaveLength(1);
    expect(handed[0]?.request.resource).toContain('AmazonQTopic');
  });

  it('says nothing twice while the hours go on, or when they come again', async () => {
    await halfHourFrom(plusMs(EVENING, HOUR_MS));
    await halfHourFrom(EVENING);
    expect(world.alertEmails()).toHaveLength(1);
    expect(world.slack.posts).toHaveLength(1);
  });

  it('says nothing twice when its user checks it by hand, and tells them where the budgets are', async () => {
    const now = formatInstant(plusMs(EVENING, 2 * HOUR_MS));
    const { code, out, errors } = await world.run('check', '--json', '--exit-code', '--now', now);
    await world.deployment.settled();
    expect([code, errors]).toEqual([2, '']);
    const { budgets, problems }: CheckDocument = JSON.parse(out);
    expect(problems).toEqual([]);
    const found = new Map(budgets.map(({ id, atLimit }) => [id, atLimit]));
    expect(found).toEqual(new Map(BUDGETS.map(({ id }) => [id, true])));
    expect(world.alertEmails()).toHaveLength(1);
    expect(world.slack.posts).toHaveLength(1);
  });

  it('announces later days too, and once, although the answer to a claim is lost', async () => {
    world.deployment.failNext(1, 'lost', 'dynamodb:PutItem', world.ledgerTableArn);
    // Eight days later collects read the past again and look for parts that no root names.
    await halfHourFrom(plusMs(EVENING, 8 * DAY_MS));
    expect(world.alertEmails()).toHaveLength(2);
    expect(world.slack.posts).toHaveLength(2);
    const text = world.alertEmails()[1]?.text ?? '';
    for (const name of BUDGET_NAMES) expect(text).toContain(name);
    expect(text).toContain('found late');
  });

  it('waits at least as long as Slack asks and posts once', async () => {
    world.slack.answerNext(tooManyRequests(1));
    await world.command('send-test');
    expect(world.slack.posts.slice(2).map(({ status }) => status)).toEqual([429, 200]);
    expect(await world.deployment.queuedMessages()).toEqual([]);
  });

  it('tries again after an error of Slack’s, and after a lost connection, and posts once', async () => {
    const posted = world.slack.posts.length;
    world.slack.answerNext({ status: 500, body: 'internal_error' }, LOST);
    await world.command('send-test', '--kind', 'higher-threshold');
    expect(world.slack.posts.slice(posted).map(({ status }) => status)).toEqual([500, 0, 200]);
    expect(world.slack.posts.at(-1)?.body).toContain('This is a test');
    expect(await world.deployment.queuedMessages()).toEqual([]);
  });

  it('posts the text alone where Slack refuses the blocks', async () => {
    const posted = world.slack.posts.length;
    world.slack.answerNext({ status: 400, body: 'invalid_blocks' });
    await world.command('send-test');
    expect(world.slack.posts.slice(posted).map(({ status }) => status)).toEqual([400, 200]);
    const { text, blocks } = JSON.parse(world.slack.posts.at(-1)?.body ?? '');
    expect(blocks).toBeUndefined();
    expect(text).toMatch(
      /Support chatbot is at 92 %[\s\S]*This is the text alone\. Slack refused what the message is made of/,
    );
    expect(await world.deployment.queuedMessages()).toEqual([]);
  });

  it('keeps what Slack refuses for good in the dead-letter queue, after two repetitions', async () => {
    const posted = world.slack.posts.length;
    world.slack.answerNext(REVOKED, REVOKED, REVOKED, REVOKED);
    await world.command('send-test');
    expect(world.slack.posts.slice(posted).map(({ status }) => status)).toEqual([404, 404, 404]);
    const letters = await world.deployment.queuedMessages();
    expect(letters.map(parseFailureRecord)).toEqual([
      {
        construct: 'PostToSlack',
        attempts: 3,
        event: { Records: [expect.objectContaining({ EventSource: 'aws:sns' })] },
        errorMessage: expect.stringContaining('no_service'),
      },
    ]);
    expect(letters.join()).not.toContain(WEBHOOK_URL);
  });

  it('tells operations at once, and once, that OpenAI refuses the key, and what to do', async () => {
    world.openAi.failNext(100, { kind: 'status', status: 401, code: 'invalid_api_key' });
    await halfHourFrom(plusMs(EVENING, 8 * DAY_MS + HOUR_MS));
    const told = world.deployment.emails.filter(({ subject }) => subject.includes('cannot be read'));
    expect(told.map(({ subject }) => subject).sort()).toEqual([
      'Budget alerts: OpenAI completions cannot be read: the admin key is rejected',
      'Budget alerts: OpenAI costs cannot be read: the admin key is rejected',
    ]);
    expect(told[0]?.text).toContain('SourceFailing');
    expect(told[0]?.text).not.toContain(ADMIN_KEY);
  });

  it('finds in the morning what no other run can, and gives a sign of life on Mondays', async () => {
    const morning = plusMs(mondayAfter(plusMs(EVENING, 9 * DAY_MS)), 7 * HOUR_MS + 15 * MINUTE_MS);
    // The answer to the first notice's claim is lost: it is read back, as with alerts.
    world.deployment.failNext(1, 'lost', 'dynamodb:PutItem', world.ledgerTableArn);
    await world.deployment.fire(morning, plusMs(morning, 2 * MINUTE_MS));
    expect(world.deployment.emails.map(({ subject }) => subject)).toContain(
      'OpenAI budget alerts: The check of budgets does not run',
    );
    expect(world.alertEmails().at(-1)?.subject).toMatch(/^OpenAI budget alerts: .* attention: /);
    await world.deployment.fire(morning, plusMs(morning, 2 * MINUTE_MS));
    expect(
      world.deployment.emails.filter(
        ({ subject }) =>
          subject.endsWith(': The check of budgets does not run') && !subject.includes('attention'),
      ),
    ).toHaveLength(1);
  });

  it('sends a digest in the morning, on the routes that let it through, and once', async () => {
    const sent = () => world.deployment.emails.filter(({ subject }) => subject.startsWith('OpenAI spend, '));
    const morning = plusMs(mondayAfter(plusMs(EVENING, 9 * DAY_MS)), 7 * HOUR_MS + 28 * MINUTE_MS);
    await world.deployment.fire(morning, plusMs(morning, 2 * MINUTE_MS));
    await world.deployment.fire(morning, plusMs(morning, 2 * MINUTE_MS));
    expect(sent().map(({ to }) => to)).toEqual([EMAIL]);
    expect(sent()[0]?.text).toContain('Budgets: ');
  });

  it('writes nothing of a secret anywhere, whatever is wrong with it', async () => {
    // A key that OpenAI refuses, saying parts of it; an address that is none, found after Slack has refused the one before.
    world.secrets.set(ADMIN_KEY_SECRET_NAME, FOREIGN_KEY).set(WEBHOOK_SECRET_NAME, NO_WEBHOOK);
    world.slack.answerNext(REVOKED);
    const dead = (await world.deployment.queuedMessages()).length;
    await world.command('send-test');
    await halfHourFrom(plusMs(EVENING, 20 * DAY_MS + HOUR_MS));
    expect((await world.run('doctor')).code).toBe(1);
    const letters = (await world.deployment.queuedMessages()).slice(dead).map(parseFailureRecord);
    expect(letters[0]?.errorMessage).toContain('must be the address of a Slack incoming webhook');
    expect(world.deployment.logLines().join('\n')).toContain('HTTP 401');

    const written = [...(await world.written()), ...filesIn(synthesized?.folder ?? '')];
    expect(written.length).toBeGreaterThan(100);
    expect(canariesIn([...SECRETS, WEBHOOK_URL], written)).toEqual([]);
  });

  it('logs one line for each run, and no names, amounts, bodies, URLs or secrets', () => {
    const all = world.deployment.logLines();
    // AWS's own client adds the error of a run that failed.
    expect(all.filter((line) => !/^\{|\tERROR\tInvoke Error \t\{/.test(line))).toEqual([]);
    const lines = all.filter((line) => line.startsWith('{'));
    const runSchema = v.object({ function: v.string(), awsRequestId: v.string() });
    const invocations = lines.map((line) => v.parse(runSchema, JSON.parse(line)).awsRequestId);
    expect(new Set(invocations).size).toBe(lines.length);
    for (const word of ['http', 'hooks.slack.com', '$']) expect(lines.join('\n')).not.toContain(word);
    for (const word of [ADMIN_KEY, WEBHOOK_URL, ...BUDGET_NAMES]) expect(all.join('\n')).not.toContain(word);
  });
});

describe('a stack on its first day', () => {
  let world: DeployedWorld;
  let now: Instant = EVENING;

  beforeAll(async () => {
    world = await startDeployedWorld(withoutSlack);
    world.secrets.clear();
  });
  afterAll(async () => {
    roleCalls.push(...world.deployment.roleCalls);
    await world[Symbol.asyncDispose]();
  });

  async function nextHalfHour(): Promise<void> {
    await world.deployment.fire(now, plusMs(now, HALF_HOUR_MS));
    now = plusMs(now, HOUR_MS);
  }

  it('keeps runs in the dead-letter queue while there is no admin key, and says why', async () => {
    await world.applyBudgets();
    await nextHalfHour();
    const records = (await world.deployment.queuedMessages()).map(parseFailureRecord);
    expect(records.map((record) => record?.construct).sort()).toEqual([
      'CollectCosts',
      'CollectUsage',
      'CollectUsage',
    ]);
    for (const record of records) expect(record?.errorMessage).toContain('openai-key-missing');
  });

  it('claims and announces nothing before somebody has confirmed the subscription', async () => {
    world.secrets.set(ADMIN_KEY_SECRET_NAME, ADMIN_KEY);
    await nextHalfHour();
    const published = world.deployment.roleCalls.filter(
      ({ request }) => request.action === 'sns:Publish' && request.resource === world.alertsTopicArn,
    );
    expect(published).toEqual([]);
    expect(await world.latchKeys()).toEqual([]);
  });

  it('sends no test that nobody would hear, nor on a route that it does not have', async () => {
    const unheard = await world.run('send-test');
    expect([unheard.code, unheard.out]).toEqual([1, '']);
    expect(unheard.errors).toContain('Nobody has confirmed a subscription to the route default');
    const unknown = await world.run('send-test', '--route', 'on-call');
    expect([unknown.code, unknown.out]).toEqual([1, '']);
    expect(unknown.errors).toContain('There is no route on-call: the deployment has default, oncall.');
  });

  it('keeps a check that could not publish in the dead-letter queue, and announces everything with the next', async () => {
    const before = (await world.deployment.queuedMessages()).length;
    await world.deployment.confirmEmails();
    world.deployment.failNext(2, 'refused', 'sns:Publish', world.alertsTopicArn);
    await nextHalfHour();
    const records = (await world.deployment.queuedMessages()).slice(before).map(parseFailureRecord);
    expect(records).toEqual([expect.objectContaining({ construct: 'CheckBudgets', attempts: 2 })]);

    expect(world.alertEmails()).toHaveLength(1);
    for (const name of BUDGET_NAMES) expect(world.alertEmails()[0]?.text).toContain(name);
    expect(await world.latchKeys()).toHaveLength(BUDGET_NAMES.length);
  });

  it('says of a test whom it reaches, and that a filter leaves it out', async () => {
    // Addresses are queues here.
    const heard = await world.run('send-test');
    expect([heard.code, heard.errors]).toEqual([0, '']);
    expect(heard.out).toContain(`Sent test on the route default to ${world.alertsTopicArn}.`);
    expect(heard.out).toMatch(/^ {2}sqs subscriber-\S+ gets it$/m);
    const left = await world.run('send-test', '--route', 'oncall');
    expect(left.code).toBe(1);
    expect(left.out).toMatch(/^ {2}sqs \S+ does not get it: its filter is \{"severity":\["critical"\]\}$/m);
    expect(left.errors).toContain('What every filter leaves out reaches nobody.');
    const critical = await world.run('send-test', '--route', 'oncall', '--kind', 'higher-threshold');
    expect([critical.code, critical.errors]).toEqual([0, '']);
    expect(critical.out).toMatch(/^ {2}sqs \S+ gets it$/m);
  });

  it('measures for its dashboard by organization only, in the line that a check writes anyway', () => {
    const lines = world.deployment.logLines();
    const measuring = lines.filter((line) => line.includes('"_aws"'));
    expect(measuring.length).toBeGreaterThan(0);
    for (const line of measuring) {
      expect(line).toContain('"function":"check-budgets"');
      for (const { namespace, dimensions } of metricsInLine(line)) {
        expect([namespace, dimensions]).toEqual([
          expect.stringMatching(/^OpenAiBudgetAlerts\//),
          { organization: 'default' },
        ]);
      }
    }
    // No budget here is over the whole organization in dollars.
    expect(new Set(measuring.flatMap(metricsInLine).map(({ name }) => name))).toEqual(
      new Set(['HoursSinceRead']),
    );
  });
});

/** The first midnight of a Monday, UTC, that is not before `instant`. */
function mondayAfter(instant: Instant): Instant {
  const midnight = Math.ceil(instant / DAY_MS) * DAY_MS;
  const daysToMonday = (8 - new Date(midnight).getUTCDay()) % 7;
  return (midnight + daysToMonday * DAY_MS) as Instant;
}

describe('the roles of the stack, after all that', () => {
  /** What no call of these worlds can use, and why it is granted all the same. */
  const JUSTIFIED: readonly { readonly role: string; readonly action: string; readonly why: string }[] = [
    {
      role: 'SchedulerRole',
      action: 'sqs:SendMessage',
      why: 'EventBridge Scheduler hands over what Lambda would not take; here it takes everything',
    },
    {
      role: 'SendDigestRole',
      action: 'sqs:SendMessage',
      why: 'Lambda hands over a digest that failed twice; here none does',
    },
    {
      role: 'PublishToAmazonQRole',
      action: 'sqs:SendMessage',
      why: 'Lambda hands over a message that failed twice; here none does',
    },
    {
      role: 'HeartbeatRole',
      action: 'sqs:SendMessage',
      why: 'Lambda hands over a heartbeat that failed twice; here none does',
    },
    {
      role: 'SeedBudgetsRole',
      action: 'sqs:SendMessage',
      why: 'Lambda hands over a seeding whose answer CloudFormation did not take; here it takes every one',
    },
    {
      role: 'SeedBudgetsRole',
      action: 'dynamodb:GetItem',
      why: 'a write that was refused is read back; here nobody writes beside the deployment',
    },
  ];

  it('allow every call that was made under them', () => {
    const iam = iamOf(resolveTemplate(stack.template, stack.name));
    expect(roleCalls.length).toBeGreaterThan(100);
    expect(roleCalls.filter((call) => !iam.roleMay(call))).toEqual([]);
  });

  it('grant nothing that was not used, but for what is justified here', () => {
    const unused = iamOf(resolveTemplate(stack.template, stack.name)).unused(roleCalls);
    const isJustified = ({ role, action }: Grant) =>
      JUSTIFIED.some((entry) => role.includes(entry.role) && action === entry.action);
    expect(unused.filter((grant) => !isJustified(grant))).toEqual([]);
    expect(unused).toHaveLength(JUSTIFIED.length);
  });
});
