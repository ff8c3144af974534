// Budgets as the model knows them, in whole billionths, and what is declared at a time.
import type { ModelRule } from './utc-periods.ts';

/** A billionth of a dollar or a token. Sums of these worlds stay far below 2^53. */
export type Nano = number;

export const ONE: Nano = 1_000_000_000;

export interface ModelBudget {
  readonly id: string;
  readonly name: string;
  readonly measure: 'cost' | 'tokens';
  /** `null`: the whole organization. */
  readonly projects: readonly string[] | null;
  readonly each: boolean;
  readonly limit: Nano;
  /** Percent of the limit, ascending. */
  readonly percents: readonly number[];
  readonly period: ModelRule;
}

export interface DeclaredBudget extends ModelBudget {
  /** Since when it decides as it does. */
  readonly decidedAt: number;
}

export interface ModelSilence {
  readonly budgetId: string | null;
  readonly member: string | null;
  readonly until: number;
  readonly storedAt: number;
  /** `null`: it is still stored. */
  removedAt: number | null;
}

/** Limits are whole cents, so that every whole percent of one is whole. */
export function thresholdAmount({ limit }: ModelBudget, percent: number): Nano {
  return (limit / 100) * percent;
}

export function isAlike(a: ModelBudget, b: ModelBudget): boolean {
  return a.limit === b.limit && a.percents.join() === b.percents.join();
}

/** The exact decimal of billionths: `12.5`, `-0.000000001`. */
export function decimalOf(nano: Nano): string {
  const whole = Math.trunc(Math.abs(nano) / ONE);
  const fraction = String(Math.abs(nano) % ONE)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${nano < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
