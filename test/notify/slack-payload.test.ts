// What a message looks like in Slack: readable, bounded, and never more than text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageDocument } from '../../lib/notify/message-document.ts';
import { slackPayload } from '../../lib/notify/slack-payload.ts';
import { testMessage } from '../../lib/notify/test-message.ts';
import { anyText } from '../fakes/arbitrary-text.ts';
import { messageOf, stormOf } from '../fakes/message-of.ts';
import { instantOf } from '../fakes/time-of.ts';

const shown = (change: Partial<Parameters<typeof slackPayload>[0]> = {}) =>
  slackPayload({
    title: 'T',
    text: 'T.\n\nfacts',
    alerts: [{ title: 'T', text: 'T.\n\nfacts' }],
    omitted: 0,
    ...change,
  }).text;

describe('in Slack', () => {
  it('one alert is a bold title and its facts in columns', () => {
    const message = messageOf({
      member: 'proj_a',
      names: { proj_a: 'R&D <search>' },
      scope: { project: 'proj_a' },
    });
    expect(slackPayload(messageDocument(message)).text).toBe(
      [
        '*R&amp;D &lt;search&gt; is at 85 % of its $100 budget for November 2026*',
        '```',
        'Spent:     $85.00 (85 %)',
        'Limit:     $100, $15.00 left',
        'Threshold: 80 % ($80.00) reached',
        'Budget:    org-monthly',
        'Scope:     project R&amp;D &lt;search&gt; (proj_a)',
        'Period:    November 2026, 2026-11-01 to 2026-11-30 UTC',
        'Data:      as of 2026-11-20T10:00:00Z; complete through 2026-11-19, provisional from 2026-11-19 on',
        '',
        'Alert id: org-monthly#2026-11#abcdef#-#100:80',
        '```',
      ].join('\n'),
    );
  });

  it('several alerts are the facts of the worst and the titles of the others', () => {
    const message = messageOf(
      { id: 'a', spent: '90', budgetName: 'Low' },
      { id: 'b', spent: '140', budgetName: 'High' },
      { id: 'c', spent: '95', budgetName: 'Middle' },
    );
    const lines = slackPayload(messageDocument(message)).text.split('\n');
    expect(lines[0]).toBe('*High is at 140 % of its $100 budget for November 2026, and 2 more*');
    expect(lines[2]).toBe('Spent:     $140.00 (140 %)');
    expect(lines.slice(-2)).toEqual([
      '• Middle is at 95 % of its $100 budget for November 2026',
      '• Low is at 90 % of its $100 budget for November 2026',
    ]);
  });

  it.each([80, 5_000])('of %i alerts those that do not fit are counted', (count) => {
    const document = messageDocument(stormOf(count), Math.min(count, 120));
    const { text } = slackPayload(document);
    expect(text.length).toBeLessThanOrEqual(3_900);
    // One more would not have fitted.
    expect(text.length).toBeGreaterThan(3_800);
    const lines = text.split('\n');
    const items = lines.filter((line) => line.startsWith('• '));
    expect(items.length).toBeGreaterThan(5);
    expect(lines.at(-1)).toBe(
      `and ${count - items.length - 1} more alerts are not listed here: \`budget-alerts check --json\` lists every budget.`,
    );
  });

  it('an alert that did not fit into the JSON is told by the text of the message', () => {
    expect(shown({ alerts: [], omitted: 1 })).toBe('*T*\n```\nfacts\n```');
    expect(shown({ alerts: [], omitted: 7 })).toContain('and 7 more alerts are not listed here');
  });

  it('a test message says that it is one', () => {
    const { text } = slackPayload(messageDocument(testMessage(instantOf('2026-11-20T10:00:00Z'), 'run')));
    expect(text).toMatch(/^\*This is a test: .*\*\n/);
    expect(text).toContain('Nothing was spent');
  });

  it('facts that are too long are cut at a line', () => {
    const facts = Array.from({ length: 400 }, (_, index) => `fact ${index}: a & b`);
    const text = shown({ text: facts.join('\n') });
    const kept = text.split('\n').filter((line) => line.startsWith('fact'));
    expect(kept.length).toBeGreaterThan(50);
    expect(kept).toEqual(facts.slice(0, kept.length).map((fact) => fact.replace('&', '&amp;')));
    expect(text).toMatch(/\n\n… \(too long for Slack: cut here\)\n```$/);
  });

  it('an empty message still says something', () => {
    expect(shown({ title: '\u200b', text: '', alerts: [] })).toBe('*Budget alert*');
  });

  it.each([
    ['<!channel> up', '*&lt;!channel&gt; up*'],
    ['<https://evil.example|Chatbot>', '*&lt;https://evil.example|Chatbot&gt;*'],
    ['&lt;!here&gt;', '*&amp;lt;!here&amp;gt;*'],
    ['a* b', '*a∗ b*'],
    ['_it_ is proj_a_b', '*ˍitˍ is proj_a_b*'],
    ['~x~ `y`', '*∼x∼ ˋyˋ*'],
    ['one\r\ntwo\u2028three', '*one two three*'],
  ])('the title %j is %j', (title, expected) => {
    expect(shown({ title }).split('\n')[0]).toBe(expected);
  });

  it('nothing in the facts ends their table', () => {
    expect(shown({ text: '```\n<!channel>\n*bold*' })).toBe('*T*\n```\nˋˋˋ\n&lt;!channel&gt;\n*bold*\n```');
  });
});

describe('whatever a message holds', () => {
  const anyShown = fc.record({
    title: anyText(40),
    text: fc.oneof(anyText(40), fc.constant('&'.repeat(10_000)), fc.constant('x\n'.repeat(5_000))),
    alerts: fc.array(fc.record({ title: anyText(30), text: anyText(40) }), { maxLength: 40 }),
    omitted: fc.nat(100_000),
  });

  it('Slack gets at most 3,900 characters of whole Unicode', () => {
    fc.assert(
      fc.property(anyShown, (message) => {
        const { text } = slackPayload(message);
        expect(text.length).toBeLessThanOrEqual(3_900);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
      }),
    );
  });

  it('it holds no markup but ours: one bold title, one table, list and count', () => {
    fc.assert(
      fc.property(anyShown, (message) => {
        const { text } = slackPayload(message);
        expect(text).not.toMatch(/[<>]/);
        expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
        const [title = '', ...rest] = text.split('\n');
        expect(title).toMatch(/^\*[^*`~]+\*$/);
        const fences = rest.flatMap((line, index) => (line.includes('```') ? [index] : []));
        expect(fences.length === 0 || (fences.length === 2 && fences[0] === 0)).toBe(true);
        for (const line of rest.slice((fences[1] ?? -1) + 1)) {
          expect(line).toMatch(/^(• [^*`~]*|and \d+ more alerts? (is|are) not listed here: `[^`]+` [^`]+)$/);
        }
      }),
    );
  });

  it('every alert is shown or counted', () => {
    fc.assert(
      fc.property(anyShown, (message) => {
        const total = message.alerts.length + message.omitted;
        fc.pre(message.alerts.length > 0);
        const { text } = slackPayload(message);
        const items = text.split('\n').filter((line) => line.startsWith('• ')).length;
        const counted = Number(/\nand (\d+) more/.exec(text)?.[1] ?? 0);
        expect(1 + items + counted).toBe(total);
      }),
    );
  });
});
