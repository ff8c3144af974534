// Pure functions of the program that a simulation calls millions of times with the same arguments, remembered by them.
import type { Replacement } from './rewritten-modules.ts';

/** What tells calls apart: the texts of all arguments, or the identity of the first, which nobody changes. */
type By = 'texts' | 'identity' | 'rule' | 'tables';

const NOT_EXPORTED = ['parseRow', 'parseNameItem', 'calendarPeriod'];

const REMEMBERED: readonly (readonly [file: string, name: string, by: By])[] = [
  ['lib/time/utc-day.ts', 'utcDayOf', 'texts'],
  ['lib/time/utc-day.ts', 'startOfDay', 'texts'],
  ['lib/time/utc-day.ts', 'plusDays', 'texts'],
  ['lib/time/utc-day.ts', 'daysFrom', 'texts'],
  ['lib/time/utc-day.ts', 'parseUtcDay', 'texts'],
  ['lib/time/instant.ts', 'formatInstant', 'texts'],
  ['lib/time/instant.ts', 'parseInstant', 'texts'],
  ['lib/money/format-amount.ts', 'formatAmount', 'texts'],
  ['lib/money/format-amount.ts', 'readFormattedAmount', 'texts'],
  ['lib/alert/alert-key.ts', 'shapeOf', 'identity'],
  ['lib/aws/day-parts.ts', 'unpackPart', 'identity'],
  ['lib/aws/spend-root-item.ts', 'parseRootItem', 'identity'],
  ['lib/aws/latch-item.ts', 'parseLatchItem', 'identity'],
  ['lib/aws/notice-item.ts', 'parseNoticeItem', 'identity'],
  ['lib/aws/dynamodb-budget-store.ts', 'parseRow', 'identity'],
  ['lib/aws/dynamodb-name-store.ts', 'parseNameItem', 'identity'],
  ['lib/aws/silence-item.ts', 'readSilenceItem', 'identity'],
  ['lib/time/period.ts', 'calendarPeriod', 'rule'],
  ['lib/spend/day-table-text.ts', 'hashOfText', 'texts'],
  ['lib/spend/daily-totals.ts', 'dayTotals', 'tables'],
];

const REMEMBERING: Readonly<Record<By, string>> = {
  texts: `
function rememberedByTexts(plain) {
  const known = new Map();
  return (...given) => {
    const key = given.length === 1 ? given[0] : given.join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = plain(...given);
    if (Array.isArray(result)) Object.freeze(result);
    if (known.size > 50_000) known.clear();
    known.set(key, result);
    return result;
  };
}`,
  identity: `
function rememberedByIdentity(plain) {
  const known = new WeakMap();
  if (plain.length !== 1) throw new TypeError(plain.name + ' takes more than one argument');
  return (first) => {
    const before = known.get(first);
    if (before !== undefined) return before;
    const result = plain(first);
    known.set(first, result);
    return result;
  };
}`,
  rule: `
function rememberedByRule(plain) {
  const known = new WeakMap();
  return (rule, instant) => {
    const results = known.get(rule) ?? new Map();
    known.set(rule, results);
    const result = results.get(instant) ?? plain(rule, instant);
    results.set(instant, result);
    return result;
  };
}`,
  tables: `
function rememberedByTables(plain) {
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
const REMEMBERER: Readonly<Record<By, string>> = {
  texts: 'rememberedByTexts',
  identity: 'rememberedByIdentity',
  rule: 'rememberedByRule',
  tables: 'rememberedByTables',
};

/** Histories are the same with and without; a test plays both. */
export function rememberedFunctions(): Replacement[] {
  const seen = new Set<string>();
  return REMEMBERED.map(([file, name, by]) => {
    const isExported = !NOT_EXPORTED.includes(name);
    const declaration = `${isExported ? 'export ' : ''}function ${name}(`;
    const helper = seen.has(`${file} ${by}`) ? '' : REMEMBERING[by];
    seen.add(`${file} ${by}`);
    const remembering = `${isExported ? 'export ' : ''}const ${name} = ${REMEMBERER[by]}(${name}Plainly);`;
    return { file, from: declaration, to: `${remembering}${helper}\nfunction ${name}Plainly(` };
  });
}
