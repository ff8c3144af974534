// A program for a test to kill: writes items without end and prints each key as soon as its write was answered.
import { startEmbeddedDynamoDb } from '../../lib/local/embedded-dynamodb.ts';

const { tables } = await startEmbeddedDynamoDb({ directory: process.argv[2] ?? '' });
for (let count = 0; ; count += 1) {
  const sk = String(count).padStart(8, '0');
  await tables.spend.put({ pk: 'a', sk, rows: new Uint8Array(1_000) }, 'none');
  process.stdout.write(`${sk}\n`);
}
