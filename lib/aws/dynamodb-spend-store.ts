// Stored spend in DynamoDB: for each dataset, immutable day parts and the one root that says which of them count.
import { NO_ROOT } from '../spend/root.ts';
import type { SpendStore } from '../spend/spend-store.ts';
import type { Instant } from '../time/instant.ts';
import type { ItemTable } from './item-table.ts';
import { commitSpend } from './spend-commit.ts';
import { ROOT_KEY, spendPartition } from './spend-keys.ts';
import { parseRootItem } from './spend-root-item.ts';
import { readSnapshot, unexpiredRoot } from './spend-snapshot.ts';

/**
 * `now` decides which days have expired: in AWS real time, where it runs months ahead of any tick that matters; on a
 * laptop the tick, since a run that replays an old month would find nothing of it by the real clock.
 */
export function createDynamoDbSpendStore(table: ItemTable, now: () => Instant): SpendStore {
  return {
    async root(organization, dataset) {
      const item = await table.get(spendPartition(organization, dataset), ROOT_KEY, { consistent: true });
      return item === null ? NO_ROOT : unexpiredRoot(parseRootItem(item).root, now());
    },
    read: (organization, dataset, fromDay) =>
      readSnapshot(table, spendPartition(organization, dataset), fromDay, now()),
    commit: (organization, dataset, root, update) =>
      commitSpend(table, spendPartition(organization, dataset), root, update),
  };
}
