// The simulation's own prices: what a model's tokens cost, and under which name they are billed.
import { type Amount, amountOfUnits } from '../../money/amount.ts';
import { parseAmount } from '../../money/parse-amount.ts';

interface ModelPrices {
  /** The model as line items spell it, which differs from the usage API for fine-tuned ones. */
  readonly billedAs: string;
  /** US dollars for a million tokens, at most three decimals. */
  readonly input: string;
  readonly cachedInput: string;
  readonly cacheWrites: string;
  readonly output: string;
}

export const MODEL_PRICES = {
  'gpt-5-2025-08-07': {
    billedAs: 'gpt-5-2025-08-07',
    input: '1.25',
    cachedInput: '0.125',
    cacheWrites: '1.5',
    output: '10',
  },
  'gpt-5-mini-2025-08-07': {
    billedAs: 'gpt-5-mini-2025-08-07',
    input: '0.25',
    cachedInput: '0.025',
    cacheWrites: '0.3',
    output: '2',
  },
  'gpt-5-nano-2025-08-07': {
    billedAs: 'gpt-5-nano-2025-08-07',
    input: '0.05',
    cachedInput: '0.005',
    cacheWrites: '0.06',
    output: '0.4',
  },
  'gpt-4.1-2025-04-14': {
    billedAs: 'gpt-4.1-2025-04-14',
    input: '2',
    cachedInput: '0.5',
    cacheWrites: '2.4',
    output: '8',
  },
  'gpt-4.1-mini-2025-04-14': {
    billedAs: 'gpt-4.1-mini-2025-04-14',
    input: '0.4',
    cachedInput: '0.1',
    cacheWrites: '0.48',
    output: '1.6',
  },
  'o4-mini-2025-04-16': {
    billedAs: 'o4-mini-2025-04-16',
    input: '1.1',
    cachedInput: '0.275',
    cacheWrites: '1.32',
    output: '4.4',
  },
  'gpt-4o-mini-2024-07-18': {
    billedAs: 'gpt-4o-mini-2024-07-18',
    input: '0.15',
    cachedInput: '0.075',
    cacheWrites: '0.18',
    output: '0.6',
  },
  'ft:gpt-4o-mini-2024-07-18:brightlane:support-tags:Bq7TzR2k': {
    billedAs: 'ft-gpt-4o-mini-2024-07-18',
    input: '0.3',
    cachedInput: '0.15',
    cacheWrites: '0.36',
    output: '1.2',
  },
} as const satisfies Record<string, ModelPrices>;

export type PricedModel = keyof typeof MODEL_PRICES;

/** `standard` is the list price, `batch` half of it, `free` is the evaluations' free quota. */
export type Tariff = 'standard' | 'batch' | 'free';

const UNITS_PER_PRICE: Readonly<Record<Tariff, bigint | null>> = {
  standard: 1_000_000n,
  batch: 2_000_000n,
  free: null,
};

/** The price of one token, exact. */
export function pricePerToken(usdPerMillion: string, tariff: Tariff): Amount {
  const divisor = UNITS_PER_PRICE[tariff];
  return amountOfUnits(divisor === null ? 0n : usd(usdPerMillion) / divisor);
}

/** US dollars as the data of a world writes them; a text that is no amount is a mistake in that data. */
export function usd(text: string): Amount {
  const parsed = parseAmount(text);
  if (!parsed.ok) throw new Error(`The simulation's price ${JSON.stringify(text)} is ${parsed.why}.`);
  return parsed.amount;
}
