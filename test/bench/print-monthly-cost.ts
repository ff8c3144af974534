// Prints what a deployment costs a month with 20, 200 and 2,000 budgets, as a table in Markdown.
import { COST_LINES, type MonthlyCost, monthlyCost } from './monthly-cost.ts';

const columns: [string, MonthlyCost][] = [];
for (const budgets of [20, 200, 2_000]) {
  columns.push([`${budgets.toLocaleString('en')} budgets`, await monthlyCost(budgets)]);
}
const rows = [
  ['', ...columns.map(([title]) => title)],
  ['---', ...columns.map(() => '---:')],
  ...COST_LINES.map((line) => [line, ...columns.map(([, cost]) => `$${cost[line].toFixed(2)}`)]),
];
process.stdout.write(`${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
