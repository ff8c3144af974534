// Small texts and shapes: words in quotes, periods as they are stored, and stored JSON as the parser sees it.
import { describe, expect, it } from 'vitest';
import { jsonSourceNode } from '../../lib/budget/json-source-node.ts';
import { type PeriodFields, periodFields } from '../../lib/budget/period-fields.ts';
import { quoted } from '../../lib/budget/quoted.ts';
import { textFault } from '../../lib/budget/text-fault.ts';
import type { PeriodRule } from '../../lib/time/period-rule.ts';
import { dayOf } from '../fakes/time-of.ts';

const zone = 'UTC';

describe('text in quotes', () => {
  it.each([
    ['a', '"a"'],
    ['x'.repeat(40), `"${'x'.repeat(40)}"`],
    ['x'.repeat(41), `"${'x'.repeat(40)}…"`],
    ['🚀'.repeat(40), `"${'🚀'.repeat(40)}"`],
    ['🚀'.repeat(41), `"${'🚀'.repeat(40)}…"`],
    ['say "hi"', '"say \\"hi\\""'],
    ['a\nb', '"a\\nb"'],
    ['soft\u00adhyphen', '"soft\\u00adhyphen"'],
    ['\u007f', '"\\u007f"'],
    ['\u{e0001}', '"\\udb40\\udc01"'],
  ])('%j is shown as %s', (text, shown) => {
    expect(quoted(text)).toBe(shown);
  });
});

describe('a text that people see', () => {
  it.each([
    ['abc', null],
    ['abcd', 'is too long: use at most 3 characters'],
    ['🚀🚀🚀', null],
    ['🚀🚀🚀🚀', 'is too long: use at most 3 characters'],
    ['', 'is empty'],
    [' a', 'begins or ends with a blank: remove it'],
    ['a ', 'begins or ends with a blank: remove it'],
    ['a\u0007', 'holds the invisible character U+0007: remove it'],
    ['a\u200b', 'holds the invisible character U+200B: remove it'],
    ['a\u200d', null],
  ])('%j of at most 3 characters: %s', (text, fault) => {
    expect(textFault(text, 3)).toBe(fault);
  });
});

describe('a period as it is stored', () => {
  it.each<[PeriodRule, PeriodFields]>([
    [{ kind: 'daily', zone }, 'daily'],
    [{ kind: 'weekly', startDay: 'monday', zone }, 'weekly'],
    [{ kind: 'weekly', startDay: 'sunday', zone }, { weekly: { startDay: 'sunday' } }],
    [{ kind: 'monthly', startDay: 1, zone }, 'monthly'],
    [{ kind: 'monthly', startDay: 31, zone }, { monthly: { startDay: '31' } }],
    [{ kind: 'quarterly', startMonth: 1, zone }, 'quarterly'],
    [{ kind: 'quarterly', startMonth: 12, zone }, { quarterly: { startMonth: 'december' } }],
    [{ kind: 'yearly', startMonth: 1, zone }, 'yearly'],
    [{ kind: 'yearly', startMonth: 4, zone }, { yearly: { startMonth: 'april' } }],
    [{ kind: 'rolling', days: 7, zone }, { rolling: '7d' }],
    [
      { kind: 'fixed', from: dayOf('2026-11-01'), to: dayOf('2026-12-01'), zone },
      { from: '2026-11-01', to: '2026-12-01' },
    ],
  ])('%j is %j', (rule, fields) => {
    expect(periodFields(rule)).toEqual(fields);
  });
});

describe('stored JSON', () => {
  const line = null;
  it('is a document without lines', () => {
    expect(jsonSourceNode({ a: null, b: true, c: ['x'] })).toEqual({
      type: 'map',
      entries: [
        { key: 'a', keyLine: null, value: { type: 'scalar', valueType: 'null', text: 'null', line } },
        { key: 'b', keyLine: null, value: { type: 'scalar', valueType: 'boolean', text: 'true', line } },
        {
          key: 'c',
          keyLine: null,
          value: { type: 'list', items: [{ type: 'scalar', valueType: 'string', text: 'x', line }], line },
        },
      ],
      line,
    });
  });

  it.each<[string, unknown]>([
    ['a number', 5],
    ['a number in a list', ['a', 5]],
    ['a number in a map', { a: 'b', c: 5 }],
    ['nothing at all', undefined],
  ])('never holds %s', (_, value) => {
    expect(jsonSourceNode(value)).toBeNull();
  });

  it('nests in lists and maps up to sixteen deep', () => {
    const inLists = (depth: number): unknown => (depth === 0 ? 'x' : [inLists(depth - 1)]);
    const inMaps = (depth: number): unknown => (depth === 0 ? 'x' : { a: inMaps(depth - 1) });
    expect([inLists(16), inMaps(16)].map((value) => jsonSourceNode(value) !== null)).toEqual([true, true]);
    expect([inLists(17), inMaps(17)].map((value) => jsonSourceNode(value) !== null)).toEqual([false, false]);
  });
});
