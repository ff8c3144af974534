// Reads and adds 1.5 million amounts as OpenAI sends them, JSON numbers, into exact sums with 40 decimals.
import { addAmounts, ZERO_AMOUNT } from '../../../lib/money/amount.ts';
import { parseAmount } from '../../../lib/money/parse-amount.ts';
import { amountText } from '../organization.ts';

const AMOUNTS = 1_500_000;
const DISTINCT = 100_000;
const values = Array.from({ length: DISTINCT }, (_, index) => Number(amountText(index)));

/** Twice: the first round is for the compiler. */
let sum = ZERO_AMOUNT;
let tookMs = 0;
for (const _ of [1, 2]) {
  sum = ZERO_AMOUNT;
  const began = performance.now();
  for (let index = 0; index < AMOUNTS; index += 1) {
    const parsed = parseAmount(values[index % DISTINCT] ?? 0);
    if (!parsed.ok) throw new Error(parsed.why);
    sum = addAmounts(sum, parsed.amount);
  }
  tookMs = performance.now() - began;
}

/** The same with whole numbers of 10^-16: none of these amounts has more decimals. */
let expected = 0n;
for (const value of values) expected += BigInt(Math.round(value * 1e4)) * 10n ** 12n + restOf(value);
function restOf(value: number): bigint {
  const [whole = '', fraction = ''] = String(value).split('.');
  const exact = BigInt(whole + fraction.padEnd(16, '0'));
  return exact - BigInt(Math.round(value * 1e4)) * 10n ** 12n;
}
if (sum !== expected * BigInt(AMOUNTS / DISTINCT) * 10n ** 24n) throw new Error('The sum is not exact');
process.stdout.write(JSON.stringify({ nsPerAmount: (tookMs * 1e6) / AMOUNTS }));
