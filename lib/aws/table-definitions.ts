// The three tables, for whoever creates them: all keyed by two strings, none with an index.

export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';

/** What people declared, what OpenAI reported, what was said. */
export const TABLE_ROLES = ['budgets', 'spend', 'ledger'] as const;
export type TableRole = (typeof TABLE_ROLES)[number];

/** Epoch seconds after which DynamoDB may delete an item. `null`: the table's items stay. */
export const EXPIRY_ATTRIBUTES: Readonly<Record<TableRole, 'expiresAt' | null>> = {
  budgets: null,
  spend: 'expiresAt',
  ledger: 'expiresAt',
};
