// Counts of programs: small ones that run as processes of their own, as a source and as a bundle, counted by hand too.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countsAt } from './counts-at.ts';
import { coverageTable } from './coverage-table.ts';
import { lineStarts } from './line-starts.ts';
import { type Measured, measuredFile } from './measured-file.ts';
import { programRuns } from './program-runs.ts';

/** The bundle has `if (isSmall) … else …` as one call with a condition in it, and nothing of `if (false)`. */
const SOURCE = `let seen: number[] = [];
function note(n: number): void { seen.push(n); }
function sort(n: number, isSmall: boolean): void {
  if (n > 9) note(11);
  if (isSmall) note(22);
  else note(33);
  if (false) note(44);
  if (n === 4) {
    throw new TypeError(String(n));
  }
  note(n > 99 ? 55 : 66);
}
for (const word of process.argv.slice(2)) sort(Number(word), Number(word) < 5);
console.log(seen.join());
`;

function locationOf(text: string) {
  const at = SOURCE.indexOf(text);
  const lines = lineStarts(SOURCE.slice(0, at));
  const column = at - (lines.at(-1) ?? 0);
  return {
    start: { line: lines.length, column },
    end: { line: lines.length, column: column + text.length },
  };
}

/** The condition of an `if` → what its map calls its arms. */
const IFS = {
  'if (n > 9) note(11);': [{ start: {} }],
  'if (isSmall) note(22);': [locationOf('note(33);')],
  'if (false) note(44);': [{ start: {} }],
  'if (n === 4) {': [{ start: {} }],
};
const STATEMENTS = ['note(11);', 'note(22);', 'note(33);', 'note(44);', 'throw', 'note(n >'];

function vitestFile(path: string) {
  const ifs = Object.entries(IFS).map(([text, others]) => {
    return { type: 'if', loc: locationOf(text), locations: [locationOf(text), ...others] };
  });
  const condition = {
    type: 'cond-expr',
    loc: locationOf('n > 99 ? 55 : 66'),
    locations: [locationOf('55'), locationOf('66')],
  };
  const branches = [...ifs, condition];
  return {
    path,
    statementMap: Object.fromEntries(STATEMENTS.map((text, id) => [id, locationOf(text)])),
    s: {},
    branchMap: Object.fromEntries(branches.entries()),
    b: {},
  };
}

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'budget-alerts-coverage-')));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What runs, and the words that it runs with, once for each. */
type Program = (words: readonly string[]) => void;

function start(program: string): Program {
  return (words) => {
    const env = { NODE_V8_COVERAGE: join(root, 'counts') };
    const { status, stderr } = spawnSync(process.execPath, [program, ...words], { env, encoding: 'utf8' });
    if (status !== 0 && !stderr.includes('TypeError: 4')) throw new Error(stderr);
  };
}

const PROGRAMS: readonly (readonly [string, (source: string) => Program])[] = [
  ['a source', start],
  [
    'a bundle',
    () => {
      const folder = join(root, 'deployed');
      mkdirSync(folder);
      const { outputFiles } = buildSync({
        ...{ absWorkingDir: root, entryPoints: ['sort.ts'], outfile: 'index.mjs', write: false },
        ...{ bundle: true, minify: true, format: 'esm', sourcemap: 'linked', sourcesContent: false },
      });
      for (const { path, contents } of outputFiles) writeFileSync(path.replace(root, folder), contents);
      return start(join(folder, 'index.mjs'));
    },
  ],
];

describe.each(PROGRAMS)('%s', (kind, programOf) => {
  function runsOf(...runs: readonly (readonly string[])[]) {
    const path = join(root, 'sort.ts');
    writeFileSync(path, SOURCE);
    const program = programOf(path);
    mkdirSync(join(root, 'counts'));
    for (const words of runs) program(words);
    const file = measuredFile(vitestFile(path), SOURCE);
    const counted = programRuns(join(root, 'counts'), root, new Map([[path, file]]));
    const of = (which: Measured['kind']) =>
      file.measured.filter((one) => one.kind === which).map((one) => counted.runsOf(one));
    return { statements: of('statement'), arms: of('arm'), counted, file };
  }
  /** Of the second arm of `if (false)`: of what is not in a bundle, nothing is known. */
  const unseen = (runs: number) => (kind === 'a source' ? runs : 0);

  it('ran as often as its processes together', () => {
    const { statements, arms } = runsOf(['3', '12'], ['3']);
    expect(statements).toEqual([1, 2, 1, 0, 0, 3]);
    expect(arms).toEqual([...[1, 2], ...[2, 1], ...[0, unseen(3)], ...[0, 3], ...[0, 3]]);
  });

  it('did not run what shares a call with what did', () => {
    const { statements, arms } = runsOf(['8']);
    expect(statements).toEqual([0, 0, 1, 0, 0, 1]);
    expect(arms).toEqual([...[0, 1], ...[0, 1], ...[0, unseen(1)], ...[0, 1], ...[0, 1]]);
  });

  it('did not run what comes after an error', () => {
    const { statements, arms } = runsOf(['4']);
    expect(statements).toEqual([0, 1, 0, 0, 1, 0]);
    expect(arms).toEqual([...[0, 1], ...[1, 0], ...[0, unseen(1)], ...[1, 0], ...[0, 0]]);
  });

  it('counts for nothing where Node was ended while it wrote', () => {
    mkdirSync(join(root, 'counts'));
    writeFileSync(join(root, 'counts', 'part.json'), '{"result":[{"url":"file:/');
    expect(programRuns(join(root, 'counts'), root, new Map())).toMatchObject({ written: 1, cutOff: 1 });
  });

  it('is missed in the table by line', () => {
    const { counted, file } = runsOf(['3', '12', '4']);
    const table = coverageTable([file], root, counted.runsOf);
    // Lines 4, 5, 6, 9 and 11 of six; arms: all but `44`, `55`, and what is not known of a bundle.
    expect(table).toContain(`5/6 83.3 %  ${kind === 'a source' ? '8/10 80.0 %' : '7/10 70.0 %'}`);
    expect(table).toContain('sort.ts: lines 7 branches of lines 7, 11\n');
  });
});

describe('the count at an offset', () => {
  const ranges = [
    { startOffset: 0, endOffset: 100, count: 1 },
    { startOffset: 20, endOffset: 60, count: 0 },
    { startOffset: 30, endOffset: 40, count: 7 },
  ];

  it('is that of the innermost range, of which the end is not a part', () => {
    const offsets = [0, 19, 20, 29, 30, 39, 40, 60, 100];
    const counts = countsAt([{ isBlockCoverage: true, ranges }], offsets);
    expect(offsets.map((offset) => counts.get(offset))).toEqual([1, 1, 0, 0, 7, 7, 0, 1, 0]);
  });

  it('is nothing in a function that V8 counts only as a whole', () => {
    const inner = { isBlockCoverage: false, ranges: [{ startOffset: 70, endOffset: 80, count: 3 }] };
    const counts = countsAt([inner, { isBlockCoverage: true, ranges }], [65, 75]);
    expect([...counts.values()]).toEqual([1, 0]);
  });
});
