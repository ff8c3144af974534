// Grouping: few messages, none that some reader should not get, no alert lost or doubled.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupAlerts } from '../../lib/notify/group-alerts.ts';
import { messageDocument } from '../../lib/notify/message-document.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { addressed, GROUPING } from '../fakes/message-of.ts';

const alertArbitrary = fc
  .record({
    member: fc.constantFrom('-', 'proj_a', 'proj_b'),
    severity: fc.constantFrom('info', 'warning', 'critical'),
    labels: fc.constantFrom({}, { team: 'a' }, { team: 'b' }, { team: 'a', env: 'prod' }),
    spent: fc.nat(500).map(String),
    limit: fc.constantFrom('0', '100', '200'),
  } as const)
  .map((change) => alertFixture(change));
const alertsArbitrary = fc
  .array(alertArbitrary, { maxLength: 40 })
  .map((alerts) => alerts.map((alert, index) => ({ ...alert, id: `alert-${index}` })));

describe('grouping', () => {
  it('names every alert in exactly one message', () => {
    fc.assert(
      fc.property(alertsArbitrary, (alerts) => {
        const sent = groupAlerts(addressed(alerts), GROUPING).flatMap((message) =>
          message.alerts.map(({ id }) => id),
        );
        expect(sent.sort()).toEqual(alerts.map(({ id }) => id).sort());
      }),
    );
  });

  it('puts only alerts of the same labels and severity into a message, and all of them into one', () => {
    fc.assert(
      fc.property(alertsArbitrary, (alerts) => {
        const messages = groupAlerts(addressed(alerts), GROUPING);
        const kinds = messages.map(({ attributes, alerts: members }) => {
          for (const { labels, severity } of members) {
            expect({ labels, severity }).toEqual({
              labels: attributes.labels,
              severity: attributes.severity,
            });
          }
          return JSON.stringify([attributes.labels, attributes.severity]);
        });
        expect(new Set(kinds).size).toBe(kinds.length);
      }),
    );
  });

  it('does not depend on the order of alerts, and has new message ids in every run', () => {
    fc.assert(
      fc.property(alertsArbitrary, (alerts) => {
        const ids = (run: string, list: typeof alerts) =>
          groupAlerts(addressed(list), { ...GROUPING, run }).map(({ messageId }) => messageId);
        expect(ids('run', [...alerts].reverse()).sort()).toEqual(ids('run', alerts).sort());
        for (const id of ids('other', alerts)) expect(ids('run', alerts)).not.toContain(id);
      }),
    );
  });

  it('begins with the worst and counts the rest in the title', () => {
    const alerts = ['90', '140', '85'].map((spent) =>
      alertFixture({ id: spent, spent, budgetName: `b${spent}` }),
    );
    const [message] = groupAlerts(addressed(alerts), GROUPING);
    expect(message?.title).toBe('b140 is at 140 % of its $100 November budget, and 2 more');
    expect(message?.alerts.map(({ spent }) => spent)).toEqual(['140', '90', '85']);
    expect(message?.text).toMatch(
      /^3 budgets reached a threshold, the worst first; one is at its limit or\nover it\. Together: \$315\.00 of \$300/,
    );
  });

  it('says what several come to, and of one nothing more than itself', () => {
    const of = (...spent: string[]) =>
      groupAlerts(addressed(spent.map((each) => alertFixture({ id: each, spent: each }))), GROUPING)[0];
    const summaryOf = (...spent: string[]) => of(...spent)?.summary?.replace(/ \(.*/, '');
    expect(of('90')).not.toHaveProperty('summary');
    expect(summaryOf('81.5', '90')).toBe(
      '2 budgets reached a threshold, the worst first; none is at its limit or over it. Together: $171.50 of $200.',
    );
    expect(summaryOf('90', '100')).toContain('; one is at its limit or over it. Together: $190.00 of $200.');
    expect(summaryOf('90', '100', '101')).toContain('; 2 are at their limit or over it.');
    expect(summaryOf('100', '101')).toContain('; all are at their limit or over it.');
  });

  it('has a title for ASCII where a name is not, with the id', () => {
    const titles = (change: Parameters<typeof alertFixture>[0]) => {
      const [message] = groupAlerts(addressed([alertFixture(change)]), GROUPING);
      return [message?.title, message?.asciiTitle];
    };
    expect(titles({ member: 'proj_a', names: { proj_a: 'チャット' } })).toEqual([
      'チャット is at 85 % of its $100 November budget',
      'proj_a is at 85 % of its $100 November budget',
    ]);
    expect(titles({ budgetName: '予算' })[1]).toBe('org-monthly is at 85 % of its $100 November budget');
    expect(titles({ budgetName: 'Bot 🤖' })[1]).toBe('Bot is at 85 % of its $100 November budget');
    expect(titles({ budgetName: 'Bot' })[1]).toBeUndefined();
  });

  it('puts a broken limit of 0 before any percentage', () => {
    const alerts = [
      alertFixture({ id: 'a', spent: '900' }),
      alertFixture({ id: 'b', spent: '0.01', limit: '0' }),
    ];
    expect(groupAlerts(addressed(alerts), GROUPING)[0]?.alerts[0]?.id).toBe('b');
  });

  it('has attributes only where all its alerts agree', () => {
    const one = alertFixture({ id: 'a', scope: { project: 'proj_a' } });
    const other = alertFixture({ id: 'b', scope: { project: 'proj_b' } });
    expect(groupAlerts(addressed([one]), GROUPING)[0]?.attributes).toMatchObject({
      budgetId: 'org-monthly',
      projectId: 'proj_a',
    });
    expect(groupAlerts(addressed([one, other]), GROUPING)[0]?.attributes).not.toHaveProperty('projectId');
    const elsewhere = alertFixture({ id: 'c', budgetId: 'other' });
    expect(groupAlerts(addressed([one, elsewhere]), GROUPING)[0]?.attributes).not.toHaveProperty('budgetId');
  });

  it('says how many alerts wait for the next run', () => {
    const [message] = groupAlerts(addressed([alertFixture()]), {
      ...GROUPING,
      waiting: new Map([['default', 12]]),
    });
    expect(message?.text).toMatch(/^12 further alerts did not fit into this run; the next one sends them\./);
    expect(message?.alerts).toHaveLength(1);
    expect(message && messageDocument(message)).toMatchObject({ waiting: 12, omitted: 0 });
  });

  it('says nothing on a route of what waits for another', () => {
    const alerts = [
      { alert: alertFixture({ id: 'a' }), routes: ['team'] },
      { alert: alertFixture({ id: 'b' }), routes: ['default'] },
    ];
    const messages = groupAlerts(alerts, { ...GROUPING, waiting: new Map([['default', 12]]) });
    expect(messages.map(({ attributes, waiting }) => [attributes.route, waiting])).toEqual([
      ['team', undefined],
      ['default', 12],
    ]);
    expect(messages[0]?.text).not.toContain('did not fit');
  });

  it('says so of one alert, and nothing where none waits', () => {
    const textOf = (waiting: number) =>
      groupAlerts(addressed([alertFixture()]), {
        ...GROUPING,
        waiting: new Map([['default', waiting]]),
      }).map(({ text }) => text)[0];
    expect(textOf(1)).toMatch(/^1 further alert did not fit into this run;/);
    expect(textOf(0)).not.toContain('did not fit');
  });

  it('says of corrections that nothing was reached', () => {
    const corrections = ['a', 'b'].map((id) => alertFixture({ id, reason: 'correction', spent: '40' }));
    const [message] = groupAlerts(addressed(corrections), GROUPING);
    expect(message?.text).toMatch(
      /^2 budgets are back below a threshold that was announced\. Together:\n\$80\.00 of \$200/,
    );
  });

  it('bounds the text of a storm and says how many it leaves out', () => {
    const alerts = Array.from({ length: 1_000 }, (_, index) => alertFixture({ id: `a-${index}` }));
    const [message] = groupAlerts(addressed(alerts), GROUPING);
    expect(message?.text).toContain('and 795 more');
    expect(message?.text.length).toBeLessThan(60_000);
    expect(message?.alerts).toHaveLength(1_000);
  });
});

describe('the JSON of a message', () => {
  it('has exact amounts and its schema', () => {
    const [message] = groupAlerts(
      addressed([alertFixture({ supersedes: [{ threshold: '50%', amount: '50' }] })]),
      GROUPING,
    );
    if (message === undefined) throw new Error('one alert is one message');
    const document = messageDocument(message);
    expect(document).toMatchObject({
      schema: 'budget-alerts/alert/v1',
      omitted: 0,
      attributes: { kind: 'alert', severity: 'warning' },
      alerts: [
        {
          id: 'org-monthly#2026-11#abcdef#-#100:80',
          messageId: message.messageId,
          spent: '85',
          limit: '100',
          threshold: '80%',
          supersedes: ['50%'],
          period: { kind: 'monthly', start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
        },
      ],
    });
  });
});
