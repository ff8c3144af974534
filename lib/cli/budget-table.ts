// The table of budgets that a run ends with: spent, limit, percent as a bar, state.
import colors from 'picocolors';
import { formatLimitText, formatQuantityText } from '../notify/format-quantity.ts';
import type { Unit } from '../spend/catalogue.ts';
import type { BudgetDocument } from './check-document.ts';
import { type Column, plainTable } from './plain-table.ts';
import { plainText } from './plain-text.ts';

const BAR_CELLS = 20;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

const COLUMNS: readonly Column[] = [
  { title: 'BUDGET' },
  { title: 'SCOPE' },
  { title: 'PERIOD' },
  { title: 'SPENT', align: 'right' },
  { title: 'LIMIT', align: 'right' },
  { title: '' },
  { title: '%', align: 'right' },
  { title: 'STATE' },
];

/** `names`: project id → name. */
export function budgetTable(budgets: readonly BudgetDocument[], names: ReadonlyMap<string, string>): string {
  const rows = budgets.map((budget) => {
    const unit = budget.unit as Unit;
    return [
      budget.id,
      plainText(scopeText(budget, names)),
      budget.period.kind,
      formatQuantityText(budget.spent, unit),
      formatLimitText(budget.limit, unit),
      colorOf(budget)(percentBar(budget.percent)),
      budget.percent === null ? '-' : (budget.percent.split('.')[0] ?? ''),
      stateText(budget),
    ];
  });
  return plainTable(COLUMNS, rows);
}

/** Twenty cells for 0 to 100 %, full from there on. */
export function percentBar(percent: string | null): string {
  const share = Math.min(1, Math.max(0, Number(percent ?? '0') / 100));
  const eighths = Math.floor(share * BAR_CELLS * 8);
  const bar = '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
  return bar.padEnd(BAR_CELLS, '·');
}

function scopeText({ scope }: BudgetDocument, names: ReadonlyMap<string, string>): string {
  const values = Object.values(scope).flat();
  return values.length === 0 ? 'whole organization' : values.map((id) => names.get(id) ?? id).join(', ');
}

function colorOf({ state, atLimit }: BudgetDocument): (text: string) => string {
  if (state === 'unknown') return colors.dim;
  if (atLimit) return colors.red;
  return state === 'firing' ? colors.yellow : colors.green;
}

function stateText(budget: BudgetDocument): string {
  const missing = budget.missingDays.length;
  const known = budget.state === 'firing' && budget.atLimit ? 'limit reached' : budget.state;
  const text =
    known === 'unknown' || missing === 0
      ? known
      : `${known}, ${missing} ${missing === 1 ? 'day' : 'days'} missing`;
  return colorOf(budget)(text);
}
