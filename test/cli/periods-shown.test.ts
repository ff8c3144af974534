// How `check` and `explain` show periods that are not UTC's months: which days count, whose limit, what is not open.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainCommand } from '../../lib/cli/explain-command.ts';
import { countedLines } from '../../lib/cli/print-check.ts';
import { type CapturedTerminal, capturedTerminal } from '../fakes/captured-terminal.ts';
import type { CheckRunner } from '../fakes/check-runner.ts';
import { type ReplayedFolder, startReplayedFolder } from '../fakes/replayed-folder.ts';
import { costResult, daysWindow, type ReplayedOpenAi } from '../fakes/replayed-openai.ts';
import { instantOf } from '../fakes/time-of.ts';

const NOW = '2026-11-20T10:00:00Z';
const BUDGETS = `
budgets:
  - { id: berlin, limit: { default: 100, 2026-11: 150 }, period: monthly, timezone: Europe/Berlin }
  - { id: each-berlin, limit: 100, period: { weekly: { startDay: sunday } }, timezone: America/New_York, each: project }
  - { id: launch, limit: 100, period: { from: 2026-12-01, to: 2027-01-01 } }
  - { id: week, limit: 100, period: { rolling: 7d } }
`;

let folder: ReplayedFolder;
let openai: ReplayedOpenAi;
let runner: CheckRunner;
let terminal: CapturedTerminal;

const explain = (budget: string, json: boolean) => {
  const target = { state: 'state', stack: null, organization: null, topicArn: null, tick: instantOf(NOW) };
  return explainCommand({ ...target, budget, member: null, json }, terminal);
};

beforeEach(async () => {
  folder = await startReplayedFolder(BUDGETS, []);
  ({ openai, runner, terminal } = folder);
  openai.replay(
    'costs',
    daysWindow({ '2026-11-18': [costResult('proj_a', '85.25'), costResult('proj_b', '12.5')] }),
  );
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('check', () => {
  it('says of a budget in another zone when its period is and which UTC days count, and its own limit', async () => {
    const { document } = await runner.run(NOW);
    const byId = Map.groupBy(document.budgets, ({ id }) => id);
    expect(byId.get('berlin')).toMatchObject([
      {
        limit: '150',
        spent: '97.75',
        period: {
          kind: 'monthly',
          start: '2026-10-31T23:00:00Z',
          end: '2026-11-30T23:00:00Z',
          timezone: 'Europe/Berlin',
        },
        countedDays: { first: '2026-11-01', last: '2026-11-30' },
      },
    ]);
    const [week] = byId.get('week') ?? [];
    expect(week?.period).toEqual({
      kind: 'rolling',
      start: '2026-11-14T00:00:00Z',
      end: '2026-11-21T00:00:00Z',
    });
    expect(week).not.toHaveProperty('countedDays');
    expect(byId.has('launch')).toBe(false);
    expect(countedLines(document.budgets)).toEqual([
      'berlin: UTC days 2026-11-01 to 2026-11-30 count, those that begin in its period (Europe/Berlin).',
      'each-berlin: UTC days 2026-11-16 to 2026-11-22 count, those that begin in its period (America/New_York).',
    ]);
  });
});

describe('explain', () => {
  it('shows the limit of the period, and the file’s own words to programs', async () => {
    await runner.run(NOW);
    expect(await explain('berlin', false)).toBe(0);
    const text = terminal.printed();
    expect(text).toContain('the whole organization, $150 monthly (Europe/Berlin)');
    expect(text).toContain('November 2026 (Europe/Berlin), 2026-11-01 to 2026-11-30 Europe/Berlin');
    expect(text).toContain('Of it, UTC days 2026-11-01 to 2026-11-30 count, those that begin in it.');
    terminal = capturedTerminal(runner.directory);
    expect(await explain('berlin', true)).toBe(0);
    expect(JSON.parse(terminal.printed()).budget).toMatchObject({
      limit: { default: '100', '2026-11': '150' },
      period: 'monthly',
      timezone: 'Europe/Berlin',
    });
  });

  it('says when a span is, before it begins', async () => {
    await runner.run(NOW);
    expect(await explain('launch', false)).toBe(1);
    expect(terminal.complained()).toContain(
      'The period of launch is not open. It is from 2026-12-01 until 2027-01-01.',
    );
  });
});
