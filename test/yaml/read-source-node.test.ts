// YAML becomes maps, lists and scalars with their lines and their source text, and strange YAML is refused.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SourceNode } from '../../lib/budget/source-node.ts';
import { readSourceNode } from '../../lib/yaml/read-source-node.ts';

function nodeOf(text: string): SourceNode {
  const read = readSourceNode(text);
  if (!read.ok) throw new Error(read.problem.message);
  return read.node;
}

/** `[line, value type, text]` of the value of the only key. */
function scalarIn(text: string): unknown {
  const node = nodeOf(text);
  if (node.type !== 'map' || node.entries.length !== 1) throw new Error(`no single key: ${text}`);
  const value = node.entries[0]?.value;
  return value?.type === 'scalar' ? [value.line, value.valueType, value.text] : value?.type;
}

/** `key@line` of a map's entries. */
function keysOf(node: SourceNode): string[] {
  return node.type === 'map' ? node.entries.map(({ key, keyLine }) => `${key}@${keyLine}`) : [];
}

function numberNode(text: string, line: number): SourceNode {
  return { type: 'scalar', valueType: 'number', text, line };
}

describe('a scalar', () => {
  it.each([
    ['v: 5000', [1, 'number', '5000']],
    ['v: 5000.10', [1, 'number', '5000.10']],
    ['v: 123456789012345678901234567890.5', [1, 'number', '123456789012345678901234567890.5']],
    ['v: 0.1e-400', [1, 'number', '0.1e-400']],
    ['v: 1e3', [1, 'number', '1e3']],
    ['v: 0x1F', [1, 'number', '0x1F']],
    ['v: 007', [1, 'number', '007']],
    ['v: .inf', [1, 'number', '.inf']],
    ['v: "5000"', [1, 'string', '5000']],
    ["v: '5000'", [1, 'string', '5000']],
    ['v: 5,000', [1, 'string', '5,000']],
    ['v: 5_000', [1, 'string', '5_000']],
    ['v: 80%', [1, 'string', '80%']],
    ['v: $5', [1, 'string', '$5']],
    ['v: 2026-11-20', [1, 'string', '2026-11-20']],
    ['v: yes', [1, 'string', 'yes']],
    ['v: True', [1, 'boolean', 'True']],
    ['v: ~', [1, 'null', '~']],
    ['v:', [1, 'null', '']],
    ['v: # nothing', [1, 'null', '']],
    ['v: text # comment', [1, 'string', 'text']],
    ['v: "a\\tb"', [1, 'string', 'a\tb']],
    ['v:\n\n  far below', [3, 'string', 'far below']],
    ['v: |\n  two\n  lines\n', [1, 'string', 'two\nlines\n']],
    ['v: two\n  lines', [1, 'string', 'two lines']],
    ['v: &name 5', [1, 'number', '5']],
  ])('%j is %j', (text, value) => {
    expect(scalarIn(text)).toEqual(value);
  });
});

describe('a document', () => {
  it('knows the line of every part', () => {
    const text = '# comment\nbudgets:\n  - id: a\n    limit: 5\n\n  - { id: b,\n      limit: 6 }\n';
    const idNode = (id: string, line: number): SourceNode => {
      return { type: 'scalar', valueType: 'string', text: id, line };
    };
    const first: SourceNode = {
      type: 'map',
      line: 3,
      entries: [
        { key: 'id', keyLine: 3, value: idNode('a', 3) },
        { key: 'limit', keyLine: 4, value: numberNode('5', 4) },
      ],
    };
    const second: SourceNode = {
      type: 'map',
      line: 6,
      entries: [
        { key: 'id', keyLine: 6, value: idNode('b', 6) },
        { key: 'limit', keyLine: 7, value: numberNode('6', 7) },
      ],
    };
    const list: SourceNode = { type: 'list', line: 3, items: [first, second] };
    expect(nodeOf(text)).toEqual({
      type: 'map',
      line: 2,
      entries: [{ key: 'budgets', keyLine: 2, value: list }],
    });
  });

  it.each([
    ['a: 1\nb: 2\na: 3', ['a@1', 'b@2', 'a@3']],
    ['a: 1\r\nb: 2\r\n', ['a@1', 'b@2']],
    ['\ufeffa: 1\nb: 2', ['a@1', 'b@2']],
    ['---\na: 1\n...\n', ['a@2']],
    ['%YAML 1.2\n---\na: 1', ['a@3']],
    ['{"a": 1,\n"b": 2}', ['a@1', 'b@2']],
    ['{ a, b: 1 }', ['a@1', 'b@1']],
    ['? a\n: 1', ['a@1']],
    ['5: x\ntrue: y\n~: z', ['5@1', 'true@2', '~@3']],
    ['<<: { a: 1 }\nb: 2', ['<<@1', 'b@2']],
    ['__proto__: 1\nconstructor: 2', ['__proto__@1', 'constructor@2']],
  ])('keeps the keys of %j as they stand', (text, keys) => {
    expect(keysOf(nodeOf(text))).toEqual(keys);
  });

  it('puts the anchored value, with its line, in the place of an alias', () => {
    const node = nodeOf('a: &x [1]\nb: &y\n  c: *x\nd: *y\ne: &x 2\nf: *x');
    const list: SourceNode = { type: 'list', line: 1, items: [numberNode('1', 1)] };
    const map: SourceNode = { type: 'map', line: 3, entries: [{ key: 'c', keyLine: 3, value: list }] };
    const two = numberNode('2', 5);
    expect(node.type === 'map' && node.entries.map(({ value }) => value)).toEqual([list, map, map, two, two]);
  });
});

describe('a file that cannot be used', () => {
  it.each([
    ['empty.yaml', 'not-yaml', 1, 'The file is empty: a budgets file begins with `budgets:`.'],
    ['tab-indent.yaml', 'not-yaml', 3, 'A tab is used to indent: YAML indents with blanks.'],
    ['unclosed-bracket.yaml', 'not-yaml', 4, 'A "[" or "{" is not closed, or what it holds is not indented.'],
    [
      'crooked.yaml',
      'not-yaml',
      4,
      'The indentation does not fit: entries of one map or list begin in the same column.',
    ],
    [
      'two-colons.yaml',
      'not-yaml',
      3,
      'There is one colon too many, or a line break is missing: quote text that holds ": ".',
    ],
    ['percent-first.yaml', 'not-yaml', 3, 'Text cannot begin with "@", "%" or "`" as it stands: quote it.'],
    [
      'no-colon.yaml',
      'not-yaml',
      3,
      'A line has no colon and a blank behind its key: write it like limit: 5000.',
    ],
    ['open-quote.yaml', 'not-yaml', 5, 'A quote that was opened is never closed.'],
    [
      'two-documents.yaml',
      'yaml-unsupported',
      2,
      'The file holds several documents (---): put all budgets into one list.',
    ],
    [
      'core-tag.yaml',
      'yaml-unsupported',
      2,
      'The tag !!str is not supported: write the plain value, text in quotes.',
    ],
    [
      'own-tag.yaml',
      'yaml-unsupported',
      3,
      'Tags (!…) are not supported: write the plain value, text in quotes.',
    ],
    ['list-as-key.yaml', 'yaml-unsupported', 2, 'A key is not plain text: write each key as one word.'],
    ['yaml-1.1.yaml', 'yaml-unsupported', 1, 'Files are read as YAML 1.2, not 1.1: remove the %YAML line.'],
    [
      'unknown-alias.yaml',
      'yaml-unsupported',
      3,
      'The alias *team has no anchor &team above it; text that begins with * must be quoted: "*team".',
    ],
    [
      'bare-star.yaml',
      'not-yaml',
      3,
      'A value that begins with * is an alias to YAML: quote it, like "*-mini".',
    ],
    [
      'star-pattern.yaml',
      'yaml-unsupported',
      3,
      'The alias *-mini has no anchor &-mini above it; text that begins with * must be quoted: "*-mini".',
    ],
    [
      'alias-of-itself.yaml',
      'yaml-unsupported',
      2,
      'The alias *all stands inside its own anchor: write the value out.',
    ],
    [
      'alias-bomb.yaml',
      'yaml-unsupported',
      6,
      'The aliases of this file stand for more than 100000 values: write them out.',
    ],
  ])('%s: %s on line %i', (name, code, line, message) => {
    const text = readFileSync(new URL(`../fixtures/budgets/refused/${name}`, import.meta.url), 'utf8');
    expect(readSourceNode(text)).toEqual({
      ok: false,
      problem: { code, path: '', line, message, severity: 'error' },
    });
  });

  it.each([
    ['', 'not-yaml', 1],
    ['---\n...\n', 'not-yaml', 1],
    ['a: 1\nb: \0', 'not-yaml', 2],
    ['a: 1\nb: !<x> 2', 'yaml-unsupported', 2],
    ['a: 1\nb: ! 2', 'yaml-unsupported', 2],
    ['a: 1\n*a : 2', 'yaml-unsupported', 2],
    ['a: 1\nb: &x *y', 'not-yaml', 2],
    ['%FOO bar\n---\na: 1', 'not-yaml', 1],
    ['a: "open', 'not-yaml', 1],
    ['a: 1\n- b', 'not-yaml', 2],
    ['a: 1\nb', 'not-yaml', 2],
    ['a: 1\nb: [1, 2]]', 'not-yaml', 2],
  ])('%j: %s on line %i', (text, code, line) => {
    expect(readSourceNode(text)).toMatchObject({ ok: false, problem: { code, line } });
  });

  it.each([
    ['%FOO bar\n---\na: 1', 'The file is not valid YAML: Unknown directive %FOO.'],
    ['- a\nb: 1', 'The file is not valid YAML: Unexpected scalar at node end.'],
  ])("%j is answered in one line even where the words are the library's", (text, message) => {
    expect(readSourceNode(text)).toMatchObject({ ok: false, problem: { message } });
  });

  it('is one that nests more than 32 levels below its top', () => {
    const nested = (levels: number) => `\n${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(readSourceNode(nested(33))).toMatchObject({ ok: true });
    expect(readSourceNode(nested(34))).toMatchObject({
      ok: false,
      problem: {
        code: 'yaml-unsupported',
        line: 2,
        message: 'This is nested more than 32 levels deep: a budget needs five.',
      },
    });
  });

  it('is one that is larger than 1 MiB, counted in bytes', () => {
    const largest = `a: ${'x'.repeat(1_048_576 - 3)}`;
    const tooLarge = {
      ok: false,
      problem: {
        code: 'file-too-large',
        path: '',
        line: null,
        message: 'The file is larger than 1 MiB: a budgets file holds only budgets.',
        severity: 'error',
      },
    };
    expect(readSourceNode(largest)).toMatchObject({ ok: true });
    expect(readSourceNode(`${largest}x`)).toEqual(tooLarge);
    expect(readSourceNode(`a: ${'é'.repeat(600_000)}`)).toEqual(tooLarge);
  });
});
