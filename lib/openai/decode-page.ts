// Decodes a page of buckets. Anything that contradicts the contract is an error: a misread page must never be "no spend".
import type { Dataset } from '../spend/dataset.ts';
import type { SourceBucket, SourceRow } from '../spend/usage-source.ts';
import { type Instant, instantOfEpochS } from '../time/instant.ts';
import { utcDayOf } from '../time/utc-day.ts';
import { type DecodeRow, rowDecoder } from './decode-row.ts';
import { isJsonObject } from './json-text.ts';
import { isCursor } from './request-url.ts';
import { type AnswerOrigin, malformedAnswer } from './source-error.ts';

export interface Page {
  readonly buckets: readonly SourceBucket[];
  /** `null` on the last page. */
  readonly nextCursor: string | null;
}

/** 9999-12-31T23:59:59Z: days after it do not fit `yyyy-mm-dd`. */
const MAX_EPOCH_S = 253_402_300_799;

/**
 * @param body what the answer's JSON says
 * @throws SourceError `openai-answer-malformed` with the path of what is wrong (`data[3].results[17].amount.value`)
 */
export function decodePage(body: unknown, dataset: Dataset, origin: AnswerOrigin): Page {
  if (!isJsonObject(body)) throw malformedAnswer(origin, 'the body', 'is not an object');
  if (!Array.isArray(body.data)) throw malformedAnswer(origin, 'data', 'is not a list');
  const data: readonly unknown[] = body.data;

  const decodeRow = rowDecoder(dataset);
  let ignoredRows = 0;
  const buckets = data.map((item, index): SourceBucket => {
    const { start, end, results } = openBucket(item, `data[${index}]`, origin);
    const rows = decodeRows(results, `data[${index}]`, start, decodeRow, origin);
    const ignored = results.length - rows.length;
    ignoredRows += ignored;
    return { start, end, rows, ...(ignored > 0 && { ignoredRows: ignored }) };
  });
  // Rows of other kinds may stand beside ours, but a page of nothing else means that ours were renamed.
  if (ignoredRows > 0 && buckets.every(({ rows }) => rows.length === 0)) {
    throw malformedAnswer(
      origin,
      'data',
      `holds ${ignoredRows} results and none of the kind that was asked for`,
    );
  }
  return { buckets, nextCursor: nextCursorOf(body, origin) };
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

function decodeRows(
  results: readonly unknown[],
  path: string,
  start: Instant,
  decodeRow: DecodeRow,
  origin: AnswerOrigin,
): SourceRow[] {
  const rows: SourceRow[] = [];
  results.forEach((result, index) => {
    const inDay = (why: string): string => `${why} (UTC day ${utcDayOf(start)})`;
    const rowPath = `${path}.results[${index}]`;
    if (!isJsonObject(result)) throw malformedAnswer(origin, rowPath, inDay('is not an object'));
    const row = decodeRow(result, (field, why) => malformedAnswer(origin, `${rowPath}.${field}`, inDay(why)));
    if (row !== null) rows.push(row);
  });
  return rows;
}

function isEpochS(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MAX_EPOCH_S;
}
