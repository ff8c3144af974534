// What becomes of a body's bytes while they arrive: an answer of any size need not be held as a whole.
import { parseJsonText, type ReadText } from './json-text.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Made anew for each attempt: nothing of one that fails is in what the next one reads. */
export interface BodyReader<Result> {
  /** Called for each run of bytes, in order. */
  take(bytes: Uint8Array): void;
  /** Called once, when the body has ended as it should. */
  end(): Result;
}

/** The whole body as a text, whatever its bytes are. */
export function textReader(): BodyReader<string> {
  return wholeReader((bytes) => new TextDecoder().decode(bytes));
}

/** The whole body as JSON. For bodies that are short by nature. */
export function jsonReader(): BodyReader<ReadText<unknown>> {
  return wholeReader((bytes) => parseJsonText(utf8Text(bytes)));
}

/** @throws TypeError ERR_ENCODING_INVALID_ENCODED_DATA for what is not UTF-8: its ids would be guesses */
export function utf8Text(bytes: Uint8Array): string {
  return UTF8.decode(bytes);
}

function wholeReader<Result>(read: (bytes: Uint8Array) => Result): BodyReader<Result> {
  const kept: Uint8Array[] = [];
  return { take: (bytes) => kept.push(bytes), end: () => read(Buffer.concat(kept)) };
}
