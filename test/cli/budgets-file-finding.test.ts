// What `doctor` says of a budgets file, in one line and what to do.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { budgetsFileFinding } from '../../lib/cli/budgets-file-finding.ts';

const ALL = '`budget-alerts validate budgets.yaml` says all of it.';
const SOUND = '{ id: a, limit: 5, period: daily }';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'budget-alerts-finding-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

it.each([
  [`budgets: [${SOUND}]`, 'ok', 'budgets.yaml is fine: 1 budget.', null],
  [`budgets: [${SOUND}, { id: b, limit: 5, period: daily }]`, 'ok', 'budgets.yaml is fine: 2 budgets.', null],
  [
    'budgets: []',
    'warning',
    'budgets.yaml can be used; 1 warning.',
    `budgets.yaml:1 budgets: No budget is declared: nothing is watched. ${ALL}`,
  ],
  [
    `budgets:\n  - ${SOUND}\n  - { id: b, limit: 5, period: month }`,
    'failed',
    'budgets.yaml cannot be used: 1 error.',
    `budgets.yaml:3 budgets[1].period: A period cannot be "month": did you mean \`monthly\`? ${ALL}`,
  ],
  [
    'budgets: [{ id: b, limit: 5k, period: month }]',
    'failed',
    'budgets.yaml cannot be used: 2 errors.',
    `budgets.yaml:1 budgets[0].period: A period cannot be "month": did you mean \`monthly\`? ${ALL}`,
  ],
])('%s', async (yaml, state, message, fix) => {
  writeFileSync(join(directory, 'budgets.yaml'), yaml);
  expect(await budgetsFileFinding(directory, 'budgets.yaml')).toMatchObject({
    check: 'budgets-file',
    state,
    message,
    fix,
  });
});

it('says of a file that is not there only that', async () => {
  const found = await budgetsFileFinding(directory, 'budgets.yaml');
  expect(found).toMatchObject({ state: 'failed', message: 'budgets.yaml cannot be read.' });
  expect(found.fix).not.toContain('validate');
});
