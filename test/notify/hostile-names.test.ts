// Names are chosen by anybody who may make a project or a budget: none of them harms any channel.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amazonQPayload } from '../../lib/notify/amazon-q-payload.ts';
import { messageDocument } from '../../lib/notify/message-document.ts';
import { oneLine } from '../../lib/notify/one-line.ts';
import { slackPayload } from '../../lib/notify/slack-payload.ts';
import { subject } from '../../lib/notify/subject.ts';
import { viewFullOf } from '../fakes/arbitrary-received-message.ts';
import { anyText } from '../fakes/arbitrary-text.ts';
import { messageOf } from '../fakes/message-of.ts';
import { receivedAlertOf, receivedMessageOf } from '../fakes/received-message-of.ts';

const BCC = 'x\r\nBcc: everybody@example.com\r\n\r\nPay here';

/** `name` wherever something from elsewhere goes. */
const messageWith = (name: string) =>
  messageOf({
    budgetName: name,
    scope: { project: ['proj_a', name] },
    names: { proj_a: name },
    contributors: [{ label: `${name}: gpt`, amount: '60', previous: null }],
  });

describe('a name that wants to begin a header', () => {
  const { title, text } = messageWith(BCC);

  it('stays in its line of the title, the subject, the text and the chats', () => {
    expect(title).toMatch(/^x Bcc: everybody@exam…m Pay here is at 85 %/);
    expect(subject(title)).not.toMatch(/[\r\n]/);
    expect(text).not.toContain('\r');
    const alert = receivedAlertOf({ title: BCC, view: viewFullOf(BCC) });
    const slack = slackPayload(receivedMessageOf({ alerts: [alert, alert] }));
    const chat = amazonQPayload(receivedMessageOf({ alerts: [alert, alert] }));
    const shown = [...JSON.stringify([slack, chat]).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([json]) =>
      JSON.parse(json),
    );
    for (const line of shown.flatMap((each) => each.split('\n')))
      expect(line.trim()).not.toMatch(/^(Bcc|Pay)/);
    // A long line of the e-mail goes on below, indented.
    for (const line of text.split('\n')) expect(line).not.toMatch(/^(Bcc|Pay)/);
  });

  it('is what it was in the JSON, which has no lines', () => {
    const json = JSON.stringify(messageDocument(messageWith(BCC)));
    expect(json).not.toMatch(/[\r\n]/);
    expect(JSON.parse(json).alerts[0].scope).toEqual({ project: ['proj_a', BCC] });
  });

  it('whoever is the member of a budget', () => {
    for (const names of [{}, { [BCC]: BCC }] as Record<string, string>[]) {
      const message = messageOf({ member: BCC, scope: { project: BCC }, names });
      expect(message.title).toMatch(/^x Bcc: everybody@exam…m Pay here is at 85 %/);
      expect(message.text.split('\n').filter((line) => /^\s*Bcc/.test(line))).toEqual([]);
    }
  });
});

describe('any name', () => {
  it('adds no line to a message and no control to any', () => {
    const ownLines = (text: string) => text.split('\n').filter((line) => /^\S/.test(line)).length;
    const lines = ownLines(messageWith('x').text);
    fc.assert(
      fc.property(anyText(), (name) => {
        const message = messageWith(name);
        expect(ownLines(message.text)).toBe(lines);
        for (const line of [message.title, ...message.text.split('\n')]) {
          expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u);
        }
      }),
    );
  });

  it('that cannot be seen gives way to the id', () => {
    expect(messageOf({ budgetName: '\u200b\u202e' }).title).toMatch(/^org-monthly is at/);
    expect(messageOf({ member: 'proj_a', names: { proj_a: '' } }).title).toMatch(/^proj_a is at/);
    expect(messageOf({ member: '\u0000', names: {} }).title).toMatch(/^unnamed is at/);
  });

  it.each(['constructor', 'toString', '__proto__', 'valueOf'])('may be the id %s', (id) => {
    const message = messageOf({ member: id, scope: { project: [id, 'proj_b'] }, names: {} });
    expect(message.title).toMatch(new RegExp(`^${id} is at`));
    expect(message.text).toContain(`2 projects: ${id}, proj_b`);
  });

  it.each([
    ['  Team  \t Rocket \n', 'Team Rocket'],
    ['👩‍👩‍👧‍👦 نام‌ها', '👩‍👩‍👧‍👦 نام‌ها'],
    ['\u001b[31mred\u001b[0m', '[31mred[0m'],
    ['a\ud83db\uffffc', 'abc'],
  ])('%j reads %j', (name, expected) => {
    expect(oneLine(name)).toBe(expected);
  });
});
