// Invariants of a run's own word: it fails only by a failure, loses only to another, and never finds state that is not whole.
import { codeOf } from '../../lib/aws/code-of.ts';
import { BudgetAlertsError } from '../../lib/errors.ts';
import type { CheckReport } from '../../lib/run/check.ts';
import type { CollectReport } from '../../lib/run/collect.ts';
import type { Measured } from './true-spend.ts';
import type { Program } from './virtual-time.ts';
import type { World } from './world.ts';

export interface WatchedRuns {
  failed(program: Program, error: unknown): void;
  checked(program: Program, report: CheckReport): void;
  collected(program: Program, measure: Measured, report: CollectReport): void;
}

export function watchRuns(world: World): WatchedRuns {
  function didAnotherWrite(key: string, { startedAt, name }: Program): boolean {
    const writers = world.writers.get(key) ?? [];
    return writers.some(({ at, program }) => at >= startedAt && program.name !== name);
  }

  return {
    failed(program, error) {
      if (!(error instanceof BudgetAlertsError)) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        world.violate('no run ends in a defect', `${program.name}: ${text}`);
      } else if (codeOf(error) === 'state-corrupt') {
        world.violate('stored state stays whole', `${program.name}: ${error.message}`);
      }
    },

    checked(program, { problems }) {
      if (!problems.some(({ code }) => code === 'late-record')) return;
      const latches = [...world.writers.keys()].filter((key) => key.startsWith('ledger '));
      if (!latches.some((key) => didAnotherWrite(key, program))) {
        world.violate('a run loses its claim only to another', program.name);
      }
    },

    collected(program, measure, { overtaken }) {
      if (overtaken && !didAnotherWrite(`spend ${measure} root`, program)) {
        world.violate('a run is overtaken only by another', program.name);
      }
    },
  };
}
