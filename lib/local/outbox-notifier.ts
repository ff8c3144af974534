// Delivers messages to a file, one JSON line each, flushed to disk before anybody believes that they were sent.
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from '../notify/message.ts';
import { messageDocument } from '../notify/message-document.ts';
import type { Delivery, Notifier } from '../notify/notifier.ts';

export const OUTBOX_FILE = 'outbox.jsonl';
/** What the operations topic gets in AWS. */
export const OPERATIONS_FILE = 'operations.jsonl';

const NEWLINE = 0x0a;
const CHUNK_BYTES = 64 * 1024;

/**
 * One line per message. A last line that a killed run left half written is cut off before the next is appended; its
 * alerts are still claimed and are sent again.
 */
export function openOutbox(directory: string, file: string): Notifier {
  const path = join(directory, file);
  return {
    audience: () => Promise.resolve({ confirmed: 1, pending: 0 }),
    async deliver(message: Message): Promise<Delivery> {
      let started = false;
      try {
        await using outbox = await open(path, 'a+', 0o600);
        await cutTornLine(outbox);
        started = true;
        await outbox.appendFile(`${JSON.stringify(messageDocument(message))}\n`);
        await outbox.datasync();
        return { outcome: 'accepted' };
      } catch (error) {
        const why = `${file}: ${error instanceof Error ? error.message : String(error)}`;
        return started ? { outcome: 'unknown', why } : { outcome: 'refused', why };
      }
    },
  };
}

async function cutTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - CHUNK_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
    const lastNewline = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (lastNewline !== -1) {
      const wholeLines = start + lastNewline + 1;
      if (wholeLines < size) await file.truncate(wholeLines);
      return;
    }
    end = start;
  }
  if (size > 0) await file.truncate(0);
}
