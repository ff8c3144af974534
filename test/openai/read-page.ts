// Reads a body as a page in tests, in runs of bytes as they might come over the wire.
import { type Page, pageReader } from '../../lib/openai/decode-page.ts';
import type { ReadText } from '../../lib/openai/json-text.ts';
import type { Dataset } from '../../lib/spend/dataset.ts';
import { listOfRows, type SourceRow } from '../../lib/spend/usage-source.ts';

export const ORIGIN = { path: '/organization/costs', requestId: 'req_1' };

/** In runs of `runs[0]`, `runs[1]`, … bytes and then the rest at once; by default as large as sockets give. */
export function readPage(
  dataset: Dataset,
  text: string,
  runs: Iterable<number> = alwaysOf(65_536),
  pieceBytes?: number,
): ReadText<Page<SourceRow[]>> {
  const bytes = Buffer.from(text);
  const reader = pageReader(dataset, ORIGIN, listOfRows, pieceBytes);
  let at = 0;
  for (const length of runs) {
    if (at >= bytes.length) break;
    reader.take(bytes.subarray(at, at + length));
    at += length;
  }
  if (at < bytes.length) reader.take(bytes.subarray(at));
  return reader.end();
}

function* alwaysOf(length: number): Generator<number> {
  for (;;) yield length;
}
