// Evaluates two `each` budgets over so many projects from a month of stored days: ten line items a day of each project.
import { createDynamoDbAlertLedger } from '../../../lib/aws/dynamodb-alert-ledger.ts';
import { createDynamoDbBudgetStore } from '../../../lib/aws/dynamodb-budget-store.ts';
import { createDynamoDbSpendStore } from '../../../lib/aws/dynamodb-spend-store.ts';
import { applyChanges, planBudgets } from '../../../lib/run/apply-budgets.ts';
import { observe } from '../../../lib/run/observe.ts';
import { datasetOf } from '../../../lib/spend/dataset.ts';
import { dayTableText, hashOfText } from '../../../lib/spend/day-table-text.ts';
import { NO_ROOT } from '../../../lib/spend/root.ts';
import type { SpendStore } from '../../../lib/spend/spend-store.ts';
import { daysFrom } from '../../../lib/time/utc-day.ts';
import { budgetOf } from '../../fakes/budgets-of.ts';
import { costDay } from '../../fakes/day-of-rows.ts';
import { memoryItemTable } from '../../fakes/memory-item-table.ts';
import { dayOf, instantOf } from '../../fakes/time-of.ts';
import { monotonicUs } from '../monotonic-us.ts';
import { amountText, projectId } from '../organization.ts';

const projects = Number(process.argv[2]);
const LINE_ITEMS = 10;
const NOW = instantOf('2026-10-31T12:00:00Z');
const FROM = dayOf('2026-10-01');
const UNTIL = dayOf('2026-11-01');

const store = createDynamoDbSpendStore(memoryItemTable(), () => NOW);
const days = daysFrom(FROM, UNTIL);
const changed = new Map(
  days.map((day, index) => {
    const table = costDay(
      Array.from({ length: projects * LINE_ITEMS }, (_, row) => {
        const [project, item] = [Math.floor(row / LINE_ITEMS), row % LINE_ITEMS];
        return [projectId(project), `gpt-5, item ${item}`, amountText(project, item, index)] as const;
      }),
    );
    return [day, { table, hash: hashOfText(dayTableText(table)), changedAt: NOW, projects: null }];
  }),
);
await store.commit('default', datasetOf('costs'), NO_ROOT, {
  run: 'bench',
  changed,
  forgotten: [],
  reads: [{ from: FROM, until: UNTIL, at: NOW }],
  doubted: new Map(),
  source: { lastSuccessAt: NOW, failing: null },
  sweepOrphans: false,
});
changed.clear();

const declared = ['100', '1000000'].map((limit) => budgetOf({ id: `each-${limit}`, each: true, limit }));
const budgets = createDynamoDbBudgetStore(memoryItemTable());
const { changes } = await planBudgets('default', declared, instantOf('2026-09-01'), budgets);
await applyChanges('default', changes, 'bench', budgets);
const ledger = createDynamoDbAlertLedger(memoryItemTable());

const snapshot = await store.read('default', datasetOf('costs'), FROM);
const fromUs = monotonicUs();
const decodingBegan = performance.now();
const decoded = new Map(days.map((day) => [day, snapshot.tablesOf(day)]));
const decodeMs = performance.now() - decodingBegan;
const untilUs = monotonicUs();
const rows = [...decoded.values()]
  .flatMap((tables) => tables ?? [])
  .reduce((sum, { rowCount }) => sum + rowCount, 0);
const spend: SpendStore = {
  ...store,
  read: async () => ({ ...snapshot, tablesOf: (day) => decoded.get(day) ?? null }),
};

const began = performance.now();
const { observations } = await observe({ organization: 'default', tick: NOW }, { budgets, ledger, spend });
const tookMs = performance.now() - began;
if (observations.length !== projects * declared.length) {
  throw new Error(`${observations.length} observations instead of ${projects * declared.length}`);
}
process.stdout.write(JSON.stringify({ tookMs, decodeMs, rows, fromUs, untilUs }));
