// The contracts over tables in memory, which the tests of everything else rely on.
import { describe } from 'vitest';
import { dynamoDbContracts } from '../contract/dynamodb-contracts.ts';
import { memoryItemTable } from '../fakes/memory-item-table.ts';

describe('in memory', () => {
  const tables = { budgets: memoryItemTable(), spend: memoryItemTable(), ledger: memoryItemTable() };
  dynamoDbContracts(() => tables);
});

describe('in memory, in pages of two items', () => {
  const table = () => memoryItemTable({ pageItems: 2 });
  const tables = { budgets: table(), spend: table(), ledger: table() };
  dynamoDbContracts(() => tables);
});
