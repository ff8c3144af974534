// `npm start` as its user runs it: a demonstration where there is no key, and with a key the organization that it belongs to.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { programsCoverage } from '../coverage/programs-coverage.ts';

const PROGRAM = join(import.meta.dirname, '../../lib/cli/start.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'budget-alerts-start-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function start(environment: Readonly<Record<string, string>>) {
  const env = { INIT_CWD: folder, ...environment, ...programsCoverage() };
  return spawnSync(process.execPath, [PROGRAM], { cwd: folder, env, encoding: 'utf8' });
}

it('plays the demonstration where the key is blank, and prints as many alerts as are in the outbox', {
  timeout: 300_000,
}, () => {
  const { status, stdout, stderr } = start({ OPENAI_ADMIN_KEY: ' ' });
  expect([status, stderr]).toEqual([0, '']);
  const outbox = readFileSync(join(folder, '.budget-alerts-demo/outbox.jsonl'), 'utf8').trimEnd().split('\n');
  const messages = outbox.map((line) => JSON.parse(line));
  const alerts = messages.flatMap((message) => message.alerts);
  expect(alerts.length).toBeGreaterThan(5);
  expect(stdout).toContain(`\n${alerts.length} alerts, each announced once.`);
  for (const { title } of messages) expect(stdout).toContain(title);
  expect(stdout.match(/^2\d{3}-\d\d-\d\d {2}day \d+ of 21$/gm)).toHaveLength(21);
  expect(existsSync(join(folder, 'budgets.yaml'))).toBe(false);
});

it('asks OpenAI where there is a key, and says what to do when that fails', () => {
  const nobody = { OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: 'ftp://example.com/v1' };
  const { status, stdout, stderr } = start(nobody);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('OPENAI_BASE_URL');
});
