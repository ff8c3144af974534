// SIGKILL at any moment, in a real process: nothing that was announced or stored is lost, and the next run completes it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { checkRunner } from '../fakes/check-runner.ts';
import { costResult, daysWindow, startReplayedOpenAi } from '../fakes/replayed-openai.ts';

const COMMAND = join(import.meta.dirname, '../../lib/cli/budget-alerts.ts');
const KILLS = 24;
const PROJECTS_PER_ROUND = 3;

it('killed at any moment and run again, every alert is in the outbox and the sums are whole', async () => {
  await using openai = await startReplayedOpenAi();
  const environment = { ...process.env, OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: openai.baseUrl };
  using runner = checkRunner(environment);
  runner.writeBudgets('budgets:\n  - { id: each, each: project, limit: 10, period: monthly }\n');
  const rowsOf = (projects: number) =>
    Array.from({ length: projects }, (_, index) => costResult(`proj_${index}`, '10.01'));

  let finished = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    // Every round has new projects to announce and dies a little later, so that every stage is hit with work to do.
    openai.replay('costs', daysWindow({ '2026-11-18': rowsOf(kill * PROJECTS_PER_ROUND) }));
    const child = spawn(
      process.execPath,
      [COMMAND, 'check', '--json', '--state', 'state', '--now', '2026-11-20T10:00:00Z'],
      {
        cwd: runner.directory,
        env: { ...environment, INIT_CWD: runner.directory },
        stdio: 'ignore',
      },
    );
    const end = once(child, 'exit');
    await Promise.race([end, sleep(120 + kill * 25)]);
    child.kill('SIGKILL');
    await end;
    finished += child.exitCode === null ? 0 : 1;
  }
  expect(finished).toBeLessThan(KILLS);
  const projects = KILLS * PROJECTS_PER_ROUND;

  const { exitCode, document } = await runner.run('2026-11-20T11:00:00Z');
  expect([exitCode, document.problems]).toEqual([0, []]);
  expect(document.budgets.map(({ spent }) => spent)).toEqual(Array(projects).fill('10.01'));
  const announced = runner
    .outbox()
    .flatMap((message) => message.alerts as { scope: { project: string }; threshold: string }[])
    .map(({ scope, threshold }) => `${scope.project} ${threshold}`);
  const expected = Array.from({ length: projects }, (_, index) => `proj_${index} 100%`);
  expect([...new Set(announced)].sort()).toEqual(expected.sort());
  expect((await runner.run('2026-11-20T12:00:00Z')).document.notifications).toEqual([]);
}, 60_000);
