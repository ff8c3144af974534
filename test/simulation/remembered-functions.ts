// Pure functions of the program that a simulation calls millions of times with the same arguments, remembered by them.
import type { Replacement } from './rewritten-modules.ts';

/**
 * What tells calls apart: the texts of arguments, or the identity of things that nobody changes once they are made - of
 * the first argument, of one among several, or of all in a list.
 */
type By =
  | 'texts'
  | 'pair'
  | 'identity'
  | 'version'
  | 'item'
  | 'rule'
  | 'since'
  | 'rows'
  | 'budgets'
  | 'tables';

const NOT_EXPORTED = ['readRow', 'calendarPeriod', 'parsedOr<Output>'];

const REMEMBERED: readonly (readonly [file: string, name: string, by: By])[] = [
  ['lib/time/utc-day.ts', 'utcDayOf', 'texts'],
  ['lib/time/utc-day.ts', 'startOfDay', 'texts'],
  ['lib/time/utc-day.ts', 'plusDays', 'pair'],
  ['lib/time/utc-day.ts', 'daysFrom', 'pair'],
  ['lib/time/utc-day.ts', 'parseUtcDay', 'texts'],
  ['lib/time/instant.ts', 'formatInstant', 'texts'],
  ['lib/time/instant.ts', 'parseInstant', 'texts'],
  ['lib/money/format-amount.ts', 'formatAmount', 'texts'],
  ['lib/money/format-amount.ts', 'readFormattedAmount', 'texts'],
  ['lib/alert/alert-key.ts', 'shapeOf', 'identity'],
  ['lib/budget/budget-series.ts', 'seriesDimensions', 'identity'],
  ['lib/budget/budget-series.ts', 'seriesOf', 'identity'],
  ['lib/budget/budget-series.ts', 'datasetOfBudget', 'identity'],
  ['lib/budget/evaluated-periods.ts', 'neededDays', 'budgets'],
  ['lib/spend/dataset.ts', 'datasetId', 'identity'],
  ['lib/spend/day-table.ts', 'dayTableOf', 'rows'],
  ['lib/spend/day-table-text.ts', 'dayTableText', 'identity'],
  ['lib/aws/key-part.ts', 'keyPart', 'texts'],
  ['lib/aws/spend-keys.ts', 'partKeysOf', 'version'],
  ['lib/aws/day-parts.ts', 'unpackPart', 'identity'],
  ['lib/aws/spend-root-item.ts', 'parseRootItem', 'identity'],
  ['lib/aws/latch-item.ts', 'parseLatchItem', 'identity'],
  ['lib/aws/notice-item.ts', 'parseNoticeItem', 'identity'],
  ['lib/aws/dynamodb-budget-store.ts', 'readRow', 'identity'],
  ['lib/aws/silence-item.ts', 'readSilenceItem', 'identity'],
  ['lib/aws/dynamodb-name-store.ts', 'parsedOr<Output>', 'item'],
  ['lib/time/period.ts', 'calendarPeriod', 'rule'],
  ['lib/time/period.ts', 'periodsSince', 'since'],
  ['lib/spend/day-table-text.ts', 'hashOfText', 'texts'],
  ['lib/spend/day-totals.ts', 'dayTotals', 'tables'],
];

/** By strategy, the source of a function that takes the plain one and gives back the one that remembers. */
const REMEMBERING: Readonly<Record<By, string>> = {
  texts: `(plain) => {
    const known = new Map();
    return (text) => {
      const before = known.get(text);
      if (before !== undefined) return before;
      const result = plain(text);
      if (known.size > 50_000) known.clear();
      known.set(text, result);
      return result;
    };
  }`,
  pair: `(plain) => {
    const known = new Map();
    return (first, second) => {
      let results = known.get(first);
      if (results === undefined) {
        if (known.size > 5_000) known.clear();
        known.set(first, (results = new Map()));
      }
      let result = results.get(second);
      if (result === undefined) results.set(second, (result = Object.freeze(plain(first, second))));
      return result;
    };
  }`,
  identity: `(plain) => {
    const known = new WeakMap();
    if (plain.length !== 1) throw new TypeError(plain.name + ' takes more than one argument');
    const remembering = (thing) => {
      const before = known.get(thing);
      if (before !== undefined) return before;
      const result = plain(thing);
      known.set(thing, result);
      return result;
    };
    return Object.assign(remembering, { learn: (thing, result) => known.set(thing, result) });
  }`,
  version: `(plain) => {
    const known = new WeakMap();
    return (day, version) => {
      const before = known.get(version);
      if (before?.day === day) return before.result;
      const result = Object.freeze(plain(day, version));
      known.set(version, { day, result });
      return result;
    };
  }`,
  item: `(plain) => {
    const known = new WeakMap();
    return (none, schema, item) => {
      if (item === null) return none;
      const result = known.get(item) ?? plain(none, schema, item);
      known.set(item, result);
      return result;
    };
  }`,
  since: `(plain) => {
    const known = new WeakMap();
    return (rule, instant, endedAfter) => {
      const before = known.get(rule);
      if (before?.instant === instant && before.endedAfter === endedAfter) return before.result;
      const result = Object.freeze(plain(rule, instant, endedAfter));
      known.set(rule, { instant, endedAfter, result });
      return result;
    };
  }`,
  rule: `(plain) => {
    const known = new WeakMap();
    return (rule, instant) => {
      const results = known.get(rule) ?? new Map();
      known.set(rule, results);
      const result = results.get(instant) ?? plain(rule, instant);
      results.set(instant, result);
      return result;
    };
  }`,
  rows: `(plain) => {
    const known = new WeakMap();
    return (dimensions, measures, rows) => {
      const [first] = rows;
      if (first === undefined) return plain(dimensions, measures, rows);
      const before = known.get(first);
      if (before !== undefined && before.rows.every((row, at) => row === rows[at]) && before.rows.length === rows.length) {
        return before.result;
      }
      const result = plain(dimensions, measures, rows);
      known.set(first, { rows: [...rows], result });
      return result;
    };
  }`,
  budgets: `(plain) => {
    let ofTick = { tick: null, answers: [] };
    return (budgets, tick) => {
      if (ofTick.tick !== tick) ofTick = { tick, answers: [] };
      const before = ofTick.answers.find(
        (answer) => answer.budgets.length === budgets.length &&
          budgets.every((budget, at) => budget === answer.budgets[at]),
      );
      if (before !== undefined) return before.result;
      const result = plain(budgets, tick);
      ofTick.answers.push({ budgets: [...budgets], result });
      return result;
    };
  }`,
  tables: `(plain) => {
    const known = new WeakMap();
    return (tables, measure, dimensions) => {
      const [table, ...others] = tables;
      if (table === undefined || others.length > 0) return plain(tables, measure, dimensions);
      const results = known.get(table) ?? new Map();
      known.set(table, results);
      const key = [measure.name, ...dimensions].join(' ');
      const result = results.get(key) ?? plain(tables, measure, dimensions);
      results.set(key, result);
      return result;
    };
  }`,
};

/** What an item was made of is what it is decoded to, by the same module; of a root nobody else reads more than this. */
const MADE: readonly (readonly [file: string, name: string, wrap: string])[] = [
  [
    'lib/aws/spend-root-item.ts',
    'rootItem',
    `() => (pk, root, run) => {
      const item = { pk, sk: ROOT_KEY, version: root.version, run };
      parseRootItem.learn(item, { root, run });
      return item;
    }`,
  ],
  [
    'lib/aws/latch-item.ts',
    'latchItem',
    `(plain) => (pk, latch, run) => {
      const item = plain(pk, latch, run);
      parseLatchItem.learn(item, { latch, run });
      return item;
    }`,
  ],
];

/** Nobody but the program itself looks at what it has stored, and whether it is short. */
const UNCOMPRESSED: readonly Replacement[] = ['lib/aws/stored-values.ts', 'lib/aws/day-parts.ts'].map(
  (file) => ({
    file,
    from: "import { gunzipSync, gzipSync } from 'node:zlib';",
    to: 'const gzipSync = (text) => Buffer.from(text); const gunzipSync = (bytes) => Buffer.from(bytes);',
  }),
);

/** Histories are the same with and without; a test plays both. */
export function rememberedFunctions(): Replacement[] {
  return [
    ...UNCOMPRESSED,
    ...MADE.map(([file, name, wrap]) => instead(file, name, wrap)),
    ...REMEMBERED.map(([file, name, by]) => instead(file, name, REMEMBERING[by])),
  ];
}

/** `wrap`: the source of a function that takes the plain one and gives the one that others call. */
function instead(file: string, name: string, wrap: string): Replacement {
  const exported = NOT_EXPORTED.includes(name) ? '' : 'export ';
  const [, plainName = '', types = ''] = /^(\w+)(.*)$/.exec(name) ?? [];
  return {
    file,
    from: `${exported}function ${name}(`,
    to: `${exported}const ${plainName} = (${wrap})(${plainName}Plainly);\nfunction ${plainName}Plainly${types}(`,
  };
}
