// Declared budgets in DynamoDB: one item each, so that one that cannot be read leaves the others alone.
import * as v from 'valibot';
import type { Budget } from '../budget/budget.ts';
import { parseSpec, specOfBudget } from '../budget/budget-spec.ts';
import type { BudgetStore, StoredBudget } from '../budget/budget-store.ts';
import { exceedsRetention } from '../budget/exceeds-retention.ts';
import type { Problem } from '../budget/problem.ts';
import { MAX_RETENTION_DAYS } from '../spend/retention.ts';
import { formatInstant } from '../time/instant.ts';
import type { Item, ItemTable, SortKeyRange } from './item-table.ts';
import { keyPart } from './key-part.ts';
import { ORGANIZATION_KEY, readSettings, settingsItem } from './settings-item.ts';
import { readSilenceItem, SILENCE_PREFIX, silenceItem } from './silence-item.ts';
import { issueText, storedInstant, storedVersion } from './stored-values.ts';

const PREFIX = 'budget#';
/** All that people declared in one Query; `$` is the character after `#`. */
const DECLARED: SortKeyRange = { from: PREFIX, to: 'silence$' };

const budgetItemSchema = v.strictObject({
  pk: v.string(),
  sk: v.string(),
  spec: v.string(),
  version: storedVersion,
  decidedAt: storedInstant,
  limitLoweredAt: v.optional(storedInstant),
  /** Who changed it last. */
  updatedBy: v.string(),
});

type ParsedRow = { readonly stored: StoredBudget } | { readonly rejected: Problem };

/**
 * @param retentionDays for how many days spend is kept; a row that needs more is rejected, since its sum would be short
 */
export function createDynamoDbBudgetStore(table: ItemTable, retentionDays = MAX_RETENTION_DAYS): BudgetStore {
  const parseRow = (item: Item) => withinRetention(readRow(item), retentionDays);
  return {
    async active(organization) {
      const items = await table.query(keyPart(organization), DECLARED, { consistent: false });
      const rows = items.filter(({ sk }) => sk.startsWith(PREFIX)).map(parseRow);
      const silences = items.filter(({ sk }) => sk.startsWith(SILENCE_PREFIX)).map(readSilenceItem);
      return {
        settings: readSettings(items.find(({ sk }) => sk === ORGANIZATION_KEY)),
        silences: silences.flatMap((row) => ('silence' in row ? [row.silence] : [])),
        budgets: rows.flatMap((row) => ('stored' in row ? [row.stored] : [])),
        rejected: [...rows, ...silences].flatMap((row) => ('rejected' in row ? [row.rejected] : [])),
      };
    },

    async put(organization, stored, seenVersion, updatedBy) {
      if (stored.version !== seenVersion + 1) {
        throw new RangeError(`Version ${stored.version} of a budget cannot follow version ${seenVersion}`);
      }
      const item: Item = {
        pk: keyPart(organization),
        sk: sortKeyOf(stored.budget.id),
        spec: specOfBudget(stored.budget),
        version: stored.version,
        decidedAt: formatInstant(stored.decidedAt),
        ...(stored.limitLoweredAt !== null && { limitLoweredAt: formatInstant(stored.limitLoweredAt) }),
        updatedBy,
      };
      const condition = seenVersion === 0 ? 'absent' : { version: seenVersion };
      if ((await table.put(item, condition)) === 'written') return true;
      const found = await table.get(item.pk, item.sk, { consistent: true });
      if (found === null) return false;
      if (Object.entries(item).every(([name, value]) => found[name] === value)) return true;
      return (
        seenVersion === 0 && 'rejected' in parseRow(found) && (await replaceRejected(table, found, item))
      );
    },

    async putSettings(organization, settings) {
      await table.put(settingsItem(keyPart(organization), settings), 'none');
    },

    async putSilence(organization, silence) {
      await table.put(silenceItem(keyPart(organization), silence), 'none');
    },

    async removeSilence(organization, silenceId) {
      await table.delete(keyPart(organization), `${SILENCE_PREFIX}${silenceId}`, 'none');
    },

    async remove(organization, budgetId, seenVersion) {
      const [pk, sk] = [keyPart(organization), sortKeyOf(budgetId)];
      if ((await table.delete(pk, sk, { version: seenVersion })) === 'written') return true;
      return (await table.get(pk, sk, { consistent: true })) === null;
    },
  };
}

/** Nobody can have seen a row that cannot be read, so for a writer it is as good as absent. */
async function replaceRejected(table: ItemTable, rejectedRow: Item, item: Item): Promise<boolean> {
  const { version } = rejectedRow;
  if (!v.is(storedVersion, version)) return (await table.put(item, 'none')) === 'written';
  return (await table.put({ ...item, version: version + 1 }, { version })) === 'written';
}

function sortKeyOf(budgetId: Budget['id']): string {
  return `${PREFIX}${budgetId}`;
}

function withinRetention(row: ParsedRow, retentionDays: number): ParsedRow {
  if ('rejected' in row) return row;
  const { budget } = row.stored;
  const problem = exceedsRetention(budget, retentionDays);
  return problem === null ? row : rejectedRow(budget.id, [problem.message]);
}

function readRow(item: Item): ParsedRow {
  const id = item.sk.slice(PREFIX.length);
  const row = v.safeParse(budgetItemSchema, item);
  if (!row.success) {
    return rejectedRow(id, row.issues.map(issueText));
  }
  const { spec, version, decidedAt, limitLoweredAt = null } = row.output;
  const parsed = parseSpec(spec, `budgets.${id}`);
  if (!parsed.ok) {
    return rejectedRow(
      id,
      parsed.problems.map(({ path, message }) => `${path}: ${message}`),
    );
  }
  const { budget } = parsed;
  if (budget.id !== id) return rejectedRow(id, [`spec: it says its id is "${budget.id}"`]);
  return { stored: { budget, version, decidedAt, limitLoweredAt } };
}

/** So that operations can be told of a row, however much is wrong with it. */
const REASONS_TOLD = 5;

function rejectedRow(id: string, reasons: readonly string[]): ParsedRow {
  const more = reasons.length - REASONS_TOLD;
  const told = [...reasons.slice(0, REASONS_TOLD), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  return {
    rejected: {
      code: 'budget-row-rejected',
      path: `budgets.${id}`,
      line: null,
      message: `The stored budget "${id}" cannot be read, so nothing watches it (${told}). Apply a budgets file that holds it, or delete the item "${PREFIX}${id}" from the Budgets table.`,
      severity: 'error',
    },
  };
}
