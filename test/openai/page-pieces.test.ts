// A page read in pieces says what JSON.parse says of the whole, wherever it is cut, and half a page is no page.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonText } from '../../lib/openai/json-text.ts';
import { createPageCutter } from '../../lib/openai/page-pieces.ts';
import { datasetOf } from '../../lib/spend/dataset.ts';
import { SourceError } from '../../lib/spend/usage-source.ts';
import { bucketOf, costResult, pageOf } from './page-of.ts';
import { type PlainPage, plainPage } from './plain-page.ts';
import { readPage } from './read-page.ts';

const COSTS = datasetOf('costs');

/** Made of what a page's brackets look like. */
const hostileText = fc
  .array(
    fc.constantFrom(
      ...[
        '},{',
        '}]},{',
        '}]}',
        ']},',
        '} , {',
        '},\n{',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\\',
        '\\"',
        '\\u',
      ],
      ...[
        '"results":[{',
        '{"data":[{"results":[',
        ',"cut"]}',
        'cut',
        'é',
        '€',
        '😀',
        '\ud83d',
        '\u2028',
        '\n',
        'a',
      ],
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));

/** Anything at all, lists of objects above all, since they are cut like buckets and results. */
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    hostileText,
    fc.constantFrom<unknown>(null, true, 0, -1.5e-7),
    fc.array(tie('anything'), { maxLength: 3 }),
    fc.array(
      fc.dictionary(fc.constantFrom('a', 'data', 'results', 'value', '},{'), tie('anything'), { maxKeys: 2 }),
      { maxLength: 3 },
    ),
  ),
}));

const shuffled = <T extends object>(fields: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fields.chain((record) => {
    const entries = Object.entries(record);
    return fc
      .shuffledSubarray(entries, { minLength: entries.length })
      .map((inOrder) => Object.fromEntries(inOrder));
  });

const rarely = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 60, arbitrary: usual }, { weight: 1, arbitrary: rare });

/** `@` in front of what is to stand in the page as a number of that text. */
const money = fc.record({
  value: rarely(
    fc.constantFrom<unknown>(0, 0.06, -1.25, '12.50', '@0.123456789012345678901234567890123456789', '@1e-7'),
    anything,
  ),
  currency: fc.constantFrom('usd', 'USD', 'eur'),
});

const result = shuffled(
  fc.record(
    {
      object: rarely(
        fc.constant('organization.costs.result'),
        fc.constantFrom('organization.other', 7, null),
      ),
      amount: rarely(money, anything),
      project_id: rarely(fc.oneof(hostileText, fc.constant(null)), anything),
      line_item: hostileText,
      unknown: anything,
    },
    { requiredKeys: ['object'] },
  ),
);

const bucket = shuffled(
  fc.record(
    {
      object: fc.constant('bucket'),
      start_time: rarely(
        fc.nat({ max: 30 }).map((day) => 1_793_491_200 + day * 86_400),
        anything,
      ),
      end_time: rarely(fc.constant(1_800_000_000), anything),
      results: rarely(fc.array(rarely(result, anything), { maxLength: 6 }), anything),
      unknown: anything,
    },
    { requiredKeys: ['object', 'start_time', 'end_time', 'results'] },
  ),
);

/** As OpenAI sends its fields, or in any order: a bucket's times may stand behind its rows. */
const page = shuffled(
  fc.record(
    {
      object: fc.constant('page'),
      data: rarely(fc.array(rarely(bucket, anything), { maxLength: 5 }), anything),
      has_more: rarely(fc.boolean(), anything),
      next_page: fc.constantFrom('page_AA==', null),
      warnings: anything,
    },
    { requiredKeys: ['data', 'has_more'] },
  ),
);

const text = fc
  .record({
    body: rarely(page, anything),
    indent: fc.constantFrom('', '', ' ', '\t', '          '),
    isEscaped: fc.boolean(),
  })
  .map(({ body, indent, isEscaped }) => {
    const json = JSON.stringify(body, null, indent).replaceAll(/"@([^"]*)"/g, '$1');
    if (!isEscaped) return json;
    return json.replaceAll(/[^\n\t -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  });

/** Runs of bytes, down to single ones, and the size from which on cuts are looked for. */
const reading = fc.record({
  runs: fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 400 })), {
    maxLength: 300,
  }),
  pieceBytes: fc.constantFrom(1, 40, 200, 1_000),
});

interface Reading {
  readonly runs: readonly number[];
  readonly pieceBytes: number;
}

function inPieces(body: string, { runs, pieceBytes }: Reading): PlainPage {
  try {
    const read = readPage(COSTS, body, runs, pieceBytes);
    return read.ok ? { outcome: 'page', ...read.value } : { outcome: 'no-json' };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const [, wrong = ''] = /cannot be counted: (the body|\S+) /.exec(error.message) ?? [];
    return { outcome: 'malformed', wrong };
  }
}

describe('a page in pieces', () => {
  it('is the page, or is wrong in the same place, whatever its texts look like and however its bytes come', () => {
    const met = { page: 0, malformed: 0, 'no-json': 0 };
    fc.assert(
      fc.property(text, reading, (body, how) => {
        const plain = plainPage(COSTS, body);
        met[plain.outcome] += 1;
        expect(inPieces(body, how)).toEqual(plain);
      }),
      { numRuns: 20_000 },
    );
    expect(met).toEqual({ page: expect.any(Number), malformed: expect.any(Number), 'no-json': 0 });
    expect(Math.min(met.page, met.malformed)).toBeGreaterThan(2_000);
  });

  it('is refused where it ends early, has something behind it or something else in it', () => {
    const damage = fc.tuple(
      text,
      fc.nat(),
      fc.constantFrom('end', 'behind', 'within'),
      fc.constantFrom(...'{}[],"x0'),
    );
    fc.assert(
      fc.property(damage, reading, ([whole, where, kind, other], how) => {
        const at = where % whole.length;
        const rest = { end: '', behind: '', within: other + whole.slice(at + 1) }[kind];
        const damaged = kind === 'behind' ? whole + other : whole.slice(0, at) + rest;
        // Bytes hold no half of an emoji.
        const body = damaged.toWellFormed();
        const plain = plainPage(COSTS, body);
        const read = inPieces(body, how);
        // What is wrong in the part before the damage may be met first.
        if (plain.outcome === 'no-json') expect(read.outcome).not.toBe('page');
        else expect(read).toEqual(plain);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is cut wherever a result ends, so that no more than that is ever held', () => {
    const results = Array.from({ length: 300 }, (_, index) => costResult(index, { line_item: '},{"' }));
    const bytes = Buffer.from(
      JSON.stringify(pageOf([bucketOf('2026-11-01', ...results), bucketOf('2026-11-02')])),
    );
    const cutter = createPageCutter(parseJsonText, 1_000);
    const lengths: number[] = [];
    for (let at = 0; at < bytes.length; at += 100) {
      const piece = cutter.take(bytes.subarray(at, at + 100));
      if (piece !== null) lengths.push(JSON.stringify(piece.page).length);
    }
    expect(lengths.length).toBeGreaterThan(bytes.length / 1_400);
    expect(Math.max(...lengths)).toBeLessThan(1_400);
  });

  it('whose bucket says its times again behind its results is malformed, since rows were counted under the first', () => {
    const [first, second] = [costResult(1), costResult(2)].map((row) => JSON.stringify(row));
    const body = `{"data":[{"start_time":1793491200,"end_time":1793577600,"results":[${first},${second}],"start_time":0}],"has_more":false}`;
    expect(inPieces(body, { runs: [body.indexOf(second ?? '') + 5], pieceBytes: 1 })).toEqual({
      outcome: 'malformed',
      wrong: 'data[0].start_time',
    });
  });

  it('may begin with a byte order mark', () => {
    const body = `\ufeff${JSON.stringify(pageOf([bucketOf('2026-11-01', costResult(1), costResult(2))]))}`;
    expect(inPieces(body, { runs: [], pieceBytes: 100 })).toMatchObject({ outcome: 'page' });
  });
});
