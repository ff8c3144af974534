// The three tables, as `lib/aws/table-definitions.ts` defines them, kept safe from loss.
import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type ITable, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { EXPIRY_ATTRIBUTES, PARTITION_KEY, SORT_KEY, type TableRole } from '../lib/aws/table-definitions.ts';

/** CDK's own Table is no ITable where optional properties are taken exactly. */
export type Tables = Readonly<Record<TableRole, ITable | Table>>;

interface TableProps {
  /** Taken instead of new ones. */
  readonly existing: Partial<Tables>;
  readonly encryptionKey: IKey | undefined;
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
  const { existing, ...own } = props;
  return {
    budgets: existing.budgets ?? createTable(scope, 'budgets', own),
    spend: existing.spend ?? createTable(scope, 'spend', own),
    ledger: existing.ledger ?? createTable(scope, 'ledger', own),
  };
}

/**
 * Point-in-time recovery on Spend too, although OpenAI could be asked again: it costs cents, and the months before a
 * budget's period are asked for by nobody.
 */
function createTable(
  scope: Construct,
  role: TableRole,
  { encryptionKey, ...props }: Omit<TableProps, 'existing'>,
): Table {
  const expiryAttribute = EXPIRY_ATTRIBUTES[role];
  return new Table(scope, CONSTRUCT_IDS[role], {
    partitionKey: { name: PARTITION_KEY, type: AttributeType.STRING },
    sortKey: { name: SORT_KEY, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    ...(expiryAttribute === null ? {} : { timeToLiveAttribute: expiryAttribute }),
    // Both ways a change in place: the data stays.
    ...(encryptionKey && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
    ...props,
  });
}
