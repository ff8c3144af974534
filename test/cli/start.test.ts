// `npm start` with a key: the organization that it belongs to is asked for. Without one see test/local/demo-weeks.test.ts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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

it('asks OpenAI where there is a key, and says what to do when that fails', () => {
  const nobody = { OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: 'ftp://example.com/v1' };
  const { status, stdout, stderr } = start(nobody);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('OPENAI_BASE_URL');
});
