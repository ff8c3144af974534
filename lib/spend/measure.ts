// Measures: what a budget counts, by the name people write in the file.
import { CATALOGUE, SPEND_KINDS, type SpendKind, type Unit } from './catalogue.ts';

export interface Measure {
  /** `cost`, or `<usage kind>.<OpenAI's field>`. */
  readonly name: string;
  readonly kind: SpendKind;
  /** The result fields that are added up for one row. */
  readonly fields: readonly string[];
  readonly unit: Unit;
}

/** The currency that cost budgets are kept in; the only one OpenAI is known to bill. */
export const BUDGET_CURRENCY = 'usd';

/** `total_tokens` is derived: input holds cached tokens already, output holds reasoning tokens. */
export const MEASURES: ReadonlyMap<string, Measure> = new Map(
  SPEND_KINDS.flatMap((kind): Measure[] => {
    if (kind === 'costs') return [{ name: 'cost', kind, fields: ['amount'], unit: 'usd' }];
    const fields = Object.entries(CATALOGUE[kind].measures);
    const total: Measure = {
      name: `${kind}.total_tokens`,
      kind,
      fields: ['input_tokens', 'output_tokens'],
      unit: 'tokens',
    };
    return [
      ...fields.map(([field, unit]) => ({ name: `${kind}.${field}`, kind, fields: [field], unit })),
      total,
    ];
  }).map((measure) => [measure.name, measure]),
);
