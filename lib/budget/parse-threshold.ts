// Reads one entry of `thresholds`: a percentage of the limit, or an amount.
import { elementAt } from '../lists/element-at.ts';
import type { Amount } from '../money/amount.ts';
import { formatAmount } from '../money/format-amount.ts';
import type { Unit } from '../spend/catalogue.ts';
import { budgetError, type Place } from './budget-problem.ts';
import { described, type Field, placeOf } from './field.ts';
import { isNumeral, parseUnitAmount } from './parse-unit-amount.ts';
import type { Problem } from './problem.ts';

interface Declared {
  /** Canonical: `80%`, or the absolute amount (`4500`). */
  readonly label: string;
  readonly place: Place;
}

/** `share` counts millionths of the limit: 80 % is 800,000. */
type PercentThreshold = Declared & { readonly form: 'percent'; readonly share: bigint };
export type AbsoluteThreshold = Declared & { readonly form: 'absolute'; readonly amount: Amount };
/** A threshold before its limit is known. */
export type DeclaredThreshold = PercentThreshold | AbsoluteThreshold;

export const WHOLE_LIMIT_SHARE = 1_000_000n;

const EXAMPLE_ADVICE = 'write it like 80% or 4500, or { at: 80%, severity: critical }';
const PERCENT = /^(\d{1,6})(?:\.(\d{1,4}))?%$/;
const MAX_SHARE = 1_000n * WHOLE_LIMIT_SHARE;

/** Amounts are in `unit`; percentages have at most 4 decimals, so that they are whole millionths of any limit. */
export function parseThreshold(
  field: Field,
  unit: Unit | null,
  problems: Problem[],
): DeclaredThreshold | null {
  const { node } = field;
  const place = placeOf(field);
  if (!isNumeral(node)) {
    const message = `A threshold is a percentage or an amount, not ${described(node)}; ${EXAMPLE_ADVICE}.`;
    problems.push(budgetError('wrong-type', place, message));
    return null;
  }
  const refuse = (why: string): null => {
    problems.push(
      budgetError('threshold-invalid', place, `A threshold cannot be ${described(node)}: ${why}.`),
    );
    return null;
  };
  if (node.text.trim().endsWith('%')) {
    const share = shareOfPercent(node.text);
    if (share === null) return refuse(percentAdvice(node.text));
    if (share === 0n) return refuse('it must be above 0%');
    if (share > MAX_SHARE) return refuse('it must be at most 100000%');
    return { form: 'percent', label: percentLabel(share), share, place };
  }
  if (!/\d/.test(node.text)) return refuse(EXAMPLE_ADVICE);
  const parsed = parseUnitAmount(node, unit);
  if (!parsed.ok) return refuse(parsed.why);
  if (parsed.amount === 0n) return refuse('it must be above 0');
  return { form: 'absolute', label: formatAmount(parsed.amount), amount: parsed.amount, place };
}

/** Four decimals of a percent are millionths of the limit. `null`: not a percentage. */
export function shareOfPercent(text: string): bigint | null {
  const match = PERCENT.exec(text);
  if (match === null) return null;
  const [, , fraction = ''] = match;
  return BigInt(elementAt(match, 1) + fraction.padEnd(4, '0'));
}

/** `80.50%` and `080.5%` are both `80.5%`. */
export function percentLabel(share: bigint): string {
  const digits = share.toString().padStart(5, '0');
  const fraction = digits.slice(-4).replace(/0+$/, '');
  return `${digits.slice(0, -4)}${fraction === '' ? '' : `.${fraction}`}%`;
}

function percentAdvice(text: string): string {
  const plainer = text
    .replace(/\s/g, '')
    .replace(/^\+/, '')
    .replace(/^\./, '0.')
    // `1,000%` is rather a thousand than one.
    .replace(/,(\d{1,2})%/, '.$1%');
  const share = shareOfPercent(plainer);
  return share === null || share === 0n || share > MAX_SHARE
    ? 'write a percentage like 80% or 99.5%, with at most 4 decimals'
    : `write ${percentLabel(share)}`;
}
