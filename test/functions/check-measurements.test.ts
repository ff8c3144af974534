// What a check's log line tells CloudWatch where the dashboard is wanted: few metrics, ids, amounts, and no names.
import { beforeEach, describe, expect, it } from 'vitest';
import { checkMeasurements } from '../../functions/check-measurements.ts';
import { runFunction } from '../../lib/aws/run-function.ts';
import { captureLog } from '../fakes/captured-log.ts';
import { costRow } from '../fakes/day-of-rows.ts';
import { type MetricInLine, metricsInLine } from '../fakes/metrics-in-line.ts';
import { type RunWorld, runWorld } from '../fakes/run-world.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = '2026-11-20T10:00:00Z';
/** Of the line, a little later than it was due. */
const NOW = instantOf('2026-11-20T10:00:02.345Z');
const NAMESPACE = 'OpenAiBudgetAlerts/Test';

const lines = captureLog();
let world: RunWorld;

beforeEach(() => {
  world = runWorld();
  world.names.set('proj_a', 'Secret project');
  world.rows.set('2026-11-19', [costRow(['proj_a', 'x', '1.5']), costRow(['proj_b', 'x', '0.25'])]);
});

/** The line of a check at `tick`, as the function writes it. */
async function lineAt(tick: string): Promise<Record<string, unknown>> {
  const context = { awsRequestId: 'req-1', getRemainingTimeInMillis: () => 60_000 };
  await runFunction('check-budgets', { organization: 'org', tick }, context, async () => ({
    counts: {},
    measured: checkMeasurements(await world.check(tick), NAMESPACE, NOW),
    problems: [],
    completed: true,
  }));
  const [line] = lines;
  if (line === undefined) throw new Error('no line was written');
  return line;
}

const valuesOf = (metrics: readonly MetricInLine[]) =>
  Object.fromEntries(metrics.map(({ name, value }) => [name, value]));

describe("a check's line", () => {
  it('holds three metrics of the organization, as of real time', async () => {
    await world.apply(TICK, { id: 'org-monthly', limit: '100' });
    await world.collect(TICK);
    const metrics = metricsInLine(JSON.stringify(await lineAt('2026-11-20T11:30:00Z')));
    expect(valuesOf(metrics)).toEqual({ Spent: 1.75, Limit: 100, HoursSinceRead: 1.5 });
    for (const metric of metrics) {
      expect(metric).toMatchObject({ namespace: NAMESPACE, dimensions: { organization: 'org' }, at: NOW });
    }
  });

  it('holds as many of them with two hundred budgets as with one', async () => {
    const budgets = Array.from({ length: 200 }, (_, index) => ({ id: `budget-${index}`, limit: '100' }));
    await world.apply(TICK, ...budgets, { id: 'every', each: true });
    await world.collect(TICK);
    const line = await lineAt(TICK);
    const metrics = metricsInLine(JSON.stringify(line));
    expect(metrics.map(({ name }) => name)).toEqual(['Spent', 'Limit', 'HoursSinceRead']);
    expect(new Set(metrics.flatMap(({ dimensions }) => Object.keys(dimensions)))).toEqual(
      new Set(['organization']),
    );
    expect(line.budget).toBe('budget-0');
  });

  it('names the largest projects by id, and nothing by name', async () => {
    await world.apply(TICK, { id: 'org-monthly', name: 'Secret budget', limit: '100' });
    await world.collect(TICK);
    const line = await lineAt(TICK);
    expect(line).toMatchObject({
      budget: 'org-monthly',
      period: '2026-11',
      topProjects: [
        { id: 'proj_a', usd: 1.5 },
        { id: 'proj_b', usd: 0.25 },
      ],
    });
    expect(JSON.stringify(line)).not.toContain('Secret');
  });

  it('holds how fresh the sources are even where no budget is over the whole organization', async () => {
    await world.apply(
      TICK,
      { id: 'one', projects: ['proj_a'] },
      { id: 'tokens', measure: 'completions.total_tokens' },
    );
    await world.collect(TICK);
    await world.collect('2026-11-20T12:00:00Z', 'completions');
    const metrics = metricsInLine(JSON.stringify(await lineAt('2026-11-20T13:00:00Z')));
    expect(valuesOf(metrics)).toEqual({ HoursSinceRead: 3 });
  });

  it('holds no metric before there is anything to measure', async () => {
    await world.apply(TICK, { id: 'org-monthly' });
    expect(Object.keys(await lineAt(TICK))).not.toContain('_aws');
  });
});
