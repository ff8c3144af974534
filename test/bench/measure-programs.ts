// The rows of the table that are about computing: exact money, evaluation, and the ledger in a storm.
import { startDynamoDbLocal } from '../aws/dynamodb-local.ts';
import type { Goal } from './goal.ts';
import { median } from './median.ts';
import { runProgram } from './run-program.ts';

/** Twice as many projects are twice as much work; what a run costs anyway makes it less. */
const LINEAR = 2.2;

export async function measurePrograms(rounds: number): Promise<Goal[]> {
  const medianOf = async (run: () => Promise<number>) => {
    const values: number[] = [];
    for (let round = 0; round < rounds; round += 1) values.push(await run());
    return median(values);
  };
  const nsPerAmount = await medianOf(async () => (await runProgram('exact-money')).nsPerAmount ?? 0);
  const evaluation = (projects: number) =>
    medianOf(async () => (await runProgram('evaluate-month', String(projects))).tookMs ?? 0);
  const [half, whole] = [await evaluation(2_500), await evaluation(5_000)];
  const storm = await stormOf();
  return [
    {
      what: 'exact money, 40 decimals, read and added: each amount',
      atMost: 350,
      unit: 'ns',
      is: nsPerAmount,
    },
    {
      what: 'evaluation of 10,000 budgets from 1,550,000 stored rows',
      atMost: 700,
      unit: 'ms',
      is: whole,
    },
    { what: '… against half of it: linear', atMost: LINEAR, is: whole / half },
    {
      what: '10,000 alerts at once: requests of the ledger',
      atMost: 70,
      unit: 'requests',
      is: storm.requests ?? 'unknown',
    },
    {
      what: '… and the CPU of them, against DynamoDB Local',
      atMost: 300,
      unit: 'ms',
      is: (storm.cpuS ?? 0) * 1_000,
    },
  ];
}

async function stormOf(): Promise<Record<string, number>> {
  const dynamoDb = await startDynamoDbLocal();
  try {
    return await runProgram('ledger-storm', dynamoDb.endpoint);
  } finally {
    await dynamoDb.close();
  }
}
