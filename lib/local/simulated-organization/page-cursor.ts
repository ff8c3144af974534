// The cursor between pages: `page_` and 20 bytes in base64, laid out as in OpenAI's own.
import { epochSOf, type Instant, instantOfEpochS } from '../../time/instant.ts';

export interface PageCursor {
  /** Of the first page: it stands in for an `end_time` that was not sent. */
  readonly requestedAt: Instant;
  /** 32 bits over the parameters that must not change from page to page. */
  readonly fingerprint: number;
  /** Where the next bucket starts. */
  readonly position: Instant;
}

const PREFIX = 'page_';
const BYTES = 20;

/** 8 bytes of request time, 4 of fingerprint, 8 of position, all big-endian; times in seconds. Ends in one `=`. */
export function encodePageCursor({ requestedAt, fingerprint, position }: PageCursor): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.writeBigUInt64BE(BigInt(epochSOf(requestedAt)), 0);
  bytes.writeUInt32BE(fingerprint, 8);
  bytes.writeBigUInt64BE(BigInt(epochSOf(position)), 12);
  return `${PREFIX}${bytes.toString('base64')}`;
}

/** `null` if it is no cursor at all. */
export function decodePageCursor(text: string): PageCursor | null {
  if (!text.startsWith(PREFIX)) return null;
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64');
  if (bytes.length !== BYTES || `${PREFIX}${bytes.toString('base64')}` !== text) return null;
  return {
    requestedAt: instantOfEpochS(Number(bytes.readBigUInt64BE(0))),
    fingerprint: bytes.readUInt32BE(8),
    position: instantOfEpochS(Number(bytes.readBigUInt64BE(12))),
  };
}
