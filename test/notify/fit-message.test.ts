// Fitting: never over the limit in UTF-8 bytes, never a wrong count, never half a character.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMessage } from '../../lib/notify/fit-message.ts';
import type { Message } from '../../lib/notify/message.ts';
import { messageDocument } from '../../lib/notify/message-document.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { anyText } from '../fakes/arbitrary-text.ts';
import { messageOf, stormOf } from '../fakes/message-of.ts';

const KIB = 1_024;

/** As both parts travel: each a string in an outer JSON. */
const sizeOf = (parts: { json: string; mail: string }) =>
  Buffer.byteLength(JSON.stringify(parts.json)) + Buffer.byteLength(JSON.stringify(parts.mail));

const anyAlert = fc
  .record({
    budgetName: fc.oneof(anyText(), fc.constant('n'.repeat(30_000))),
    member: anyText(4),
    names: anyText(4).map((name) => ({ proj_a: name })),
    scope: fc.constantFrom({}, { project: 'proj_a' }, { project: ['proj_a', 'proj_b'] }),
    contributors: fc.array(
      fc.record({ label: anyText(4), amount: fc.constant('1.5'), previous: fc.constant('1') }),
      { maxLength: 3 },
    ),
  })
  .map(alertFixture);

const anyMessage: fc.Arbitrary<Message> = fc
  .record({
    alerts: fc.array(anyAlert, { minLength: 1, maxLength: 30 }),
    title: fc.option(anyText(60), { nil: undefined }),
    text: fc.option(
      fc.array(anyText(), { maxLength: 60 }).map((lines) => lines.join('\n')),
      { nil: undefined },
    ),
  })
  .map(({ alerts, title, text }) => {
    const message = messageOf(...alerts);
    return { ...message, title: title ?? message.title, text: text ?? message.text };
  });

describe('a message that fits', () => {
  it('is whole: the document and the text as they are', () => {
    const message = messageOf({ id: 'a', budgetName: 'Ä "quoted" \\ 🤖' }, { id: 'b' });
    const { json, mail } = fitMessage(message, 256 * KIB);
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(messageDocument(message))));
    expect(mail).toBe(message.text);
  });
});

describe('a storm', () => {
  it.each([1_000, 10_000])(
    'of %i alerts lists the worst, counts the others and says where the list is',
    (count) => {
      const message = stormOf(count);
      const fitted = fitMessage(message, 256 * KIB);
      const document = JSON.parse(fitted.json);
      expect(document.alerts.length).toBeGreaterThan(50);
      expect(document.alerts.length + document.omitted).toBe(count);
      expect(document.alerts.map(({ id }: { id: string }) => id)).toEqual(
        message.alerts.slice(0, document.alerts.length).map(({ id }) => id),
      );
      expect(document.notice).toBe(
        `${document.omitted} more alerts are not listed here: \`budget-alerts status\` lists every budget.`,
      );
      expect(sizeOf(fitted)).toBeLessThanOrEqual(256 * KIB);
      // One more would not have fitted: an alert takes up about 1.5 KB.
      expect(sizeOf(fitted)).toBeGreaterThan(253 * KIB);
    },
  );

  it('of few large alerts says the same of one', () => {
    const message = messageOf({ id: 'a' }, { id: 'b', budgetName: 'x'.repeat(200_000) });
    const document = JSON.parse(fitMessage(message, 256 * KIB).json);
    expect(document).toMatchObject({ omitted: 1, alerts: [{ id: 'a' }] });
    expect(document.notice).toMatch(/^1 more alert is not listed here/);
  });

  it('whose text is too long is cut at a line, and the text says how many alerts there are', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index} ä 🤖 "x"`);
    const message = { ...stormOf(300), text: lines.join('\n') };
    const { mail, json } = fitMessage(message, 256 * KIB);
    const [kept, notice] = mail.split('\n\n');
    expect(lines.slice(0, kept?.split('\n').length).join('\n')).toBe(kept);
    expect(notice).toContain('cut here. It is about 300 alerts in all: ');
    expect(Buffer.byteLength(JSON.stringify(mail))).toBeLessThanOrEqual(64 * KIB + 2);
    expect(JSON.parse(json).text).toBe(mail);
  });
});

describe('the limit', () => {
  it('is kept to the byte, wherever it lies', () => {
    const message = { ...stormOf(40), text: 'short' };
    const wholeBytes = sizeOf(fitMessage(message, 256 * KIB));
    const listed: number[] = [];
    for (let maxBytes = wholeBytes - 6_000; maxBytes < wholeBytes + 200; maxBytes += 19) {
      const fitted = fitMessage(message, maxBytes);
      expect(sizeOf(fitted)).toBeLessThanOrEqual(maxBytes);
      const { alerts } = JSON.parse(fitted.json);
      expect(alerts.length).toBeGreaterThanOrEqual(listed.at(-1) ?? 0);
      listed.push(alerts.length);
    }
    expect(listed[0]).toBeGreaterThan(5);
    expect(listed[0]).toBeLessThan(40);
    expect(listed.at(-1)).toBe(40);
  });
});

describe('any message', () => {
  it('stays within any sensible limit, counts exactly, and is whole Unicode', () => {
    fc.assert(
      fc.property(anyMessage, fc.integer({ min: 8 * KIB, max: 256 * KIB }), (message, maxBytes) => {
        const fitted = fitMessage(message, maxBytes);
        expect(sizeOf(fitted)).toBeLessThanOrEqual(maxBytes);
        const document = JSON.parse(fitted.json);
        expect(document.alerts.length + document.omitted).toBe(message.alerts.length);
        expect('notice' in document).toBe(document.omitted > 0);
        const whole = JSON.parse(JSON.stringify(messageDocument(message)));
        expect(document.alerts).toEqual(whole.alerts.slice(0, document.alerts.length));
        expect(fitted.mail.isWellFormed()).toBe(true);
        expect(document.title.isWellFormed()).toBe(true);
        for (const { title, text } of document.alerts) {
          expect(title.isWellFormed() && text.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it('may be sent as XML: no control but the line feed in the text, and nothing raw in the JSON', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const { json, mail } = fitMessage(message, 64 * KIB);
        expect(mail).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u);
        expect(json).not.toMatch(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u);
      }),
    );
  });

  it('keeps what alerts hold, noncharacters too', () => {
    const scope = { project: ['proj_\uffff', 'proj_\u{1fffe}'] };
    const document = JSON.parse(fitMessage(messageOf({ scope }), 64 * KIB).json);
    expect(document.alerts[0].scope).toEqual(scope);
  });

  it('whose attributes alone are too large is not sent at all', () => {
    const message = messageOf({ labels: { team: 'x'.repeat(10_000) } });
    expect(() => fitMessage(message, 8 * KIB)).toThrow(RangeError);
  });
});
