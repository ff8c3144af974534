// A day's rows as they are stored: compressed text, in as many parts as an item's size demands.
import { gunzipSync, gzipSync } from 'node:zlib';
import { type DayTable, sliceOfTable } from '../spend/day-table.ts';
import { dayTableText, parseDayTable } from '../spend/day-table-text.ts';

/** An item may hold 400 KB in all. */
const MAX_PART_BYTES = 300_000;
/** Far above what one part unpacks to; a part that says otherwise is not one of ours. */
const MAX_TEXT_BYTES = 256_000_000;

/** At least one part, an empty day's too: that it is known to be empty is stored. */
export function packDay(table: DayTable, maxPartBytes: number = MAX_PART_BYTES): Uint8Array[] {
  const packed = gzipSync(dayTableText(table));
  if (packed.length <= maxPartBytes || table.rowCount < 2) return [packed];
  const slices = Math.min(table.rowCount, Math.ceil(packed.length / maxPartBytes));
  return Array.from({ length: slices }, (_, slice) =>
    sliceOfTable(
      table,
      Math.floor((slice * table.rowCount) / slices),
      Math.floor(((slice + 1) * table.rowCount) / slices),
    ),
  ).flatMap((slice) => packDay(slice, maxPartBytes));
}

/** What a part unpacks to, about: collected in one chunk, which is faster than many and no larger than needed. */
const UNPACKED_TIMES = 4;
/** zlib's own. */
const MIN_CHUNK_BYTES = 16_384;

/** `null`: not a part that `packDay` made. */
export function unpackPart(packed: Uint8Array): DayTable | null {
  let bytes: Buffer;
  try {
    const chunkSize = Math.max(MIN_CHUNK_BYTES, UNPACKED_TIMES * packed.length);
    bytes = gunzipSync(packed, { maxOutputLength: MAX_TEXT_BYTES, chunkSize });
  } catch {
    return null;
  }
  return parseDayTable(bytes);
}
