// The demonstration: a first breach, a higher threshold later, nothing twice, and silence when it is played again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Alert } from '../../lib/alert/alert.ts';
import { DEMO_BUDGETS } from '../../lib/cli/demo-budgets.ts';
import { parseBudgetsText } from '../../lib/cli/read-budgets-file.ts';
import { playDemoWeeks } from '../../lib/local/demo-weeks.ts';
import { formatInstant } from '../../lib/time/instant.ts';

it('says each thing once in three weeks, and nothing when the weeks are played again over the kept state', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'budget-alerts-demo-'));
  try {
    const { budgets, problems } = parseBudgetsText(DEMO_BUDGETS);
    expect(problems).toEqual([]);
    const play = async () => {
      const alerts: Alert[] = [];
      await playDemoWeeks(directory, 'my demo', budgets ?? [], ({ tick, report }) => {
        expect(report.problems).toEqual([]);
        for (const { message } of report.delivered) {
          const flags = `--state 'my demo' --organization demo --now ${formatInstant(tick)}`;
          expect(message.text.replaceAll(/\s+/g, ' ')).toContain(flags);
        }
        alerts.push(...report.delivered.map(({ alert }) => alert));
      });
      return alerts;
    };

    const first = await play();
    const reasons = new Set(first.map(({ reason }) => reason));
    expect(reasons).toEqual(new Set(['first-breach', 'higher-threshold']));
    expect(new Set(first.map(({ id }) => id)).size).toBe(first.length);

    expect(await play()).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}, 120_000);
