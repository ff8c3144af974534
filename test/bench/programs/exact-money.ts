// Reads and adds 1.5 million amounts as OpenAI sends them, JSON numbers, into exact sums with 40 decimals.
import { AMOUNT_DECIMALS } from '../../../lib/money/amount.ts';
import { parseAmount } from '../../../lib/money/parse-amount.ts';
import { monotonicUs } from '../monotonic-us.ts';
import { amountText } from '../organization.ts';

const AMOUNTS = 1_500_000;
const DISTINCT = 100_000;
const values = Array.from({ length: DISTINCT }, (_, index) => Number(amountText(index)));

/** What a plain reader does with a number: its text, a pattern, a whole number, and that times a power of ten. */
function plainAmount(value: number): bigint {
  const [, integer = '', fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
  return BigInt(integer + fraction) * 10n ** BigInt(AMOUNT_DECIMALS - fraction.length);
}

function exactAmount(value: number): bigint {
  const parsed = parseAmount(value);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.amount;
}

/** Nanoseconds for each amount. Twice: the first time is the compiler's. */
function timed(amountOf: (value: number) => bigint): { readonly sum: bigint; readonly ns: number } {
  let sum = 0n;
  let ns = 0;
  for (const _ of [1, 2]) {
    sum = 0n;
    const began = performance.now();
    for (let index = 0; index < AMOUNTS; index += 1) sum += amountOf(values[index % DISTINCT] ?? 0);
    ns = ((performance.now() - began) * 1e6) / AMOUNTS;
  }
  return { sum, ns };
}

const fromUs = monotonicUs();
const ours = timed(exactAmount);
const untilUs = monotonicUs();
const plain = timed(plainAmount);
if (ours.sum !== plain.sum) throw new Error('The sums differ');
process.stdout.write(JSON.stringify({ ns: ours.ns, plainNs: plain.ns, fromUs, untilUs }));
