// Thresholds and amounts for people, whether or not their unit is still known.
import { formatLimitText, formatQuantityText } from '../notify/format-quantity.ts';
import type { Unit } from '../spend/catalogue.ts';

/** `80 %`; a threshold that is an amount: `$4,500.00`. `label` is canonical: `80%` or the amount. */
export function thresholdText(label: string, unit: Unit | null): string {
  return label.endsWith('%') ? `${label.slice(0, -1)} %` : quantityText(label, unit);
}

/** Exact where the unit is not known, since then neither is what to round to. */
export function quantityText(amount: string, unit: Unit | null): string {
  return unit === null ? amount : formatQuantityText(amount, unit);
}

/** Whole dollars without cents. */
export function limitText(amount: string, unit: Unit | null): string {
  return unit === null ? amount : formatLimitText(amount, unit);
}
