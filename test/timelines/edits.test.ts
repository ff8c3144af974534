// Budgets that people edit: what re-arms, what must not, and which months a new or edited budget speaks about.
import { describe, it } from 'vitest';
import type { BudgetCase } from '../fakes/budgets-of.ts';
import { timeline } from './timeline.ts';

const BEFORE: BudgetCase = {
  id: 'team',
  name: 'Team',
  projects: ['proj_a', 'proj_b'],
  limit: '100',
  thresholds: ['80%', '100%'],
  labels: { team: 'search' },
};

/** 85 of $100 in November, announced on the 10th. */
const announced = () =>
  timeline()
    .at('2026-10-05T10:00Z')
    .budgetsAre(BEFORE)
    .at('2026-11-10T10:00Z')
    .costsSay({ '2026-11-09': { proj_a: '85' } })
    .usageSays({ '2026-11-09': { proj_a: '85' } })
    .runs()
    .thenAlerts('team 80% first-breach');

describe('an edit that re-arms', () => {
  it.each<[what: string, change: Partial<BudgetCase>, heard: string]>([
    ['of the limit', { limit: '90' }, 'team 80% limit-changed'],
    ['of a threshold', { thresholds: ['82%', '100%'] }, 'team 82% first-breach'],
    ['that adds a threshold', { thresholds: ['50%', '80%', '100%'] }, 'team 50% first-breach'],
    ['of the scope', { projects: ['proj_a'] }, 'team 80% first-breach'],
    ['of the measure', { measure: 'completions.output_tokens' }, 'team 80% first-breach'],
    ['of the period', { period: 'weekly' }, 'team 80% first-breach'],
  ])('%s', (_, change, heard) =>
    announced()
      .at('2026-11-10T12:00Z')
      .budgetsAre({ ...BEFORE, ...change })
      .runs()
      .thenAlerts(heard)
      .runsEvery('1h', '2026-11-11T12:00Z')
      .ends(),
  );

  it('from a group to one budget for every project', () => {
    const { projects: _, ...everyProject } = BEFORE;
    return announced()
      .at('2026-11-10T12:00Z')
      .budgetsAre({ ...everyProject, each: true })
      .runs()
      .thenAlerts('team/proj_a 80% first-breach')
      .runsEvery('1h', '2026-11-11T12:00Z')
      .ends();
  });
});

describe('an edit of what decides nothing says nothing:', () => {
  const COSMETIC: [what: string, change: Partial<BudgetCase>][] = [
    ['another name', { name: 'The team of Anna' }],
    ['other labels', { labels: { team: 'finance', tier: '1' } }],
    ['projects in another order', { projects: ['proj_b', 'proj_a'] }],
    ['80% written as what it comes to', { thresholds: ['80', '100%'] }],
    ['all thresholds as amounts', { thresholds: ['80', '100'] }],
    ['the limit with cents', { limit: '100.00' }],
  ];

  it.each(COSMETIC)('%s', (_, change) =>
    announced()
      .at('2026-11-10T12:00Z')
      .budgetsAre({ ...BEFORE, ...change })
      .runsEvery('1h', '2026-11-11T12:00Z')
      .ends(),
  );

  it.each(COSMETIC)('%s, and months that have ended stay under evaluation', (_, change) =>
    announced()
      .at('2026-12-02T10:00Z')
      .budgetsAre({ ...BEFORE, ...change })
      .costsSay({ '2026-11-30': { proj_a: '20' } })
      .runs()
      .thenAlerts(`team ${change.thresholds?.at(-1) ?? '100%'} higher-threshold late 2026-11`)
      .ends(),
  );

  it('nor does taking the budget away and bringing it back', () =>
    announced()
      .at('2026-11-10T12:00Z')
      .budgetsAre()
      .runs()
      .at('2026-11-10T13:00Z')
      .budgetsAre(BEFORE)
      .runs()
      .ends());
});

describe('a limit', () => {
  it('that is lowered under what is spent is announced at once, as limit-changed', () =>
    announced()
      .at('2026-11-10T10:20Z')
      .budgetsAre({ ...BEFORE, limit: '50' })
      .checks()
      .thenAlerts('team 100% limit-changed (80%)')
      .thenText('Team is at 170 % of its $50 November budget', 'the limit was')
      .runsEvery('1h', '2026-11-11T12:00Z')
      .ends());

  it('that is lowered under what is spent, before anything was said, is limit-changed too', () =>
    timeline()
      .at('2026-10-05T10:00Z')
      .budgetsAre({ id: 'org', limit: '5000' })
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-09': '3500' })
      .runs()
      .thenNothing()
      .at('2026-11-10T10:20Z')
      .budgetsAre({ id: 'org', limit: '3000' })
      .checks()
      .thenAlerts('org 100% limit-changed (80%)')
      .runsEvery('1h', '2026-11-11T12:00Z')
      .ends());

  it('that is lowered over what is spent is a first breach when the spend comes', () =>
    timeline()
      .at('2026-10-05T10:00Z')
      .budgetsAre({ id: 'org', limit: '5000' })
      .at('2026-11-10T10:00Z')
      .costsSay({ '2026-11-09': '1000' })
      .runs()
      .budgetsAre({ id: 'org', limit: '3000' })
      .runsEvery('1h', '2026-11-10T20:00Z')
      .thenNothing()
      .costsSay({ '2026-11-10': '1500' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .ends());

  it('that was lowered last month is a first breach this month', () =>
    timeline()
      .at('2026-10-05T10:00Z')
      .budgetsAre({ id: 'org', limit: '5000' })
      .at('2026-10-31T10:00Z')
      .budgetsAre({ id: 'org', limit: '3000' })
      .costsSay({ '2026-11-01': '2500' })
      .at('2026-11-01T10:00Z')
      .runs()
      .thenAlerts('org 80% first-breach')
      .ends());

  it('that is lowered to 0 is reached by what is spent', () =>
    announced()
      .at('2026-11-10T10:20Z')
      .budgetsAre({ ...BEFORE, limit: '0', thresholds: ['100%'] })
      .checks()
      .thenAlerts('team 100% limit-changed')
      .ends());

  it('that is raised says nothing until its own thresholds are reached', () =>
    announced()
      .at('2026-11-10T12:00Z')
      .budgetsAre({ ...BEFORE, limit: '200' })
      .runsEvery('1h', '2026-11-12T12:00Z')
      .thenNothing()
      .costsSay({ '2026-11-12': { proj_b: '80' } })
      .runs()
      .thenAlerts('team 80% limit-changed')
      .thenText('at 82 % of its $200 November budget')
      .ends());

  it('that is lowered and then set back says nothing a second time', () =>
    announced()
      .at('2026-11-10T12:00Z')
      .budgetsAre({ ...BEFORE, limit: '50' })
      .runs()
      .thenAlerts('team 100% limit-changed (80%)')
      .at('2026-11-10T13:00Z')
      .budgetsAre(BEFORE)
      .runs()
      .at('2026-11-10T14:00Z')
      .budgetsAre({ ...BEFORE, limit: '50' })
      .runs()
      .ends());
});

describe('a new budget', () => {
  it('made on the 20th announces this month’s breach, but not last month’s', () =>
    timeline()
      .costsSay({ '2026-10-15': '500', '2026-11-02': '85' })
      .at('2026-11-20T10:00Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .runs()
      .thenAlerts('org 80% first-breach')
      .thenText('November budget')
      .runsEvery('6h', '2026-11-28T10:00Z')
      .ends());

  it('made on the 20th beside one that is old leaves last month to the old one', () =>
    timeline()
      .at('2026-09-01T10:00Z')
      .budgetsAre({ id: 'old', limit: '100' })
      .costsSay({ '2026-10-15': '85' })
      .at('2026-11-20T10:00Z')
      .budgetsAre({ id: 'old', limit: '100' }, { id: 'new', limit: '100' })
      .runs()
      .thenAlerts('old 80% first-breach late 2026-10')
      .ends());

  it('announces the month that it was made in, even if the cost comes after its end', () =>
    timeline()
      .at('2026-11-30T23:59Z')
      .budgetsAre({ id: 'org', limit: '100' })
      .at('2026-12-01T02:00Z')
      .costsSay({ '2026-11-30': '85' })
      .runs()
      .thenAlerts('org 80% first-breach late 2026-11')
      .ends());
});

describe('an edit after a month has closed', () => {
  it.each<[what: string, change: Partial<BudgetCase>]>([
    ['a lower limit', { limit: '50' }],
    ['another threshold', { thresholds: ['20%'] }],
    ['another scope', { projects: ['proj_a'] }],
    ['another period', { period: 'quarterly', limit: '10000' }],
  ])('does not announce that month: %s', (_, change) =>
    announced()
      .at('2026-12-03T10:00Z')
      .budgetsAre({ ...BEFORE, ...change })
      .runsEvery('6h', '2026-12-12T10:00Z')
      .ends(),
  );
});
