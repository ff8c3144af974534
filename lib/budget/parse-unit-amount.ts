// Reads an amount in a measure's unit: dollars with decimals, everything else in whole numbers.
import { AMOUNT_DECIMALS, type Amount } from '../money/amount.ts';
import type { Unit } from '../spend/catalogue.ts';
import { type PlainDecimal, parsePlainDecimal } from './plain-decimal.ts';
import type { ScalarNode, SourceNode } from './source-node.ts';

const ONE = 10n ** BigInt(AMOUNT_DECIMALS);

/** `unit` is `null` where the measure itself is wrong: then any decimal will do. */
export function parseUnitAmount(node: ScalarNode, unit: Unit | null): PlainDecimal {
  const parsed = parsePlainDecimal(node.text);
  if (!parsed.ok || unit === null || unit === 'usd' || isWhole(parsed.amount)) return parsed;
  return { ok: false, why: `${unit} are counted in whole numbers, without a fraction` };
}

function isWhole(amount: Amount): boolean {
  return amount % ONE === 0n;
}

/** A number, or the same digits in quotes; not `true`, not nothing. */
export function isNumeral(node: SourceNode): node is ScalarNode {
  return node.type === 'scalar' && (node.valueType === 'number' || node.valueType === 'string');
}
