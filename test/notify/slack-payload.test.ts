// What a message looks like in Slack: readable at a glance, within every limit of Block Kit, and never more than text.
import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceivedMessage } from '../../lib/notify/received-message.ts';
import { type SlackPayload, slackPayload } from '../../lib/notify/slack-payload.ts';
import { slackPlainPayload } from '../../lib/notify/slack-plain-payload.ts';
import { anyReceivedMessage, viewFullOf } from '../fakes/arbitrary-received-message.ts';
import {
  DIGEST,
  receivedAlertOf,
  receivedMessageOf,
  receivedNoticeOf,
} from '../fakes/received-message-of.ts';

/** The payload is what Slack's own types describe: this is checked by the compiler. */
const blocksOf = ({ blocks }: SlackPayload): KnownBlock[] => blocks.map((block) => block);

/** Every text that is shown, in its order. */
function textsOf(payload: SlackPayload): string[] {
  return blocksOf(payload).flatMap((block) => {
    if (block.type === 'header') return [block.text.text];
    if (block.type === 'context') {
      return block.elements.map((element) => ('text' in element ? element.text : ''));
    }
    if (block.type !== 'section') throw new Error(`a block of another type: ${block.type}`);
    return [...(block.text === undefined ? [] : [block.text]), ...(block.fields ?? [])].map(
      ({ text }) => text,
    );
  });
}

const shown = (change: Partial<ReceivedMessage> = {}) => textsOf(slackPayload(receivedMessageOf(change)));
const alertsOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    receivedAlertOf({ title: `Alert ${index}`, id: `id-${index}` }),
  );

describe('in Slack, one alert', () => {
  const alert = receivedAlertOf({
    view: {
      pace: '$38 a day; at this pace $1,140 by 30 Nov',
      contributors: [
        { label: 'gpt-5, output', amount: '$249.63', share: '54 %', change: '+$212.00' },
        { label: 'gpt-5, input', amount: '$100.00', share: null, change: null },
      ],
    },
  });

  it('is a header, a bar, facts, who spent it, what to do next, and ids', () => {
    expect(shown({ alerts: [alert] })).toEqual([
      '🟠 Warning: Support chatbot is at 92 % of its $500 budget for November 2026',
      '▓▓▓▓▓▓▓▓▓░ *92.0 %* of the limit',
      '*Spent*\n$460.12',
      '*Limit*\n$500',
      '*Against the limit*\n$39.88 left',
      '*Threshold*\n80 % ($400.00) reached',
      '*Period*\nNovember 2026, day 24 of 30 (UTC)',
      '*Pace*\n$38 a day; at this pace $1,140 by 30 Nov',
      '*Budget*\nChatbot (chatbot)',
      '*Scope*\nproject Support chatbot (proj_abc)',
      '*Largest parts, and their change (ended days) against the period before*\n• gpt-5, output: *$249.63*, 54 %, +$212.00\n• gpt-5, input: *$100.00*',
      '*What to do next*\n' +
        '• See at OpenAI what it was spent on, and stop what should not run: <https://platform.openai.com/usage|Usage at OpenAI>\n' +
        '• Why it stands so: `budget-alerts explain chatbot`\n' +
        "• Hear no more of it for a while: `budget-alerts silence --budget chatbot --until 2d --reason '…'`",
      'Data read 24 Nov 10:05 UTC; 23 Nov and later may still grow',
      'Budget id `chatbot`',
      'Alert id `chatbot#2026-11#abcdef#-#500:400`',
    ]);
  });

  it('is told to phones and screen readers by its title', () => {
    expect(slackPayload(receivedMessageOf({ alerts: [alert] }))).toMatchObject({
      text: '🟠 Warning: Support chatbot is at 92 % of its $500 budget for November 2026',
      unfurl_links: false,
      unfurl_media: false,
    });
  });

  it('has no button, which a webhook could not answer for', () => {
    expect(JSON.stringify(slackPayload(receivedMessageOf()))).not.toMatch(/"(actions|button)"/);
  });

  it('says nothing of a pace that is not known, and of contributors that there are none', () => {
    expect(shown().filter((text) => /Pace|Largest parts/.test(text))).toEqual([]);
  });

  it.each([
    ['critical', '🔴 Critical: T'],
    ['warning', '🟠 Warning: T'],
    ['info', '🔵 Info: T'],
  ] as const)('that is %s says so in a word and a sign', (severity, expected) => {
    expect(shown({ alerts: [receivedAlertOf({ severity, title: 'T' })] })[0]).toBe(expected);
  });

  it.each([
    [0, '0.4 %', '░░░░░░░░░░ *0.4 %* of the limit'],
    [79, '79.9 %', '▓▓▓▓▓▓▓░░░ *79.9 %* of the limit'],
    [99, '99.9 %', '▓▓▓▓▓▓▓▓▓░ *99.9 %* of the limit'],
    [100, '100.0 %', '▓▓▓▓▓▓▓▓▓▓ *100.0 %* of the limit'],
    [4_211, '4211.0 %', '▓▓▓▓▓▓▓▓▓▓ *4211.0 %* of the limit'],
    [100, null, '▓▓▓▓▓▓▓▓▓▓ the limit is 0'],
  ])('whose bar stands at %i shows %s', (filled, percent, expected) => {
    expect(shown({ alerts: [receivedAlertOf({ view: { filled, percent } })] })[1]).toBe(expected);
  });

  it('that was found late says so', () => {
    expect(shown({ alerts: [receivedAlertOf({ late: true })] })[1]).toMatch(/^\*Found late:\* .*ended\n▓/);
  });

  it('for a reason that is not known is shown like any other', () => {
    expect(shown({ alerts: [receivedAlertOf({ reason: 'forecast' })] })).toEqual(shown());
    const attributes = { kind: 'anomaly', severity: 'warning', labels: {} } as const;
    expect(shown({ attributes })).toEqual(shown());
  });

  it.each([
    'http://platform.openai.com/usage',
    'javascript:alert(1)',
    'https://x.example/|Click<!channel>',
    'https://x.example/\u202e',
    'https://x.example:evil@y.example/',
    '',
  ])('has no link to %j', (usageUrl) => {
    expect(JSON.stringify(shown({ alerts: [receivedAlertOf({ view: { usageUrl } })] }))).not.toContain('<');
  });
});

describe('in Slack, several alerts', () => {
  it('are the worst in full and the titles of the others', () => {
    const texts = shown({ alerts: alertsOf(3) });
    expect(texts.slice(0, 2)).toEqual(['🟠 Warning: Alert 0, and 2 more', '*Alert 0*']);
    expect(texts.at(-1)).toBe('*Also*\n• Alert 1\n• Alert 2');
  });

  it.each([
    [2, 1, 1],
    [80, 0, 49],
    [120, 4_880, 4_969],
  ])('of %i in the JSON and %i left out, all that no line is about are counted', (count, omitted, rest) => {
    const lines =
      shown({ alerts: alertsOf(count), omitted })
        .at(-1)
        ?.split('\n') ?? [];
    const are = rest === 1 ? 'alert is' : 'alerts are';
    expect(lines.at(-1)).toBe(
      `and ${rest} more ${are} not listed here: \`budget-alerts status\` lists every budget.`,
    );
    expect(lines.filter((line) => line.startsWith('• '))).toHaveLength(count + omitted - 1 - rest);
  });

  it('say how many the next run sends', () => {
    expect(shown({ alerts: alertsOf(2), waiting: 12 })).toContain(
      '12 further alerts did not fit into this run; the next one sends them.',
    );
  });

  it('of which none fitted into the JSON are told by the text of the message', () => {
    const text = 'T.\n\nSpent:     $1\nLimit:     <b>';
    expect(shown({ alerts: [], omitted: 1, title: 'T', text })).toEqual([
      '🟠 Warning: T',
      '```\nSpent:     $1\nLimit:     &lt;b&gt;\n```',
    ]);
    expect(shown({ alerts: [], omitted: 7, title: 'T', text }).at(-1)).toMatch(/^and 7 more alerts are not/);
  });
});

describe('in Slack, a correction', () => {
  const correction = receivedAlertOf({
    id: 'chatbot#2026-11#abcdef#-#500:400#correction',
    reason: 'correction',
    title: 'Correction: Support chatbot is at 60 %',
  });

  it('says once what it is, names what it takes back, and offers no silence', () => {
    const texts = shown({ alerts: [correction] });
    expect(texts[0]).toBe('↩️ Correction: Support chatbot is at 60 %');
    expect(texts[1]).toMatch(
      /^\*Takes back:\* alert `chatbot#2026-11#abcdef#-#500:400`, which no longer holds\n/,
    );
    expect(JSON.stringify(texts)).not.toContain('silence');
  });

  it('names it in a list too', () => {
    expect(shown({ alerts: [receivedAlertOf(), correction] }).at(-1)).toBe(
      '*Also*\n• Correction: Support chatbot is at 60 % (takes back `chatbot#2026-11#abcdef#-#500:400`)',
    );
  });
});

describe('in Slack, a message without alerts', () => {
  it('about the system says what is the matter and where the runbook tells what to do', () => {
    const notice = receivedNoticeOf('warning', 'Costs are stale', 'Nothing was read\nsince <yesterday>.');
    expect(textsOf(slackPayload(notice))).toEqual([
      '🟠 Operations: Costs are stale',
      'Nothing was read\nsince &lt;yesterday&gt;.\n\nOrganization: default',
      'Runbook (docs/runbook.md): `SourceStale`',
    ]);
  });

  it('that something is over names what it closes', () => {
    const notice = receivedNoticeOf(
      'info',
      'Resolved: the data of OpenAI costs is up to date again',
      'It is over.',
    );
    const texts = textsOf(slackPayload(notice));
    expect(texts[0]).toBe('✅ Operations: Resolved: the data of OpenAI costs is up to date again');
    expect(texts.at(-1)).toBe('Closes: what was reported before as `SourceStale`');
  });

  it('as a sign of life is calm', () => {
    const attributes = { kind: 'heartbeat', severity: 'info', labels: {} } as const;
    const text = 'Alive.\n\nNothing needs to be done.';
    expect(shown({ attributes, alerts: [], title: 'Alive', text })).toEqual([
      '✅ Sign of life: Alive',
      'Nothing needs to be done.',
    ]);
  });

  it('as a digest is a total and lists', () => {
    const attributes = { kind: 'digest', severity: 'info', labels: {} } as const;
    expect(shown({ attributes, alerts: [], title: 'Your week', digest: DIGEST })).toEqual([
      '📊 Digest: Your week',
      '16 to 22 November 2026 (UTC)\n*Total:* $1,234.56 (+$34.56 against the week before)',
      '*Nearest to their limits*\n• Support chatbot: $460.12 of $500, 92 %\n• Search: $80.00 of $200, 40 %\nand 3 more',
      '*New this week*\nnone',
      'Where everything stands, at any time: `budget-alerts status`',
    ]);
  });

  it('that has nothing to say still has a title', () => {
    expect(shown({ title: '\u200b', text: '', alerts: [] })).toEqual(['🟠 Warning: Budget alert']);
  });
});

describe('in Slack, the text alone', () => {
  it('is the title, the text in columns, and why there is no more', () => {
    const message = receivedMessageOf({
      title: 'A <!channel> B',
      text: 'A <!channel> B.\n\nSpent:     $1\nLimit:     $2 ```x',
    });
    expect(slackPlainPayload(message, 'Slack refused it (invalid_blocks).').text).toBe(
      [
        '*🟠 Warning: A &lt;!channel&gt; B*',
        '```',
        'Spent:     $1',
        'Limit:     $2 ˋˋˋx',
        '```',
        'This is the text alone. Slack refused it (invalid_blocks).',
      ].join('\n'),
    );
  });

  it('is never empty, and within what Slack advises for a text', () => {
    fc.assert(
      fc.property(anyReceivedMessage, (message) => {
        const payload = slackPlainPayload(message, 'why');
        expect(payload.text).toMatch(/\S/);
        expect(JSON.stringify(payload.text).length).toBeLessThanOrEqual(4_000);
        expect(payload.text.isWellFormed()).toBe(true);
      }),
    );
  });
});

it('in Slack, a test says that it is one wherever one looks', () => {
  const attributes = { kind: 'test', severity: 'critical', labels: {} } as const;
  const message = receivedMessageOf({ attributes, title: 'Messages reach you' });
  const texts = textsOf(slackPayload(message));
  expect(texts[0]).toBe('🧪 Test: Messages reach you');
  expect(texts[1]).toMatch(/^\*This is a test\.\*/);
  expect(slackPayload(message).text).toBe('🧪 Test: Messages reach you');
});

describe('in Slack, a name', () => {
  it.each([
    ['<!channel> up', '&lt;!channel&gt; up', '‹!channel› up'],
    [
      '<https://evil.example|Chatbot>',
      '&lt;https://evil.example|Chatbot&gt;',
      '‹https://evil.example|Chatbot›',
    ],
    ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;', '&lt;!here&gt;'],
    ['a* b', 'a∗ b', 'a* b'],
    ['_it_ is proj_a_b', 'ˍitˍ is proj_a_b', '_it_ is proj_a_b'],
    ['~x~ `y`', '∼x∼ ˋyˋ', '~x~ `y`'],
    [':skull: at 10:05:30', '∶skull: at 10:05:30', ':skull: at 10:05:30'],
    ['one\r\ntwo\u2028three', 'one two three', 'one two three'],
  ])('%j is a text and no more', (name, inMrkdwn, inHeader) => {
    const payload = slackPayload(receivedMessageOf({ alerts: [receivedAlertOf({ title: name })] }));
    expect(payload.text).toBe(`🟠 Warning: ${inMrkdwn}`);
    expect(textsOf(payload)[0]).toBe(`🟠 Warning: ${inHeader}`);
    const budget = textsOf(
      slackPayload(receivedMessageOf({ alerts: [receivedAlertOf({ view: { budget: name } })] })),
    );
    expect(budget).toContain(`*Budget*\n${inMrkdwn}`);
  });

  it('that begins like a quotation is none, at the beginning of a line or behind a sign', () => {
    const name = '>> quoted';
    const payload = slackPayload(
      receivedMessageOf({ alerts: [receivedAlertOf({ title: name, view: { budget: name } })] }),
    );
    expect(payload.text).toBe('🟠 Warning: &gt;&gt; quoted');
    expect(textsOf(payload)).toContain('*Budget*\n›› quoted');
  });

  it('is no address to follow: Slack is told to leave plain text as it is', () => {
    const payload = JSON.stringify(slackPayload(receivedMessageOf()));
    expect(payload.match(/"mrkdwn"/g)?.length).toBe(payload.match(/"verbatim":true/g)?.length);
    expect(payload).toContain('"emoji":false');
  });

  it('does not end the code that it stands in', () => {
    const view = { explain: 'explain `x` <!here>' };
    expect(shown({ alerts: [receivedAlertOf({ view })] }).join()).toContain('`explain ˋxˋ &lt;!here&gt;`');
  });
});

const OWN_LINK = /<https:\/\/[^<>|\s]+\|Usage at OpenAI>/g;
describe('in Slack, whatever a message holds', () => {
  it.each(['"', '&', '\\', '😀', `e${'\u0301'.repeat(9)}`])(
    'of endless %j in every place it is within 12,000 characters',
    (sign) => {
      const name = sign.repeat(4_000);
      const view = viewFullOf(name);
      const contributors = Array.from(
        { length: 20 },
        () => view.contributors[0] ?? { label: name, amount: name, share: name, change: name },
      );
      const alert = receivedAlertOf({
        id: name,
        budgetId: name,
        title: name,
        reason: 'correction',
        late: true,
        view: { ...view, contributors, usageUrl: `https://a.example/${'a&'.repeat(150)}` },
      });
      const payload = slackPayload(receivedMessageOf({ alerts: Array.from({ length: 300 }, () => alert) }));
      expect(JSON.stringify(payload).length).toBeLessThanOrEqual(11_000);
      // The limits of the parts are near enough to what there is that they are worth their names.
      expect(JSON.stringify(payload).length).toBeGreaterThan(8_000);
    },
  );

  it('has no markup but ours', () => {
    fc.assert(
      fc.property(anyReceivedMessage, (message) => {
        const payload = slackPayload(message);
        const mrkdwn = [payload.text, ...textsOf(payload).slice(1)];
        expect(textsOf(payload)[0]).not.toMatch(/[<>]/);
        for (const text of mrkdwn) {
          const rest = text.replace(OWN_LINK, '');
          expect(rest).not.toMatch(/[<>]/);
          expect(rest.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
          if (rest.startsWith('```')) expect(rest).toMatch(/^```\n[^`]+\n```$/);
          else for (const line of rest.split('\n')) expect(line).toMatch(/^([^`]|`[^`]+`)*$/);
          for (const line of rest.split('\n')) expect(line).not.toMatch(/^&gt;/);
        }
      }),
    );
  });

  it('of a digest is shown or counted line by line', () => {
    const lines = Array.from({ length: 300 }, (_, index) => ({ label: `Budget ${index}`, detail: '$1' }));
    const digest = {
      ...DIGEST,
      sections: Array.from({ length: 60 }, () => ({ heading: 'H', lines, more: 5 })),
    };
    const texts = shown({ alerts: [], title: 'T', digest }).slice(2, -1);
    const left = texts.at(-1)?.match(/^(\d+) more sections are not shown here\.$/)?.[1];
    expect(texts.length - 1 + Number(left)).toBe(60);
    for (const text of texts.slice(0, -1)) {
      const listed = text.split('\n').filter((line) => line.startsWith('• ')).length;
      expect(text.endsWith(`\nand ${305 - listed} more`)).toBe(true);
    }
  });
});
