// The seam to one DynamoDB table: single-item operations only, so that every DynamoDB there is can carry the stores.

export type AttributeValue = string | number | Uint8Array | readonly string[];

/** `pk` and `sk` are the item's key. Attributes of any other kind than these are not read. */
export interface Item {
  readonly pk: string;
  readonly sk: string;
  readonly [attribute: string]: AttributeValue;
}

/** `absent`: no item has this key. `{ version }`: the stored item's attribute `version` has this value. */
export type WriteCondition = 'none' | 'absent' | { readonly version: number };

/**
 * `refused`: the condition did not hold. The client repeats a write whose answer was lost and is then refused by its own
 * first attempt, so whoever is refused reads the item back before believing that somebody else was faster.
 */
export type WriteOutcome = 'written' | 'refused';

/** Both inclusive, compared by UTF-8 bytes; `from` is not above `to`. */
export interface SortKeyRange {
  readonly from: string;
  readonly to: string;
}

export interface ReadOptions {
  /** An eventually consistent read costs half and may show an older state of any item. */
  readonly consistent: boolean;
}

export interface QueryOptions extends ReadOptions {
  /** The items then have no attributes but their key. */
  readonly keysOnly?: boolean;
}

/** Every method fails with BudgetAlertsError `state-unavailable` where the table cannot be used at all. */
export interface ItemTable {
  get(pk: string, sk: string, options: ReadOptions): Promise<Item | null>;
  /** All items of the range in the order of their sort keys. Items are read one after the other: no snapshot. */
  query(pk: string, range: SortKeyRange, options: QueryOptions): Promise<readonly Item[]>;
  /** Replaces the whole item. */
  put(item: Item, condition: WriteCondition): Promise<WriteOutcome>;
  /** An item that is absent is deleted all the same, unless the condition asks for a version. */
  delete(pk: string, sk: string, condition: WriteCondition): Promise<WriteOutcome>;
}
