// 50 budgets on each of 200 projects, all breached at once: one run, a few messages, then silence.
import { expect, it } from 'vitest';
import { checkRunner } from '../fakes/check-runner.ts';
import { costResult, daysWindow, startReplayedOpenAi } from '../fakes/replayed-openai.ts';

it('announces 10,000 breaches in one run, in a few messages, and nothing in the next', async () => {
  await using openai = await startReplayedOpenAi();
  using runner = checkRunner({ OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: openai.baseUrl });
  const budgets = Array.from(
    { length: 50 },
    (_, index) =>
      `  - { id: each-${index}, each: project, limit: 1, period: monthly, labels: { team: t${index % 3} } }`,
  );
  runner.writeBudgets(`budgets:\n${budgets.join('\n')}\n`);
  openai.replay(
    'costs',
    daysWindow({ '2026-11-19': Array.from({ length: 200 }, (_, index) => costResult(`proj_${index}`, 2)) }),
  );

  const storm = await runner.run('2026-11-20T10:00:00Z');
  expect(storm.document.problems).toEqual([]);
  expect(storm.document.notifications).toHaveLength(10_000);
  expect(runner.outbox().map(({ alerts }) => (alerts as unknown[]).length)).toEqual([3_400, 3_400, 3_200]);

  const next = await runner.run('2026-11-20T11:00:00Z');
  expect(next.document.notifications).toEqual([]);
  expect(runner.outbox()).toHaveLength(3);
}, 120_000);
