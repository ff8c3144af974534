// `doctor` on a folder as people call it: what it prints, its exit code, each planted fault, and that it makes nothing.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DoctorOptions, doctorCommand } from '../../lib/cli/doctor-command.ts';
import { LEAST_NODE, nodeFinding } from '../../lib/cli/node-finding.ts';
import type { FindingsDocument } from '../../lib/cli/print-findings.ts';
import { lockState } from '../../lib/local/state-lock.ts';
import { type CapturedTerminal, capturedTerminal } from '../fakes/captured-terminal.ts';
import type { CheckRunner } from '../fakes/check-runner.ts';
import { type ReplayedFolder, startReplayedFolder } from '../fakes/replayed-folder.ts';
import { costResult, daysWindow, type ReplayedOpenAi } from '../fakes/replayed-openai.ts';
import { instantOf } from '../fakes/time-of.ts';

const NOW = '2026-11-20T10:00:00Z';
const BUDGETS = 'budgets: [{ id: org-monthly, limit: 200, period: monthly }]';

let folder: ReplayedFolder;
let openai: ReplayedOpenAi;
let runner: CheckRunner;
let terminal: CapturedTerminal;
let environment: NodeJS.ProcessEnv;

const TARGET = { state: 'state', stack: null, organization: null, topicArn: null };
const doctor = (more: Partial<DoctorOptions> = {}) =>
  doctorCommand(
    {
      ...TARGET,
      tick: instantOf('2026-11-20T10:20:00Z'),
      budgets: null,
      webhookSecrets: {},
      json: false,
      ...more,
    },
    terminal,
  );
async function complaints(more: Partial<DoctorOptions> = {}): Promise<{ code: number; lines: string[] }> {
  const code = await doctor(more);
  const lines = terminal.printed().split('\n');
  return { code, lines: lines.slice(0, -1).filter((line) => !line.startsWith('ok ')) };
}

beforeEach(async () => {
  folder = await startReplayedFolder(BUDGETS, [], capturedTerminal);
  ({ openai, runner, terminal, environment } = folder);
  openai.replay('costs', daysWindow({ '2026-11-18': [costResult('proj_a', '85.25')] }));
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('doctor, on a folder', () => {
  it('that a check has just used, is content', async () => {
    await runner.run(NOW);
    expect(await complaints()).toEqual({ code: 0, lines: [] });
    expect(await doctor({ json: true })).toBe(0);
    const document: FindingsDocument = JSON.parse(terminal.printed());
    expect(document).toMatchObject({ organization: 'default', failed: 0, warnings: 0, skipped: 0 });
    expect(document.findings.map(({ check }) => check)).toEqual([
      'node',
      'openai-base-url',
      'budgets-file',
      'state',
      'admin-key',
      'admin-key.api.usage.read',
      'admin-key.api.management.read',
      'admin-key.expiry',
      'budgets',
      'routes',
      'check',
      'deliveries',
      'dead-deliveries',
      'notices',
      'source.costs',
    ]);
  });

  it('that is not there, says how it comes to be, and does not make it', async () => {
    const { code, lines } = await complaints();
    expect(code).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^warning state: .* → `budget-alerts check` makes it/)]);
    expect(existsSync(join(runner.directory, 'state'))).toBe(false);
  });

  it('that another run holds, says whose it is, and looks at the rest', async () => {
    await runner.run(NOW);
    const lock = await lockState(join(runner.directory, 'state'), 0);
    const { code, lines } = await complaints();
    lock.release();
    expect(code).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(`^warning state: Another run is at work.* → .*process ${process.pid}`),
      ),
    ]);
  });

  it('with a budgets file that cannot be used, says where and what', async () => {
    runner.writeBudgets('budgets:\n  - { id: a, limit: 5, period: month }');
    const { code, lines } = await complaints();
    expect(code).toBe(1);
    expect(lines[0]).toMatch(
      /^failed {2}budgets-file: budgets\.yaml cannot be used: 1 error\. → budgets\.yaml:2 budgets\[0\]\.period: .*`budget-alerts validate budgets\.yaml`/,
    );
    expect((await complaints({ budgets: 'none.yaml' })).lines[0]).toMatch(
      /^failed {2}budgets-file: none\.yaml cannot be read\. → There is no budgets file/,
    );
  });

  it('without a key, says where to make one', async () => {
    delete environment.OPENAI_ADMIN_KEY;
    const { code, lines } = await complaints();
    expect(code).toBe(1);
    expect(lines.find((line) => line.includes('admin-key:'))).toMatch(
      /^failed {2}admin-key: OPENAI_ADMIN_KEY is not set\. → .*export OPENAI_ADMIN_KEY/,
    );
  });

  it('with an address that is not https, sends the key nowhere', async () => {
    environment.OPENAI_BASE_URL = 'http://openai.example/v1';
    const { code, lines } = await complaints();
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/^failed {2}openai-base-url: .* → .*https:\/\//);
    expect(openai.requests).toEqual([]);
  });

  it('whose last check was yesterday, warns that nothing is announced meanwhile', async () => {
    await runner.run(NOW);
    const { code, lines } = await complaints({ tick: instantOf('2026-11-21T10:00:00Z') });
    expect(code).toBe(0);
    expect(lines.map((line) => line.split(':')[0])).toEqual(['warning check', 'warning source.costs']);
  });
});

describe('Node', () => {
  it.each([
    ['22.18.9', 'failed'],
    ['20.20.2', 'failed'],
    ['22.19.0', 'ok'],
    ['24.0.0', 'ok'],
  ])('%s is %s', (version, state) => {
    expect(nodeFinding(version).state).toBe(state);
  });

  it('is asked for as package.json asks', () => {
    const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(engines.node).toBe(`>=${LEAST_NODE}`);
  });
});
