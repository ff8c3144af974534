// What a message looks like in Amazon Q Developer in chat applications: AWS's schema, one thread per budget, inert names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AmazonQPayload, amazonQPayload } from '../../lib/notify/amazon-q-payload.ts';
import type { ReceivedMessage } from '../../lib/notify/received-message.ts';
import { anyReceivedMessage, viewFullOf } from '../fakes/arbitrary-received-message.ts';
import {
  DIGEST,
  receivedAlertOf,
  receivedMessageOf,
  receivedNoticeOf,
} from '../fakes/received-message-of.ts';

const SCHEMA = join(import.meta.dirname, '../fixtures/amazon-q/custom-notification.schema.json');
const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));

function problems(payload: AmazonQPayload): unknown {
  validate(JSON.parse(JSON.stringify(payload)));
  return validate.errors ?? [];
}

const payloadOf = (change: Partial<ReceivedMessage> = {}) => amazonQPayload(receivedMessageOf(change));
const linesOf = (change: Partial<ReceivedMessage> = {}) => payloadOf(change).content.description.split('\n');

/** Everything that a chat may show. */
function textsOf({ content, metadata }: AmazonQPayload): string[] {
  return [
    content.title,
    content.description,
    ...(content.nextSteps ?? []),
    ...content.keywords,
    metadata.summary,
  ];
}

describe('in Amazon Q, an alert', () => {
  it('is a custom notification with everything in its place', () => {
    const contributors = [{ label: 'gpt-5, output', amount: '$249.63', share: '54 %', change: null }];
    const view = { pace: '$38 a day', contributors };
    expect(payloadOf({ alerts: [receivedAlertOf({ view })] })).toEqual({
      version: '1.0',
      source: 'custom',
      id: '0123456789abcdef0123',
      content: {
        textType: 'client-markdown',
        title: '🟠 Warning: Support chatbot is at 92 % of its $500 budget for November 2026',
        description: [
          '▓▓▓▓▓▓▓▓▓░ 92.0 % of the limit',
          '*Spent:* $460.12',
          '*Limit:* $500',
          '*Against the limit:* $39.88 left',
          '*Threshold:* 80 % ($400.00) reached',
          '*Period:* November 2026, day 24 of 30 (UTC)',
          '*Pace:* $38 a day',
          '*Budget:* Chatbot (chatbot)',
          '*Scope:* project Support chatbot (proj_abc)',
          '*Data:* read 24 Nov 10:05 UTC; 23 Nov and later may still grow',
          '*Largest parts*',
          '• gpt-5, output: $249.63, 54 %',
        ].join('\n'),
        nextSteps: [
          'See at OpenAI what it was spent on, and stop what should not run: https://platform.openai.com/usage',
          'Why it stands so: `budget-alerts explain chatbot`',
          "Hear no more of it for a while: `budget-alerts silence --budget chatbot --until 2d --reason '…'`",
        ],
        keywords: ['alert', 'warning'],
      },
      metadata: {
        threadId: 'chatbot/2026-11-01T00:00:00Z',
        summary: 'Support chatbot is at 92 % of its $500 budget for November 2026',
        eventType: 'alert',
        relatedResources: ['chatbot'],
        additionalContext: {
          messageId: '0123456789abcdef0123',
          alerts: '1',
          alertId: 'chatbot#2026-11#abcdef#-#500:400',
          budgetId: 'chatbot',
        },
        enableCustomActions: false,
      },
    });
  });

  it('stands in one thread with every other of its budget and period', () => {
    const threadOf = (change: Parameters<typeof receivedAlertOf>[0]) =>
      payloadOf({ alerts: [receivedAlertOf(change)] }).metadata.threadId;
    const period = { kind: 'monthly', start: '2026-12-01T00:00:00Z', end: '2027-01-01T00:00:00Z' };
    expect(threadOf({ reason: 'higher-threshold', id: 'other', severity: 'critical' })).toBe(threadOf({}));
    expect(threadOf({ period })).not.toBe(threadOf({}));
    expect(threadOf({ budgetId: 'search' })).not.toBe(threadOf({}));
  });

  it('that is a correction names what it takes back and offers no silence', () => {
    const id = 'chatbot#2026-11#abcdef#-#500:400#correction';
    const { content, metadata } = payloadOf({ alerts: [receivedAlertOf({ id, reason: 'correction' })] });
    expect(content.description).toContain('*Takes back:* alert `chatbot#2026-11#abcdef#-#500:400`, which');
    expect(metadata.additionalContext).toMatchObject({
      takesBack: 'chatbot#2026-11#abcdef#-#500:400',
      alertId: id,
    });
    expect(content.nextSteps).toHaveLength(2);
  });

  it('among several is the worst, and the others are listed or counted', () => {
    const alerts = Array.from({ length: 60 }, (_, index) => receivedAlertOf({ title: `Alert ${index}` }));
    expect(linesOf({ alerts: alerts.slice(0, 3) }).slice(-3)).toEqual(['*Also*', '• Alert 1', '• Alert 2']);
    const lines = linesOf({ alerts, omitted: 40 });
    const items = lines.filter((line) => /^• Alert/.test(line)).length;
    expect(lines.at(-1)).toBe(
      `and ${100 - 1 - items} more alerts are not listed here: \`budget-alerts status\` lists every budget.`,
    );
  });

  it('says before all else how many the next run sends', () => {
    const alerts = [receivedAlertOf({})];
    expect(linesOf({ alerts, waiting: 12 }).slice(0, 2)).toEqual([
      '12 further alerts did not fit into this run; the next one sends them.',
      '▓▓▓▓▓▓▓▓▓░ 92.0 % of the limit',
    ]);
    expect(linesOf({ alerts })[0]).toBe('▓▓▓▓▓▓▓▓▓░ 92.0 % of the limit');
  });

  it('that did not fit into the JSON is told by the text of the message', () => {
    expect(linesOf({ alerts: [], omitted: 1, title: 'T', text: 'T.\n\nSpent: $1' })).toEqual(['Spent: $1']);
  });
});

describe('in Amazon Q, a message of another kind', () => {
  it('about the system names the runbook, and keeps the addresses of its text', () => {
    const text =
      'Make a key at https://platform.openai.com/settings/organization/admin-keys or at https://evil.example.';
    const { content, metadata } = amazonQPayload(receivedNoticeOf('warning', 'The key expires', text));
    expect(content.title).toBe('🟠 Operations: The key expires');
    expect(content.description.split('\n')[0]).toBe(
      'Make a key at https://platform.openai.com/settings/organization/admin-keys or at https:∕∕evil․example.',
    );
    expect(content.nextSteps).toEqual(['See the runbook (docs/runbook.md): `SourceStale`']);
    expect(content.keywords).toEqual(['operations', 'warning', 'SourceStale']);
    expect(metadata.threadId).toBe('operations/SourceStale');
  });

  it('that something is over follows in its thread and asks for nothing', () => {
    const over = amazonQPayload(receivedNoticeOf('info', 'Over: SourceStale', 'It is over.'));
    expect(over.metadata.threadId).toBe('operations/SourceStale');
    expect(over.content.nextSteps).toBeUndefined();
  });

  it('that is a test says so in title, text and keywords', () => {
    const attributes = { kind: 'test', severity: 'info', labels: {} } as const;
    const { content } = payloadOf({ attributes });
    expect(content.title).toMatch(/^🧪 Test: /);
    expect(content.description).toMatch(/^\*This is a test\.\* Nothing was spent/);
    expect(content.keywords).toContain('test');
  });

  it('that is a digest is a total and lists', () => {
    const attributes = { kind: 'digest', severity: 'info', labels: {} } as const;
    expect(linesOf({ attributes, alerts: [], title: 'Your week', digest: DIGEST })).toEqual([
      '16 to 22 November 2026 (UTC)',
      '*Total:* $1,234.56 (+$34.56 against the week before)',
      '',
      '*Nearest to their limits*',
      '• Support chatbot: $460.12 of $500, 92 %',
      '• Search: $80.00 of $200, 40 %',
      'and 3 more',
      '',
      '*New this week*',
      'none',
    ]);
  });

  it('that has nothing to say still says what it is', () => {
    expect(payloadOf({ title: '', text: '', alerts: [] }).content).toMatchObject({
      title: '🟠 Warning: Budget alert',
      description: 'Budget alert',
    });
  });
});

describe('in Amazon Q, a name', () => {
  it.each([
    ['<@U0123> <!channel>', '‹＠U0123› ‹!channel›'],
    ['<at>a@b.example</at>', '‹at›a@b․example‹/at›'],
    ['@here', '＠here'],
    ['[Pay](https://evil.example)', '［Pay］(https:∕∕evil․example)'],
    ['www.evil.example', 'www․evil․example'],
    ['*b* _i_ ~s~ `c` proj_a', '∗b∗ ˍiˍ ∼s∼ ˋcˋ proj_a'],
    ['&lt;@U0123&gt; R&D', '＆lt;＠U0123＆gt; R&D'],
    ['# big', '＃ big'],
    ['gpt-4.1-mini, $1.50', 'gpt-4.1-mini, $1.50'],
  ])('%j reads %j', (name, expected) => {
    expect(linesOf({ alerts: [receivedAlertOf({ view: { budget: name } })] })).toContain(
      `*Budget:* ${expected}`,
    );
  });

  it.each(['http://a.example/', 'https://a.example/_x_*', 'https://a@b.example/', 'x'])(
    'is no link: %j',
    (usageUrl) => {
      const { nextSteps } = payloadOf({ alerts: [receivedAlertOf({ view: { usageUrl } })] }).content;
      expect(nextSteps?.[0]).toBe('See at OpenAI what it was spent on, and stop what should not run');
      expect(nextSteps).toHaveLength(3);
    },
  );
});

describe('in Amazon Q, whatever a message holds', () => {
  it.each(['&', '"', '😀', 'x'])(
    'of endless %j in every place, a test with 300 corrections is within the schema',
    (sign) => {
      const name = sign.repeat(4_000);
      const view = viewFullOf(name);
      const contributors = Array.from({ length: 20 }, () => ({
        label: name,
        amount: name,
        share: name,
        change: name,
      }));
      const alert = receivedAlertOf({
        id: name,
        title: name,
        reason: 'correction',
        late: true,
        view: { ...view, contributors },
      });
      const attributes = { kind: 'test', severity: 'info', labels: {} } as const;
      const payload = payloadOf({ attributes, alerts: Array.from({ length: 300 }, () => alert) });
      expect(problems(payload)).toEqual([]);
      expect(payload.content.description.length).toBeLessThanOrEqual(2_900);
      expect(payload.content.description).toMatch(/\nand 299 more alerts are not listed here: .*\.$/);
    },
  );

  it('has no markup, mention or link but ours', () => {
    fc.assert(
      fc.property(anyReceivedMessage, (message) => {
        for (const text of textsOf(amazonQPayload(message))) {
          expect(text).not.toMatch(/[<>]/);
          for (const line of text.split('\n')) {
            const outside = line.replace(/`[^`]+`/g, '').replace(/(?<=^[^:]*): https:\/\/\S+$/, '');
            expect(outside).not.toMatch(/[`[\]\\~]/);
            expect(outside.replace(/^\*[^*]*\*/, '')).not.toMatch(/\*|:\/\/|&#?\w+;/);
          }
        }
      }),
    );
  });
});
