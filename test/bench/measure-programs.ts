// The rows of the table that are about computing: exact money, evaluation, and the ledger in a storm.
import { startDynamoDbLocal } from '../aws/dynamodb-local.ts';
import type { Goal } from './goal.ts';
import { median } from './median.ts';
import { runProgram } from './run-program.ts';

/** Twice as many projects are twice as much work; what a run costs anyway makes it less. */
const LINEAR = 2.2;

export async function measurePrograms(rounds: number): Promise<Goal[]> {
  /** Of each figure that a program prints. */
  const medians = async (run: () => Promise<Record<string, number>>) => {
    const printed: Record<string, number>[] = [];
    for (let round = 0; round < rounds; round += 1) printed.push(await run());
    return (name: string) => median(printed.map((figures) => figures[name] ?? Number.NaN));
  };
  const money = await medians(() => runProgram('programs/exact-money'));
  const half = await medians(() => runProgram('programs/evaluate-month', '2500'));
  const whole = await medians(() => runProgram('programs/evaluate-month', '5000'));
  const storm = await medians(stormOnce);
  const all = (of: (name: string) => number) => of('tookMs') + of('decodeMs');
  return [
    {
      what: 'exact money, 40 decimals, 1.5 million JSON numbers: read and added, each',
      atMost: 350,
      unit: 'ns',
      is: money('ns'),
    },
    { what: '… against a plain reader with bigints', atMost: 0.75, is: money('ns') / money('plainNs') },
    {
      what: 'evaluation of 10,000 budgets from a month of days, 1,550,000 rows',
      atMost: 700,
      unit: 'ms',
      is: whole('tookMs'),
    },
    {
      what: '… with the decoding of these days as they are stored',
      atMost: 700,
      unit: 'ms',
      is: all(whole),
    },
    { what: '… against half as many projects: linear', atMost: LINEAR, is: all(whole) / all(half) },
    {
      what: '10,000 alerts at once: requests of the ledger',
      atMost: 70,
      unit: 'requests',
      is: storm('requests'),
    },
    {
      what: '… and their CPU, against DynamoDB Local',
      atMost: 300,
      unit: 'ms',
      is: storm('cpuS') * 1_000,
    },
  ];
}

async function stormOnce(): Promise<Record<string, number>> {
  const dynamoDb = await startDynamoDbLocal();
  try {
    return await runProgram('programs/ledger-storm', dynamoDb.endpoint);
  } finally {
    await dynamoDb.close();
  }
}
