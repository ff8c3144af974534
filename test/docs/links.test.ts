// The documents name only what is there: files, headings, scripts, commands, outputs, and budgets that can be read.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseBudgets } from '../../lib/budget/parse-budgets.ts';
import { readSourceNode } from '../../lib/yaml/read-source-node.ts';
import {
  isThere,
  type Link,
  type MarkdownDocument,
  parseDocument,
  ROOT,
  readDocuments,
} from './documents.ts';

const COMMANDS = [
  ...readFileSync(join(ROOT, 'lib/cli/budget-alerts.ts'), 'utf8').matchAll(
    /\b(?:command|targetCommand|seeingCommand)\(\s*'([a-z-]+)/g,
  ),
].map(([, name = '']) => name);

const documents = readDocuments();
const byPath = new Map(documents.map((document) => [document.path, document]));

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

function isBroken({ path, anchor }: Link): boolean {
  const document = byPath.get(path);
  if (document === undefined) return !isThere(path);
  return anchor !== '' && !document.anchors.has(anchor);
}

function namedIn({ path, text }: MarkdownDocument, pattern: RegExp): [path: string, name: string][] {
  return [...text.matchAll(pattern)].map(([, name = '']) => [path, name]);
}

function problemsOf(yaml: string): string[] {
  const source = readSourceNode(yaml);
  if (!source.ok) return [source.problem.message];
  const { problems } = parseBudgets(source.node);
  return problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

describe('a document', () => {
  it('is read with its links, headings and blocks', () => {
    const text = [
      '# A `b`: c, d',
      'See [x](../README.md#the-guarantee), [y](#a-b-c-d) and [z](https://example.com).',
      '```yaml',
      '# not a heading, [no](link.md)',
      '```',
      '## Twice',
      '## Twice',
    ].join('\n');
    const { links, anchors, blocks } = parseDocument('docs/x.md', text);
    expect(links).toEqual([
      { path: 'README.md', anchor: 'the-guarantee' },
      { path: 'docs/x.md', anchor: 'a-b-c-d' },
    ]);
    expect([...anchors]).toEqual(['a-b-c-d', 'twice', 'twice-1']);
    expect(blocks).toEqual([{ language: 'yaml', text: '# not a heading, [no](link.md)\n' }]);
  });

  it('is found wherever there is one', () => {
    expect(documents.length).toBeGreaterThan(15);
    expect(documents.flatMap(({ links }) => links).length).toBeGreaterThan(30);
  });

  it.each(documents)('$path links only to files and headings that are there', ({ links }) => {
    expect(links.filter(isBroken)).toEqual([]);
  });

  it('is reachable from the index', () => {
    const index = byPath.get('docs/README.md');
    const decisions = byPath.get('docs/decisions/README.md');
    const linked = new Set(
      [index, decisions].flatMap((document) => document?.links ?? []).map(({ path }) => path),
    );
    const lost = documents.filter(({ path }) => path.startsWith('docs/') && !linked.has(path));
    expect(lost.map(({ path }) => path).filter((path) => path !== 'docs/README.md')).toEqual([]);
  });
});

describe('what a document tells people to run', () => {
  it('is a script of package.json', () => {
    const { scripts } = v.parse(
      v.object({ scripts: v.record(v.string(), v.string()) }),
      JSON.parse(read('package.json')),
    );
    const named = documents.flatMap((document) => namedIn(document, /\bnpm run (?:-s )?([a-z][\w:-]*)/g));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(([, name]) => !(name in scripts))).toEqual([]);
  });

  it('is a command of budget-alerts', () => {
    const called = /(?:\bnpx budget-alerts|\bbudget-alerts --|[`\n]budget-alerts) ([a-z][a-z-]*)/g;
    const named = documents.flatMap((document) => namedIn(document, called));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(([, name]) => !COMMANDS.includes(name))).toEqual([]);
  });

  it('is in the tables of the README, if it is a command', () => {
    const [, section = ''] =
      /\n## Seeing and silencing\n([\s\S]*?)\n## /.exec(byPath.get('README.md')?.text ?? '') ?? [];
    const rows = [...section.matchAll(/^\| `([a-z-]+)/gm)].map(([, name = '']) => name);
    expect(rows.toSorted()).toEqual([...COMMANDS].sort());
  });
});

describe('what a document shows', () => {
  const files = documents.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ language, text }) => language === 'yaml' && /^budgets:/m.test(text))
      .map(({ text }) => ({ path, text })),
  );

  it.each(files)('as a budgets file in $path can be applied', ({ text }) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it('would be refused if it were wrong', () => {
    expect(files.length).toBeGreaterThan(2);
    expect(problemsOf('budgets: [{ id: a, limit: five, period: monthly }]')).toHaveLength(1);
  });
});
