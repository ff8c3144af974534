// No text, however malicious, crashes the reader or the parser, keeps them busy, or speaks through them to a terminal.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseBudgets } from '../../lib/budget/parse-budgets.ts';
import type { Problem } from '../../lib/budget/problem.ts';
import { readSourceNode } from '../../lib/yaml/read-source-node.ts';

function problemsOf(text: string): readonly Problem[] {
  const read = readSourceNode(text);
  return read.ok ? parseBudgets(read.node).problems : [read.problem];
}

/** What every problem owes its reader, whatever it is about. */
function expectPresentable(problems: readonly Problem[], text: string): void {
  const lineCount = text.split('\n').length;
  for (const { code, path, line, message } of problems) {
    expect(code).toMatch(/^[a-z-]+$/);
    expect(message).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{10,1100}$/u);
    expect(path).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{0,400}$/u);
    if (line === null) continue;
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lineCount);
  }
}

const HEAD = 'budgets:\n  - id: a\n    period: daily\n    ';

/** 64 KiB of the same. */
function many(unit: string): string {
  return unit.repeat(Math.floor(65_536 / unit.length));
}

function numbered(count: number, text: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => text(n)).join('');
}

const spoken: unknown[][] = [];

beforeEach(() => {
  spoken.length = 0;
  const listen = (...words: unknown[]): void => void spoken.push(words);
  for (const method of ['log', 'warn', 'error', 'dir'] as const) {
    vi.spyOn(console, method).mockImplementation(listen);
  }
  vi.spyOn(process, 'emitWarning').mockImplementation(listen);
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(spoken).toEqual([]);
});

describe('hostile text', () => {
  it.each([
    ['lists in lists', many('[')],
    ['lists in lists, closed', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['lists in lists, a few too many', `budgets: ${'['.repeat(40)}${']'.repeat(40)}`],
    ['maps in maps', many('{a: ')],
    ['block lists in block lists', many('- ')],
    ['indented deeper and deeper', numbered(700, (depth) => `${' '.repeat(depth)}a:\n`)],
    ['keys in keys', many('? ')],
    ['colons', many('a: ')],
    ['closing brackets', many(']')],
    ['commas', `[${many(',')}]`],
    ['quotes', many('"')],
    ['an open quote', `a: "${many('x\n')}`],
    ['anchors', many('&a ')],
    ['tags', many('!a ')],
    ['directives', many('%A b\n')],
    ['documents', many('---\n')],
    ['blank lines', many('\n')],
    ['tabs', many('\t')],
    ['carriage returns', many('\r')],
    ['comments', many('#\n')],
    ['byte order marks', many('\ufeff')],
    ['NULs', many('\0')],
    ['lone surrogates', many('\ud800')],
    ['a long number as limit', `${HEAD}limit: ${many('9')}`],
    ['thousands of thousands as limit', `${HEAD}limit: "${many('9,999')}"`],
    ['blanks as limit', `${HEAD}limit: "${many(' ')}"`],
    ['a long percentage', `${HEAD}thresholds: [${many('9')}%]`],
    ['a long id', `budgets:\n  - id: ${many('a')}`],
    ['a long key', `${HEAD}"${'a'.repeat(1_000)}": 1`],
    ['a long name', `${HEAD}name: ${many('a')}`],
    ['a long name of combining marks', `${HEAD}name: a${many('\u0301')}`],
    ['a long measure', `${HEAD}measure: ${many('completions.')}`],
    ['a long block of text', `${HEAD}name: |\n${many('      x\n')}`],
    ['very many unknown keys', `budgets:\n  -\n${numbered(20_000, (n) => `    k${n}: 1\n`)}`],
    ['very many equal keys', `budgets: [{ ${'a,'.repeat(200_000)} }]`],
    ['very many budgets', `budgets:\n${many('  - {}\n')}`],
    ['very many budgets that are text', `budgets: [${many('a,')}]`],
    ['very many thresholds', `${HEAD}thresholds: [${many('1%,')}]`],
    ['very many members', `${HEAD}scope: { project: [${many('a,')}] }`],
    ['very many labels', `${HEAD}labels: {${numbered(20_000, (n) => `k${n}: v,`)}}`],
    ['very many aliases', `${HEAD}name: &a x\n    except: [${many('*a,')}]`],
    ['prototype keys', '__proto__: { budgets: [] }\nconstructor: { prototype: { budgets: [] } }'],
    ['a prototype budget', 'budgets: [{ __proto__: { id: a, limit: 1, period: daily } }]'],
    ['an alias of a parent', 'budgets: &a\n  - &b { scope: { project: *a }, each: *b }'],
  ])('is answered with a problem, long before the time of the test is over: %s', (_, text) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expectPresentable(problems.slice(0, 50), text);
  });

  it('leaves no trace on the prototype of anything', () => {
    problemsOf('budgets: [{ id: a, limit: 1, labels: { __proto__: x }, scope: { __proto__: y } }]');
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect({}).not.toHaveProperty('project');
  });

  it('is not what 2,000 budgets with one shared list are', () => {
    const shared = '&t [10%, 20%, 30%, 40%, 50%, 60%, 70%, 80%]';
    const budget = (n: number, thresholds: string) =>
      `  - { id: b${n}, limit: 1, period: daily, thresholds: ${thresholds} }\n`;
    const yaml = `budgets:\n${numbered(2_000, (n) => budget(n, n === 0 ? shared : '*t'))}`;
    expect(problemsOf(yaml)).toEqual([]);
  });
});

describe('random text', () => {
  const pieces = [
    ...['budgets:', 'id:', 'name:', 'scope:', 'project:', 'limit:', 'period:', 'thresholds:', 'each:'],
    ...['except:', 'labels:', 'measure:', ' ', '  ', '    ', '\n', '\n  - ', '\n    ', '\t', '- ', '['],
    ...[']', '{', '}', ',', ': ', '"', "'", '&a ', '*a', '<<: ', '!t ', '|\n', '>\n', '%', '#', '---\n'],
    ...['...', '? ', '~', 'true', '\r\n', '5000', '80%', '$5', '1e3', '.5', 'monthly', 'cost', 'proj_a'],
    ...['\u202e', '\u200b', '\u001b[31m', '\0', '\ud800', '🚀'],
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((list) => list.join(''));

  it('never throws, and every problem can be shown', () => {
    fc.assert(
      fc.property(text, (yaml) => {
        expectPresentable(problemsOf(yaml), yaml);
      }),
      { numRuns: 1_000 },
    );
  });

  it('in any one field never throws, and its problem stands on its line', () => {
    const keys = [
      'id',
      'name',
      'scope',
      'measure',
      'limit',
      'thresholds',
      'each',
      'except',
      'overrides',
      'labels',
      'notify',
    ];
    const binary = fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value));
    const value = fc.oneof(fc.json({ maxDepth: 3 }), binary);
    fc.assert(
      fc.property(fc.constantFrom(...keys), value, (key, json) => {
        const yaml = `budgets:\n  - period: daily\n    ${key}: ${json}\n`;
        const problems = problemsOf(yaml);
        expectPresentable(problems, yaml);
        for (const { code, path, line } of problems) {
          const isOfTheBudget = code === 'missing-key' && /^budgets\[0\]\.\w+$/.test(path);
          expect(line).toBe(isOfTheBudget ? 2 : 3);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
