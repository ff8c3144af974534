// `apply` on a state folder: plan first, nothing of a wrong file, removal only when told.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApplyOptions, applyCommand } from '../../lib/cli/apply-command.ts';
import { startScriptedAws } from '../fakes/scripted-aws.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const TARGET = { state: 'state', stack: null, organization: null, topicArn: null };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'budget-alerts-apply-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function apply(yaml: string, more: Partial<ApplyOptions> = {}) {
  writeFileSync(join(directory, 'b.yaml'), yaml);
  const lines: string[] = [];
  const print = (text: string) => void lines.push(text);
  const options = { ...TARGET, file: 'b.yaml', tick: TICK, dryRun: false, prune: false, ...more };
  const exitCode = await applyCommand(options, { directory, environment: {}, out: print, error: print });
  return { exitCode, lines };
}

const A = '{ id: a, limit: 5, period: monthly }';
const B = '{ id: b, limit: 5, period: monthly }';
const fileOf = (...budgets: string[]) => `budgets: [${budgets.join(', ')}]`;

describe('apply', () => {
  it('shows what it does, does it, and has nothing to do the second time', async () => {
    expect(await apply(fileOf(A, B))).toEqual({
      exitCode: 0,
      lines: [
        '+ a',
        '+ b',
        'Plan: 2 to create, 0 to change, 0 unchanged, 0 not in the file and kept (--prune removes).',
        'Applied.',
      ],
    });
    expect((await apply(fileOf(A, B))).lines[2]).toContain('0 to create, 0 to change, 2 unchanged');
  });

  it('tells an edit that decides from one that is cosmetic', async () => {
    await apply(fileOf(A, B));
    const { lines } = await apply(fileOf(A.replace('5', '6'), B.replace('limit', 'name: Bee, limit')));
    expect(lines.slice(0, 2)).toEqual([
      '~ a: limit (decides anew)',
      '~ b: name (cosmetic, announces nothing again)',
    ]);
  });

  it('keeps what the file does not name, unless it is told to prune', async () => {
    await apply(fileOf(A, B));
    expect((await apply(fileOf(A))).lines.slice(0, 2)).toEqual(['= a', '? b']);
    expect((await apply(fileOf(A), { prune: true })).lines).toEqual([
      '= a',
      '- b',
      'Plan: 0 to create, 0 to change, 1 unchanged, 1 to remove.',
      'Applied.',
    ]);
    expect((await apply(fileOf(A))).lines).not.toContain('? b');
  });

  it('refuses what a stack does not keep the spend for', async () => {
    await using aws = await startScriptedAws();
    const outputs = {
      BudgetsTableName: 'b',
      SpendTableName: 's',
      LedgerTableName: 'l',
      AlertsTopicArn: 'arn:aws:sns:us-east-1:111122223333:alerts',
      OperationsTopicArn: 'arn:aws:sns:us-east-1:111122223333:operations',
      RouteTopics: '{}',
      Organizations: 'default',
      RetentionDays: '400',
    };
    const members = Object.entries(outputs).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    const stack = `<Stacks><member><StackName>Prod</StackName><Outputs>${members.join('')}</Outputs></member></Stacks>`;
    aws.answer = ({ action }) =>
      action === 'DescribeStacks'
        ? {
            body: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>${stack}</DescribeStacksResult></DescribeStacksResponse>`,
          }
        : {
            status: 403,
            body: '<ErrorResponse><Error><Code>AuthorizationError</Code></Error></ErrorResponse>',
          };
    const long = A.replace('monthly', '{ rolling: 380d }');
    const { exitCode, lines } = await apply(fileOf(long, B), { stack: 'Prod' });
    expect(exitCode).toBe(1);
    expect(lines.join('\n')).toMatch(
      /budgets\.a\.period.*this deployment keeps spend for 400 days: set its retentionDays to 415 or more/,
    );
    expect(lines.at(-1)).toBe('Nothing was applied.');
    expect(aws.calls.filter(({ action }) => action.includes('DynamoDB'))).toEqual([]);
  });

  it('changes nothing in a dry run', async () => {
    expect((await apply(fileOf(A), { dryRun: true })).lines.at(-1)).toBe('Dry run: nothing was applied.');
    expect((await apply(fileOf(A), { dryRun: true })).lines[0]).toBe('+ a');
  });

  it('applies nothing of a file in which anything is wrong', async () => {
    await apply(fileOf(A));
    const { exitCode, lines } = await apply(fileOf(B, '{ id: c, limit: x, period: monthly }'), {
      prune: true,
    });
    expect([exitCode, lines.at(-1)]).toEqual([1, 'Nothing was applied.']);
    expect((await apply(fileOf(A), { dryRun: true })).lines[0]).toBe('= a');
  });
});
