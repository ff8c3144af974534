// What every function stands on: a strict environment, a strict event, one log line, and failures that are failures.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEnvironment } from '../../lib/aws/function-environment.ts';
import { runFunction, type ScheduledRun } from '../../lib/aws/run-function.ts';
import { createSecretReader } from '../../lib/aws/secret-reader.ts';
import { readStackOutputs } from '../../lib/aws/stack-outputs.ts';
import { parseTickEvent } from '../../lib/aws/tick-event.ts';
import { type ScriptedAws, startScriptedAws } from '../fakes/scripted-aws.ts';

describe('an environment', () => {
  it('is read whole', () => {
    const environment = { BUDGETS_TABLE_NAME: 'budgets', SPEND_TABLE_NAME: ' spend ' };
    expect(readEnvironment(['BUDGETS_TABLE_NAME', 'SPEND_TABLE_NAME'], environment)).toEqual({
      BUDGETS_TABLE_NAME: 'budgets',
      SPEND_TABLE_NAME: 'spend',
    });
  });

  it('names all that is missing or blank at once', () => {
    const read = () =>
      readEnvironment(['BUDGETS_TABLE_NAME', 'SPEND_TABLE_NAME', 'LEDGER_TABLE_NAME'], {
        SPEND_TABLE_NAME: '  ',
        LEDGER_TABLE_NAME: 'ledger',
      });
    expect(read).toThrow('BUDGETS_TABLE_NAME, SPEND_TABLE_NAME');
    expect(read).not.toThrow('LEDGER');
  });
});

describe('a tick event', () => {
  it('is what the schedule sends', () => {
    const { organization, tick } = parseTickEvent({
      organization: 'default',
      tick: '2026-11-20T10:02:00Z',
      more: 1,
    });
    expect([organization, tick]).toEqual(['default', Date.UTC(2026, 10, 20, 10, 2)]);
  });

  it.each([
    [null],
    ['x'],
    [{}],
    [{ organization: 'default' }],
    [{ organization: 'default', tick: '<aws.scheduler.scheduled-time>' }],
    [{ organization: 'a#b', tick: '2026-11-20T10:02:00Z' }],
    [{ organization: 'default', tick: 5 }],
  ])('refuses %j', (event) => {
    expect(() => parseTickEvent(event)).toThrow('event must be');
  });
});

describe('a run of a function', () => {
  const event = { organization: 'default', tick: '2026-11-20T10:02:00Z' };
  const context = { awsRequestId: 'req-1', getRemainingTimeInMillis: () => 60_000 };
  let lines: string[];

  beforeEach(() => {
    lines = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      lines.push(String(text));
      return true;
    });
  });
  afterEach(() => vi.restoreAllMocks());

  const problem = {
    code: 'openai-unavailable',
    path: '',
    line: null,
    message: 'Secret project!',
    severity: 'error',
  } as const;

  it('that completed logs one line of ids, counts and classes', async () => {
    await runFunction('collect-costs', event, context, ({ deadline }) => {
      expect(deadline).toBeGreaterThan(Date.now() + 50_000);
      return Promise.resolve({ counts: { requests: 2 }, problems: [problem], completed: true });
    });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        function: 'collect-costs',
        outcome: 'done',
        awsRequestId: 'req-1',
        durationMs: expect.any(Number),
        organization: 'default',
        tick: '2026-11-20T10:02:00Z',
        requests: 2,
        problems: ['openai-unavailable'],
      },
    ]);
  });

  it('that can explain a failure without a secret does so in its line', async () => {
    const explanations = ["OpenAI's answer cannot be counted: data[0].results is not a list"];
    await runFunction('collect-costs', event, context, () =>
      Promise.resolve({ counts: {}, problems: [problem], explanations, completed: true }),
    );
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ problems: ['openai-unavailable'], explanations });
  });

  it.each([
    [
      'did not reach its last stage',
      () => Promise.resolve({ counts: {}, problems: [problem], completed: false }),
      'did not finish: openai-unavailable',
    ],
    ['threw', () => Promise.reject(new TypeError('boom')), 'boom'],
  ])('that %s throws, after one line that names no message', async (_, run, message) => {
    await expect(runFunction('check-budgets', event, context, run)).rejects.toThrow(message);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ outcome: 'failed', organization: 'default' });
    expect(lines[0]).not.toMatch(/Secret|boom/);
  });

  it('that is still at work after 80 % of its time says so then, and is waited for', async () => {
    const said: string[] = [];
    const { promise: wordLeft, resolve: leave } = Promise.withResolvers<void>();
    const run = async ({ deadline, nearTimeoutAt }: ScheduledRun) => {
      expect(deadline - nearTimeoutAt).toBe(10);
      // Ends only when the word was left: it must not wait for the run.
      await wordLeft;
      return { counts: {}, problems: [], completed: true };
    };
    const short = { ...context, getRemainingTimeInMillis: () => 50 };
    await runFunction('check-budgets', event, short, run, async (organization) => {
      said.push(organization);
      leave();
    });
    expect(said).toEqual(['default']);
    expect(lines).toHaveLength(1);
  });

  it('that let no timer in says so at its end, even if it failed', async () => {
    const said: string[] = [];
    const late = { ...context, getRemainingTimeInMillis: () => 0 };
    const run = () => Promise.reject(new Error('boom'));
    const word = async (organization: string) => void said.push(organization);
    await expect(runFunction('check-budgets', event, late, run, word)).rejects.toThrow('boom');
    expect(said).toEqual(['default']);
  });

  it('that ends in time leaves no word, which would be a write in each run', async () => {
    const run = () => Promise.resolve({ counts: {}, problems: [], completed: true });
    await runFunction('check-budgets', event, context, run, () => {
      throw new Error('not near');
    });
    expect(lines).toHaveLength(1);
  });

  it('does not fail for want of its word', async () => {
    const late = { ...context, getRemainingTimeInMillis: () => 0 };
    const run = () => Promise.resolve({ counts: {}, problems: [], completed: true });
    const word = () => Promise.reject(new Error('no table'));
    await runFunction('check-budgets', event, late, run, word);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ outcome: 'done' });
  });

  it('with an event that is none throws and logs all the same', async () => {
    await expect(
      runFunction('check-budgets', {}, context, () => Promise.reject(new Error('not reached'))),
    ).rejects.toMatchObject({ code: 'event-malformed' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ outcome: 'failed', error: 'event-malformed' });
  });
});

describe('AWS behind the functions', () => {
  let aws: ScriptedAws;
  beforeEach(async () => {
    aws = await startScriptedAws();
  });
  afterEach(() => aws[Symbol.asyncDispose]());

  describe('a secret', () => {
    const secret = (value: string) => () => ({ body: JSON.stringify({ Name: 'x', SecretString: value }) });

    it('is read once in five minutes, and anew afterwards or when it was refused', async () => {
      let now = 0;
      const reader = createSecretReader(() => now);
      aws.answer = secret(' first\n');
      expect(await reader.read('x')).toBe('first');
      aws.answer = secret('second');
      now = 299_999;
      expect(await reader.read('x')).toBe('first');
      now = 300_000;
      expect(await reader.read('x')).toBe('second');
      aws.answer = secret('third');
      reader.forget('x');
      expect(await reader.read('x')).toBe('third');
      expect(aws.calls).toHaveLength(3);
    });

    it.each([
      [
        'is missing',
        { status: 400, body: '{"__type":"ResourceNotFoundException","message":"canary"}' },
        'ResourceNotFoundException',
      ],
      [
        'may not be read',
        { status: 400, body: '{"__type":"AccessDeniedException","message":"canary"}' },
        'AccessDeniedException',
      ],
      ['is blank', { body: '{"SecretString":" "}' }, 'is empty'],
      ['is binary', { body: '{"SecretBinary":"Y2FuYXJ5"}' }, 'is empty'],
    ])('that %s is said with what to do, without what the service said', async (_, answer, expected) => {
      aws.answer = () => answer;
      const failure = await createSecretReader()
        .read('x')
        .catch((error: Error) => error);
      expect(failure).toMatchObject({
        code: 'secret-unavailable',
        message: expect.stringContaining(expected),
      });
      expect(String(failure)).not.toContain('canary');
    });
  });

  describe('a stack', () => {
    const member = (key: string, value: string, description = '') =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue><Description>${description}</Description></member>`;
    const answering = (members: readonly string[]) => {
      return {
        body: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>s</StackName><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
      };
    };
    const stack = (outputs: Record<string, string>) =>
      answering(Object.entries(outputs).map(([key, value]) => member(key, value)));
    /** With keys as CDK makes them up. */
    const construct = (path: string, outputs: Record<string, string>) =>
      Object.entries(outputs).map(([name, value], position) =>
        member(`Key${path.length}x${position}`, value, `${name} of openai-budget-alerts in ${path}`),
      );
    const OUTPUTS = {
      BudgetsTableName: 'b',
      SpendTableName: 's',
      LedgerTableName: 'l',
      AlertsTopicArn: 'arn:a',
      OperationsTopicArn: 'arn:o',
      RouteTopics: '{}',
      Organizations: 'default',
    };

    it('is found by its name', async () => {
      aws.answer = () => stack(OUTPUTS);
      expect(await readStackOutputs('BudgetAlerts')).toEqual({
        budgetsTable: 'b',
        spendTable: 's',
        ledgerTable: 'l',
        alertsTopic: 'arn:a',
        operationsTopic: 'arn:o',
        routeTopics: '{}',
        organizations: 'default',
        // Of a stack from before it could be chosen.
        retentionDays: '',
      });
      expect(aws.calls[0]?.body).toContain('StackName=BudgetAlerts');
    });

    it('is found by what its outputs are described to be, among others', async () => {
      aws.answer = () =>
        answering([
          member('Url', 'https://example.com', 'Where it is'),
          member('BudgetsTableName', 'of an older version'),
          ...construct('Budgets', OUTPUTS),
        ]);
      expect(await readStackOutputs('Mine')).toMatchObject({ budgetsTable: 'b', organizations: 'default' });
      expect(await readStackOutputs('Mine/Budgets')).toMatchObject({ budgetsTable: 'b' });
    });

    it('with several constructs is asked for the one', async () => {
      aws.answer = () =>
        answering([
          ...construct('Research/Budgets', { ...OUTPUTS, SpendTableName: 'research' }),
          ...construct('Budgets', OUTPUTS),
        ]);
      expect(await readStackOutputs('Mine/Research/Budgets')).toMatchObject({ spendTable: 'research' });
      expect(await readStackOutputs('Mine/Budgets')).toMatchObject({ spendTable: 's' });
      expect(aws.calls.at(-1)?.body).toMatch(/StackName=Mine(&|$)/);
      await expect(readStackOutputs('Mine')).rejects.toMatchObject({
        code: 'stack-unreadable',
        message:
          'The stack Mine holds several deployments of openai-budget-alerts: choose with ' +
          '--stack Mine/Budgets or Mine/Research/Budgets.',
      });
      await expect(readStackOutputs('Mine/Budget')).rejects.toMatchObject({
        message: 'The stack Mine has no Budget: choose with --stack Mine/Budgets or Mine/Research/Budgets.',
      });
    });

    it.each([
      ['of something else', stack({ Url: 'x' }), 'has no output BudgetsTableName, SpendTableName'],
      [
        'that does not exist',
        {
          status: 400,
          body: '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id x does not exist</Message></Error></ErrorResponse>',
        },
        'Check the name, AWS_REGION and your credentials',
      ],
    ])('%s is refused with what to do', async (_, answer, expected) => {
      aws.answer = () => answer;
      await expect(readStackOutputs('x')).rejects.toMatchObject({
        code: 'stack-unreadable',
        message: expect.stringContaining(expected),
      });
    });
  });
});
