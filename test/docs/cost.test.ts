// The table of costs in the documents is the one that the command prints.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { METRICS } from '../../lib/aws/deployment-names.ts';

const ROOT = join(import.meta.dirname, '../..');

it('docs/cost.md holds what `npm run monthly-cost` prints', { timeout: 300_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(ROOT, 'test/bench/print-monthly-cost.ts'),
  ]);
  expect(stdout).toContain('| A month | $');
  expect(readFileSync(join(ROOT, 'docs/cost.md'), 'utf8')).toContain(stdout);
});

it('the price beside the prop `dashboard` counts the metrics that there are', () => {
  const cents = Object.keys(METRICS).length * 30;
  const props = readFileSync(join(ROOT, 'infra/open-ai-budget-alerts-props.ts'), 'utf8').replaceAll(
    /\s+\* /g,
    ' ',
  );
  expect(props).toContain(`and $${(cents / 100).toFixed(2)} for each organization.`);
});
