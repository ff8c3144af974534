// `apply` and `send-test` on a state folder: plan first, nothing of a wrong file, removal only when told.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApplyOptions, applyCommand } from '../../lib/cli/apply-command.ts';
import { sendTestCommand } from '../../lib/cli/send-test-command.ts';
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

describe('send-test', () => {
  it('sends a message that says that it is a test, in title, text and attributes', async () => {
    const lines: string[] = [];
    const print = (text: string) => void lines.push(text);
    const options = { ...TARGET, tick: TICK, route: 'default', kind: null };
    expect(await sendTestCommand(options, { directory, environment: {}, out: print, error: print })).toBe(0);
    const message = JSON.parse(readFileSync(join(directory, 'state/outbox.jsonl'), 'utf8'));
    expect(message).toMatchObject({
      title: expect.stringContaining('This is a test'),
      text: expect.stringContaining('Nothing has happened'),
      attributes: { kind: 'test', route: 'default' },
      alerts: [{ reason: 'test' }],
    });
    expect(lines).toEqual([expect.stringContaining('outbox.jsonl')]);
  });
});
