// An exact quantity of money or usage: a whole number of 10^-40 units.

declare const amountBrand: unique symbol;

/**
 * A quantity in units of 10^-40 (of a dollar, a token, a request …). OpenAI sends costs with up to 39 decimals;
 * forty places hold them all, so sums are exact and independent of order.
 */
export type Amount = bigint & { readonly [amountBrand]: true };

export const AMOUNT_DECIMALS = 40;

const ONE = 10n ** BigInt(AMOUNT_DECIMALS);

export const ZERO_AMOUNT = 0n as Amount;

export function amountOfInteger(integer: bigint | number): Amount {
  // Most of what OpenAI counts is 0.
  return integer === 0 ? ZERO_AMOUNT : ((BigInt(integer) * ONE) as Amount);
}

/** `units` counts 10^-40ths. */
export function amountOfUnits(units: bigint): Amount {
  return units as Amount;
}

export function addAmounts(a: Amount, b: Amount): Amount {
  return (a + b) as Amount;
}

export function sumAmounts(amounts: Iterable<Amount>): Amount {
  let sum = ZERO_AMOUNT;
  for (const amount of amounts) sum = addAmounts(sum, amount);
  return sum;
}

export function subtractAmounts(a: Amount, b: Amount): Amount {
  return (a - b) as Amount;
}
