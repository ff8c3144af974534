// What every channel must make of every message: something to read, within its limits, with all alerts, and inert names.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILY } from '../fakes/arbitrary-received-message.ts';
import { anyText } from '../fakes/arbitrary-text.ts';

/** What a reader of the channel gets to see. */
export interface ShownMessage {
  readonly title: string;
  /** Everything else, in its order. */
  readonly texts: readonly string[];
  /** Those that list alerts and count the others; absent: all of them together. */
  readonly listing?: readonly string[];
  /** What the channel would object to, by its own types, schema and limits. */
  readonly problems: readonly string[];
}

/** `Message`: what the channel is given, which is what is sent or what of it is received. */
export interface ChannelUnderTest<Message> {
  readonly anyMessage: fc.Arbitrary<Message>;
  /** So many alerts, the worst first, and of each a piece of its title that no other has. */
  readonly severalOf: (count: number) => { readonly message: Message; readonly pieces: readonly string[] };
  /** Three alerts with one name wherever something foreign stands, under a title of their own. */
  readonly named: (name: string) => Message;
  readonly show: (message: Message) => ShownMessage;
  /** What formats in this channel, outside of what it shows as code; a name must not add to it. */
  readonly markup: RegExp;
}

export function channelContract<Message>(name: string, channel: ChannelUnderTest<Message>): void {
  const { anyMessage, severalOf, named, show, markup } = channel;
  const textsOf = ({ title, texts }: ShownMessage) => [title, ...texts];
  const withoutCode = (text: string) => text.replace(/`[^`\n]+`/g, '``');
  const shapeOf = (shown: ShownMessage) =>
    shown.texts.map((text) => ({
      lines: text.split('\n').filter((line) => /^\S/.test(line)).length,
      markup: withoutCode(text).match(markup)?.length ?? 0,
    }));

  describe(`${name}, whatever a message holds,`, () => {
    it('has a title, well-formed texts without controls, and nothing that the channel refuses', () => {
      fc.assert(
        fc.property(anyMessage, (message) => {
          const shown = show(message);
          expect(shown.problems).toEqual([]);
          for (const text of textsOf(shown)) {
            expect(text).toMatch(/\S/);
            expect(text.isWellFormed()).toBe(true);
            expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
          }
        }),
      );
    });

    it.each([1, 2, 3, 7, 33, 100, 101, 400, 5_000])(
      'shows or counts each of %i alerts, the worst first',
      (count) => {
        const { message, pieces } = severalOf(count);
        const { title, texts, listing = [title, ...texts] } = show(message);
        const text = listing.join('\n');
        const shown = pieces.filter((piece) => text.includes(piece));
        const counted = Number(/(\d+) more alerts? (?:is|are) not listed here/.exec(text)?.[1] ?? 0);
        expect(shown).toEqual(pieces.slice(0, shown.length));
        expect([shown.length > 0, shown.length + counted]).toEqual([true, count]);
      },
    );

    it('has as many lines and as much markup as with a name of one letter', () => {
      const plain = shapeOf(show(named('x')));
      expect(plain.reduce((sum, shape) => sum + shape.markup, 0)).toBeGreaterThan(0);
      fc.assert(
        fc.property(anyText(10), (foreign) => {
          expect(shapeOf(show(named(foreign)))).toEqual(plain);
        }),
      );
    });

    it('is not cut inside a character', () => {
      fc.assert(
        fc.property(fc.nat(400), fc.nat(3), (times, shift) => {
          const shown = show(named(`${'x'.repeat(shift)}${FAMILY.repeat(times)}`));
          for (const text of textsOf(shown)) {
            expect(text.replaceAll(FAMILY, '')).not.toMatch(/[\u200d👩👧👦]/u);
          }
        }),
        { numRuns: 50 },
      );
    });
  });
}
