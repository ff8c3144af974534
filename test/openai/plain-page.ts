// A page decoded the plain way, from one text parsed as a whole: what the reading in pieces is held against.
import { rowDecoder } from '../../lib/openai/decode-row.ts';
import { isJsonObject, parseJsonText } from '../../lib/openai/json-text.ts';
import type { Dataset } from '../../lib/spend/dataset.ts';
import type { SourceBucket } from '../../lib/spend/usage-source.ts';
import { instantOfEpochS } from '../../lib/time/instant.ts';

/** `wrong`: the path of the first thing that is. */
export type PlainPage =
  | {
      readonly outcome: 'page';
      readonly buckets: readonly SourceBucket[];
      readonly nextCursor: string | null;
    }
  | { readonly outcome: 'no-json' }
  | { readonly outcome: 'malformed'; readonly wrong: string };

class Wrong extends Error {}

export function plainPage(dataset: Dataset, text: string): PlainPage {
  const parsed = parseJsonText(text);
  if (!parsed.ok) return { outcome: 'no-json' };
  try {
    return { outcome: 'page', ...decoded(dataset, parsed.value) };
  } catch (error) {
    if (error instanceof Wrong) return { outcome: 'malformed', wrong: error.message };
    throw error;
  }
}

function decoded(dataset: Dataset, body: unknown) {
  if (!isJsonObject(body)) throw new Wrong('the body');
  if (!Array.isArray(body.data)) throw new Wrong('data');
  const decodeRow = rowDecoder(dataset);
  const buckets = body.data.map((bucket: unknown, at): SourceBucket => {
    if (!isJsonObject(bucket)) throw new Wrong(`data[${at}]`);
    const start = secondsOf(bucket.start_time, 0, `data[${at}].start_time`);
    const end = secondsOf(bucket.end_time, start, `data[${at}].end_time`);
    if (!Array.isArray(bucket.results)) throw new Wrong(`data[${at}].results`);
    const rows = bucket.results.map((result: unknown, index) => {
      const path = `data[${at}].results[${index}]`;
      if (!isJsonObject(result)) throw new Wrong(path);
      return decodeRow(result, (field) => {
        throw new Wrong(`${path}.${field}`);
      });
    });
    const ours = rows.filter((row) => row !== null);
    const ignoredRows = rows.length - ours.length;
    const times = { start: instantOfEpochS(start), end: instantOfEpochS(end) };
    return { ...times, rows: ours, ...(ignoredRows > 0 && { ignoredRows }) };
  });
  const isOthersOnly = buckets.every(({ rows }) => rows.length === 0);
  if (isOthersOnly && buckets.some(({ ignoredRows }) => ignoredRows !== undefined)) throw new Wrong('data');
  if (typeof body.has_more !== 'boolean') throw new Wrong('has_more');
  if (!body.has_more) return { buckets, nextCursor: null };
  if (typeof body.next_page !== 'string' || !/^[!-~]{1,1000}$/.test(body.next_page))
    throw new Wrong('next_page');
  return { buckets, nextCursor: body.next_page };
}

function secondsOf(value: unknown, least: number, path: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= 253_402_300_799)
    return value;
  throw new Wrong(path);
}
