// The three tables, as `lib/aws/table-definitions.ts` defines them, kept safe from loss.
import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { EXPIRY_ATTRIBUTES, PARTITION_KEY, SORT_KEY, type TableRole } from '../lib/aws/table-definitions.ts';

export type Tables = Readonly<Record<TableRole, Table>>;

interface TableProps {
  readonly removalPolicy: RemovalPolicy;
  readonly deletionProtection: boolean;
}

/** Another construct id is another, empty table: a test pins them. */
const CONSTRUCT_IDS: Readonly<Record<TableRole, string>> = {
  budgets: 'BudgetsTable',
  spend: 'SpendTable',
  ledger: 'LedgerTable',
};

export function createTables(scope: Construct, props: TableProps): Tables {
  return {
    budgets: createTable(scope, 'budgets', props),
    spend: createTable(scope, 'spend', props),
    ledger: createTable(scope, 'ledger', props),
  };
}

/**
 * Point-in-time recovery on Spend too, although OpenAI could be asked again: it costs cents, and the months before a
 * budget's period are asked for by nobody.
 */
function createTable(scope: Construct, role: TableRole, props: TableProps): Table {
  const expiryAttribute = EXPIRY_ATTRIBUTES[role];
  return new Table(scope, CONSTRUCT_IDS[role], {
    partitionKey: { name: PARTITION_KEY, type: AttributeType.STRING },
    sortKey: { name: SORT_KEY, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    ...(expiryAttribute === null ? {} : { timeToLiveAttribute: expiryAttribute }),
    ...props,
  });
}
