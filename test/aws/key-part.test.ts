// Parts of a key: whatever the texts hold, different parts make different keys.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyPart } from '../../lib/aws/key-part.ts';

it('leaves ordinary texts as they are', () => {
  for (const text of ['default', 'org-AbC_123', 'proj_a', 'gpt-4o, input', 'ü'])
    expect(keyPart(text)).toBe(text);
});

it('can be read back from a key, so that different parts never make the same key', () => {
  const text = fc.string({ unit: fc.constantFrom('#', '%', '2', '3', '5', 'a'), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (parts) => {
      const key = parts.map(keyPart).join('#');
      expect(key.split('#').map(decodeURIComponent)).toEqual(parts);
    }),
    { numRuns: 1_000 },
  );
});
