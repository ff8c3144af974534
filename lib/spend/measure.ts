// Measures: what a budget counts, by the name people write in the file.
import { elementAt } from '../lists/element-at.ts';
import { CATALOGUE, type MeasuredField, SPEND_KINDS, type SpendKind, type Unit } from './catalogue.ts';

/** How a row's value follows from other fields where OpenAI does not send it. */
export interface Difference {
  readonly from: string;
  readonly minus: readonly string[];
}

export interface Measure {
  /** `cost`, or `<usage kind>.<OpenAI's field>`. */
  readonly name: string;
  readonly kind: SpendKind;
  /** The result fields that are added up for one row. */
  readonly fields: readonly string[];
  /** Taken where a row has none of `fields`; unknown all the same unless every part of it was sent. */
  readonly otherwise: Difference | null;
  readonly unit: Unit;
  /** A period's value is that of its largest day, not the sum of its days. */
  readonly isLevel: boolean;
  /** The rest of a sentence that begins with the name. */
  readonly definition: string;
}

/** The currency that cost budgets are kept in; the only one OpenAI is known to bill. */
export const BUDGET_CURRENCY = 'usd';

const UNCACHED = 'input_uncached_tokens';
/** OpenAI's own accounting: input = uncached + cached + cache writes. */
const UNCACHED_REST: Difference = {
  from: 'input_tokens',
  minus: ['input_cached_tokens', 'input_cache_write_tokens'],
};

export const MEASURES: ReadonlyMap<string, Measure> = new Map(
  SPEND_KINDS.flatMap(measuresOf).map((measure) => [measure.name, measure]),
);

/** What a budget counts if it does not say: dollars, of which OpenAI's answers have one field. */
export const COST: Measure = elementAt(measuresOfKind('costs'), 0);

/** At least one. */
export function measuresOfKind(kind: SpendKind): Measure[] {
  return [...MEASURES.values()].filter((measure) => measure.kind === kind);
}

function measuresOf(kind: SpendKind): Measure[] {
  const fields = Object.entries(CATALOGUE[kind].measures);
  const measures = fields.map(([field, measured]) => measureOf(kind, field, measured));
  const has = (wanted: string) => fields.some(([field]) => field === wanted);
  return has('input_tokens') && has('output_tokens') ? [...measures, totalTokens(kind)] : measures;
}

function measureOf(kind: SpendKind, field: string, { unit, definition, isLevel }: MeasuredField): Measure {
  return {
    name: kind === 'costs' ? 'cost' : `${kind}.${field}`,
    kind,
    fields: [field],
    otherwise: field === UNCACHED ? UNCACHED_REST : null,
    unit,
    isLevel,
    definition,
  };
}

/** Derived: input holds cached tokens already, output holds reasoning tokens. */
function totalTokens(kind: SpendKind): Measure {
  return {
    name: `${kind}.total_tokens`,
    kind,
    fields: ['input_tokens', 'output_tokens'],
    otherwise: null,
    unit: 'tokens',
    isLevel: false,
    definition: 'input and output tokens together',
  };
}
