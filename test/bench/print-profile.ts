// Prints what limits the rows of the benchmarks' table: where programs spend their time, and of what a start's memory consists.
import { join } from 'node:path';
import { startDynamoDbLocal } from '../aws/dynamodb-local.ts';
import { memoryOfAStart, profileOfAStart } from './cold-start.ts';
import { forkServer } from './fork-server.ts';
import { profileOf, type Share } from './profile-of.ts';

const LARGEST = 7;

function print(title: string, rows: readonly (readonly [string, string])[]): void {
  const lines = rows.map(([what, figure]) => `| ${what} | ${figure} |`);
  process.stdout.write(`\n| ${title} | |\n| --- | ---: |\n${lines.join('\n')}\n`);
}

function printShares(title: string, shares: readonly Share[]): void {
  const rows = shares
    .slice(0, LARGEST)
    .map(({ where, share }) => [where, `${Math.round(share * 100)} %`] as const);
  print(title, rows);
}

{
  using server = await forkServer(join(import.meta.dirname, 'pull/serve-organizations.ts'), Number);
  printShares('pull, large', await profileOf('pull/ours', `http://127.0.0.1:${server.said}/large/v1`));
}
printShares('exact money', await profileOf('programs/exact-money'));
printShares('decoding of stored days', await profileOf('programs/evaluate-month', '5000'));
const dynamoDb = await startDynamoDbLocal();
try {
  printShares(
    '10,000 alerts at once, requests of the ledger',
    await profileOf('programs/ledger-storm', dynamoDb.endpoint),
  );
} finally {
  await dynamoDb.close();
}
printShares('cold start of an idle check', await profileOfAStart());
print('memory of an idle check', await memoryOfAStart());
