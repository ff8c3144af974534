// Decodes a page of buckets. Anything that contradicts the contract is an error: a misread page must never be "no spend".
import { CATALOGUE } from '../spend/catalogue.ts';
import type { Dataset } from '../spend/dataset.ts';
import type { RowSink, SourceBucket } from '../spend/usage-source.ts';
import { type Instant, instantOfEpochS } from '../time/instant.ts';
import { utcDayOf } from '../time/utc-day.ts';
import type { BodyReader } from './body-reader.ts';
import { rowDecoder } from './decode-row.ts';
import { isJsonObject, parseCountsText, parseJsonText, type ReadText } from './json-text.ts';
import { createPageCutter, type Piece } from './page-pieces.ts';
import { isCursor } from './request-url.ts';
import { type AnswerOrigin, malformedAnswer } from './source-error.ts';

export interface Page<Rows extends RowSink> {
  readonly buckets: readonly SourceBucket<Rows>[];
  /** `null` on the last page. */
  readonly nextCursor: string | null;
}

/** 9999-12-31T23:59:59Z: days after it do not fit `yyyy-mm-dd`. */
const MAX_EPOCH_S = 253_402_300_799;

/**
 * Reads a page as it arrives; `newRows` makes what takes the rows of one bucket.
 * @throws SourceError from either method: `openai-answer-malformed` with the path of what is wrong
 * (`data[3].results[17].amount.value`)
 */
export function pageReader<Rows extends RowSink>(
  dataset: Dataset,
  origin: AnswerOrigin,
  newRows: () => Rows,
  pieceBytes?: number,
): BodyReader<ReadText<Page<Rows>>> {
  const cutter = createPageCutter(isMoney(dataset) ? parseJsonText : parseCountsText, pieceBytes);
  const decodeRow = rowDecoder(dataset);
  const buckets: OpenBucket<Rows>[] = [];
  /** `has_more` and `next_page`, wherever in the page they stand. */
  let fields: Readonly<Record<string, unknown>> = {};

  function decode({ page, continues }: Piece): void {
    if (!isJsonObject(page)) throw malformedAnswer(origin, 'the body', 'is not an object');
    const { data, ...others } = page;
    if (!Array.isArray(data)) throw malformedAnswer(origin, 'data', 'is not a list');
    fields = { ...fields, ...others };
    data.forEach((item: unknown, index) => {
      const last = buckets.at(-1);
      if (index === 0 && continues && last !== undefined) {
        addResults(last, goOn(item, pathOf(buckets.length - 1), origin), pathOf(buckets.length - 1));
        return;
      }
      const path = pathOf(buckets.length);
      const { start, end, results } = openBucket(item, path, origin);
      const bucket = { start, end, rows: newRows(), results: 0, ignored: 0 };
      addResults(bucket, results, path);
      buckets.push(bucket);
    });
  }

  function addResults(bucket: OpenBucket<Rows>, results: readonly unknown[], path: string): void {
    const wrong = (what: string, why: string) =>
      malformedAnswer(
        origin,
        `${path}.results[${bucket.results}]${what}`,
        `${why} (UTC day ${utcDayOf(bucket.start)})`,
      );
    const refuse = (field: string, why: string) => wrong(`.${field}`, why);
    for (const result of results) {
      if (!isJsonObject(result)) throw wrong('', 'is not an object');
      const row = decodeRow(result, refuse);
      if (row === null) bucket.ignored += 1;
      else bucket.rows.push(row);
      bucket.results += 1;
    }
  }

  function end(): Page<Rows> {
    const results = buckets.reduce((sum, bucket) => sum + bucket.results, 0);
    const ignored = buckets.reduce((sum, bucket) => sum + bucket.ignored, 0);
    // Rows of other kinds may stand beside ours, but a page of nothing else means that ours were renamed.
    if (ignored > 0 && ignored === results) {
      throw malformedAnswer(
        origin,
        'data',
        `holds ${ignored} results and none of the kind that was asked for`,
      );
    }
    return { buckets: buckets.map(closeBucket), nextCursor: nextCursorOf(fields, origin) };
  }

  return {
    take(bytes) {
      const piece = cutter.take(bytes);
      if (piece !== null) decode(piece);
    },
    end() {
      const last = cutter.end();
      if (!last.ok) return last;
      decode(last.value);
      return { ok: true, value: end() };
    },
  };
}

function isMoney({ kind }: Dataset): boolean {
  return Object.values(CATALOGUE[kind].measures).some(({ unit }) => unit === 'usd');
}

interface OpenBucket<Rows> {
  readonly start: Instant;
  readonly end: Instant;
  readonly rows: Rows;
  /** So many there were so far, and so many of them of another kind. */
  results: number;
  ignored: number;
}

function closeBucket<Rows extends RowSink>(bucket: OpenBucket<Rows>): SourceBucket<Rows> {
  const { start, end, rows, ignored } = bucket;
  return { start, end, rows, ...(ignored > 0 && { ignoredRows: ignored }) };
}

function pathOf(bucket: number): string {
  return `data[${bucket}]`;
}

/** `has_more` false ends the listing, whatever `next_page` says then; it may be absent. */
function nextCursorOf(body: Readonly<Record<string, unknown>>, origin: AnswerOrigin): string | null {
  if (typeof body.has_more !== 'boolean') {
    throw malformedAnswer(origin, 'has_more', 'is neither true nor false');
  }
  if (!body.has_more) return null;
  if (!isCursor(body.next_page)) {
    throw malformedAnswer(
      origin,
      'next_page',
      'is no cursor, although has_more says that there is another page',
    );
  }
  return body.next_page;
}

function openBucket(
  item: unknown,
  path: string,
  origin: AnswerOrigin,
): { start: Instant; end: Instant; results: readonly unknown[] } {
  if (!isJsonObject(item)) throw malformedAnswer(origin, path, 'is not an object');
  const { start_time: startS, end_time: endS, results } = item;
  if (!isEpochS(startS))
    throw malformedAnswer(origin, `${path}.start_time`, 'is not a time in whole seconds');
  if (!isEpochS(endS) || endS < startS) {
    throw malformedAnswer(origin, `${path}.end_time`, 'is not a time in whole seconds from start_time on');
  }
  if (!Array.isArray(results)) throw malformedAnswer(origin, `${path}.results`, 'is not a list');
  return { start: instantOfEpochS(startS), end: instantOfEpochS(endS), results };
}

/** The results in the rest of a bucket. Its times were read where it began, and may not be said again. */
function goOn(item: unknown, path: string, origin: AnswerOrigin): readonly unknown[] {
  if (!isJsonObject(item) || !Array.isArray(item.results)) {
    throw malformedAnswer(origin, `${path}.results`, 'is not a list');
  }
  for (const field of ['start_time', 'end_time']) {
    if (field in item) throw malformedAnswer(origin, `${path}.${field}`, 'stands there twice');
  }
  return item.results;
}

function isEpochS(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MAX_EPOCH_S;
}
