// A subject as SNS takes it, whatever the title is: one that breaks its rules makes SNS refuse the whole message.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiName, subject } from '../../lib/notify/subject.ts';
import { anyText } from '../fakes/arbitrary-text.ts';

describe('a subject', () => {
  it.each([
    ['Chatbot is at 92 % of its $500 budget', 'Chatbot is at 92 % of its $500 budget'],
    ['Café “Über” – Ångström’s', 'Cafe "Uber" - Angstrom\'s'],
    ['Straße … œuvre, Łódź', 'Strasse ... oeuvre, Lodz'],
    ['a\u00a0b\u2003c', 'a b c'],
    ['ﬁne ½ x²', 'fine 1/2 x2'],
    ['予算 is at 80 %', '? is at 80 %'],
    ['team 🤖🤖 bot', 'team ? bot'],
    ['what?? really', 'what?? really'],
    ['x\r\nBcc: evil@example.com', 'x Bcc: evil@example.com'],
    ['x\u0000y\u0085z\u2028w', 'x y z w'],
    ['zero\u200bwidth \u202egnip', 'zerowidth gnip'],
    ['  \t many   blanks \n', 'many blanks'],
    ['$500 a day', '500 a day'],
    ['~ <b> is at', 'b> is at'],
    ['"quoted" is at', '"quoted" is at'],
    ['half \ud83d of it', 'half ? of it'],
    ['', 'Budget alert'],
    ['\u0301', 'Budget alert'],
    [' $ + ', 'Budget alert'],
    ['\r\n', 'Budget alert'],
  ])('of %j is %j', (title, expected) => {
    expect(subject(title)).toBe(expected);
  });

  it.each([
    ['Café 🤖 Łódź', 'Cafe Lodz'],
    ['🚀 Chatbot', 'Chatbot'],
    ['チャット', null],
    ['Chat 予算', null],
    ['бот', null],
    ['🤖🤖', null],
    ['', null],
    ['٣', null],
  ])('shows the name %j as %j; what it could not spell it names by its id', (name, expected) => {
    expect(asciiName(name)).toBe(expected);
  });

  it('keeps 99 characters and cuts the hundredth at a word', () => {
    const of99 = `${'word '.repeat(19)}four`;
    expect(subject(of99)).toBe(of99);
    expect(subject(`${of99}s`)).toBe(`${'word '.repeat(18)}word...`);
  });

  it('cuts inside a word where there is no blank near', () => {
    expect(subject('x'.repeat(150))).toBe(`${'x'.repeat(96)}...`);
    expect(subject(`a ${'x'.repeat(150)}`)).toBe(`a ${'x'.repeat(94)}...`);
  });

  it('keeps a word that ends just where there is no more room', () => {
    const of96 = `${'x'.repeat(70)} ${'y'.repeat(25)}`;
    expect(subject(`${of96} zzzz`)).toBe(`${of96}...`);
    expect(subject(`${of96}y zzz`)).toBe(`${'x'.repeat(70)}...`);
  });

  it('follows the rules of SNS for any title', () => {
    fc.assert(
      fc.property(anyText(30), (title) => {
        const line = subject(title);
        expect(line).toMatch(/^[!-~]([ -~]*[!-~])?$/);
        expect(line).toMatch(/^[\p{L}\p{N}\p{P}]/u);
        expect(line.length).toBeLessThan(100);
      }),
    );
  });

  it('of a title that follows them already is the title', () => {
    const words = fc.array(fc.stringMatching(/^[!-~]{1,9}$/), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(words, (tail) => {
        const title = ['Budget', ...tail].join(' ');
        expect(subject(title)).toBe(title);
      }),
    );
  });
});
