// Bytes that are kept in one place: what is read of them is what came, whatever was written around it before.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openBytes } from '../../lib/openai/open-bytes.ts';

const step = fc.oneof(
  fc.record({ append: fc.string({ unit: 'grapheme', maxLength: 300 }) }),
  fc.record({ drop: fc.nat({ max: 400 }) }),
  fc.record({ before: fc.stringMatching(/^[[{":]{0,24}$/), behind: fc.stringMatching(/^[\]}",]{0,12}$/) }),
);

it('are what a string would be', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const bytes = openBytes();
      let text = '';
      for (const done of steps) {
        if ('append' in done) {
          bytes.append(Buffer.from(done.append));
          text += done.append;
        } else if ('drop' in done) {
          const rest = [...text].slice(done.drop).join('');
          bytes.dropUpTo(Buffer.byteLength(text) - Buffer.byteLength(rest));
          text = rest;
        } else {
          const half = [...text].slice(0, text.length / 2).join('');
          const { before, behind } = done;
          expect(bytes.textUpTo(Buffer.byteLength(half), before, behind)).toBe(`${before}${half}${behind}`);
        }
        expect(Buffer.from(bytes.all()).toString()).toBe(text);
        expect(bytes.size()).toBe(Buffer.byteLength(text));
      }
    }),
  );
});

it('refuse what is not UTF-8, and are the same bytes afterwards', () => {
  const bytes = openBytes();
  bytes.append(Buffer.from([0x61, 0xff, 0x62, 0x63]));
  expect(() => bytes.textUpTo(2, '[', ']')).toThrow('not valid');
  expect([...bytes.all()]).toEqual([0x61, 0xff, 0x62, 0x63]);
});
