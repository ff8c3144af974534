// A body's amounts keep every digit, and what is not JSON is named for what it is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonText } from '../../lib/openai/json-text.ts';

describe('the number under "value"', () => {
  it.each([
    // A double writes these as they stand, so a plain number says the same.
    ['0.06', 0.06],
    ['0.13080438340307526', 0.13080438340307526],
    ['-12.5', -12.5],
    ['1e-7', 1e-7],
    // The nearest doubles of these are 0.1, 9007199254740992, 0.30000000000000004 and 1234567890123456800.
    ['0.10000000000000001', '0.10000000000000001'],
    ['9007199254740993', '9007199254740993'],
    ['0.300000000000000041', '0.300000000000000041'],
    ['-1234567890123456789', '-1234567890123456789'],
    ['0.123456789012345678901234567890123456789', '0.123456789012345678901234567890123456789'],
    ['1.2345678901234567891E-5', '1.2345678901234567891E-5'],
  ])('%s is read as %j', (literal, expected) => {
    const text = `{"amount": {"value" : ${literal}, "currency": "usd"}, "quantity": 0.12345678901234567890}`;
    expect(parseJsonText(text)).toEqual({
      ok: true,
      // The quantity is nobody's money: it stays the double that it is.
      value: { amount: { value: expected, currency: 'usd' }, quantity: 0.12345678901234568 },
    });
  });

  it('is kept by every decimal that has at most 15 digits, and by every double', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
          fc
            .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 9_999_999 }))
            .map(([integer, fraction]) => `${integer}.${fraction}1`),
        ),
        (literal) => {
          const parsed = parseJsonText(`{"value":${literal}}`);
          expect(JSON.stringify(parsed)).toBe(`{"ok":true,"value":{"value":${literal}}}`);
        },
      ),
    );
  });

  it('does not disturb a text that only looks like one', () => {
    const value = { line_item: '"value": 0.12345678901234567890', value: true };
    expect(parseJsonText(JSON.stringify(value))).toEqual({ ok: true, value });
  });
});

it.each([
  ['', 'empty'],
  [' \r\n', 'empty'],
  ['<html><body>Bad gateway</body></html>', 'html'],
  ['\n<!DOCTYPE html>', 'html'],
  ['{"object":"page","data":[{"obj', 'broken'],
  ['upstream connect error', 'broken'],
])('%j is %s, not JSON', (text, shape) => {
  expect(parseJsonText(text)).toEqual({ ok: false, shape });
});

it('calls nesting that is too deep for the exact way broken, and does not crash', () => {
  const deep = `${'['.repeat(200_000)}{"value":0.10000000000000001}${']'.repeat(200_000)}`;
  expect(parseJsonText(deep)).toEqual({ ok: false, shape: 'broken' });
});
