// Examines one of the tables: is it there and ready, with the right keys, and does it forget what it should.
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { shellWord } from '../notify/shell-command.ts';
import { type Finding, finding, fine } from '../run/finding.ts';
import { dynamoDbError } from './dynamodb-error.ts';
import { isNotAllowed } from './refused-call.ts';
import { EXPIRY_ATTRIBUTES, PARTITION_KEY, SORT_KEY, type TableRole } from './table-definitions.ts';

export interface TableToExamine {
  readonly role: TableRole;
  readonly tableName: string;
  readonly client: DynamoDBClient;
}

const KEYS = `${PARTITION_KEY} HASH S, ${SORT_KEY} RANGE S`;

/** UPDATING: it serves requests meanwhile. */
const READY = new Set(['ACTIVE', 'UPDATING']);

/** @throws BudgetAlertsError `state-unavailable` */
export async function examineTable(examined: TableToExamine): Promise<Finding[]> {
  const { role, tableName, client } = examined;
  const check = `table.${role}`;
  try {
    const { Table: table = {} } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    const unready = tableFault(check, tableName, table);
    if (unready !== null) return [unready];
    const recovery = await recoveryText(examined);
    return [
      fine(check, `The table ${tableName} is ${table.TableStatus}${recovery}.`),
      ...(await expiryFindings(check, examined)),
    ];
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return [missing(check, tableName)];
    if (isNotAllowed(error)) return [notAllowed(check, tableName, 'dynamodb:DescribeTable')];
    throw dynamoDbError(error, tableName);
  }
}

function missing(check: string, tableName: string): Finding {
  const table = shellWord(tableName);
  return finding(
    check,
    'failed',
    `There is no table ${tableName} in this account and region.`,
    'See that AWS_REGION and the credentials are those of the stack. If it was deleted, a deployment does not make it ' +
      `anew: restore its last backup under the same name (aws dynamodb list-backups --backup-type ALL --table-name ${table}; ` +
      `aws dynamodb restore-table-from-backup --target-table-name ${table} --backup-arn …).`,
  );
}

function tableFault(check: string, tableName: string, table: TableDescription): Finding | null {
  const { TableStatus: status = 'unknown' } = table;
  if (!READY.has(status)) {
    return finding(
      check,
      'failed',
      `The table ${tableName} is ${status}.`,
      status === 'INACCESSIBLE_ENCRYPTION_CREDENTIALS'
        ? 'Enable its KMS key again, and allow DynamoDB to use it.'
        : 'Look again in some minutes; if it stays so, see the table in the DynamoDB console.',
    );
  }
  const keys = keysOf(table);
  if (keys === KEYS) return null;
  return finding(
    check,
    'failed',
    `The table ${tableName} has the keys ${keys}, not ${KEYS}.`,
    "It is another program's table: see that the stack's outputs name the right ones, and deploy the stack again.",
  );
}

function keysOf({ KeySchema = [], AttributeDefinitions = [] }: TableDescription): string {
  return KeySchema.map(({ AttributeName: name, KeyType }) => {
    const type = AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
    return `${name} ${KeyType} ${type}`;
  }).join(', ');
}

async function expiryFindings(
  tableCheck: string,
  { role, tableName, client }: TableToExamine,
): Promise<Finding[]> {
  const attribute = EXPIRY_ATTRIBUTES[role];
  if (attribute === null) return [];
  const check = `${tableCheck}.ttl`;
  try {
    const command = new DescribeTimeToLiveCommand({ TableName: tableName });
    const { TimeToLiveDescription: ttl = {} } = await client.send(command);
    const isOn = ttl.TimeToLiveStatus === 'ENABLED' || ttl.TimeToLiveStatus === 'ENABLING';
    if (isOn && ttl.AttributeName === attribute) return [fine(check, `It forgets by ${attribute}.`)];
    const seen = isOn
      ? `forgets by ${ttl.AttributeName}, not by ${attribute}`
      : 'forgets nothing (TTL is off)';
    // Another attribute has to be switched off first; DynamoDB takes up to an hour for each.
    const fix = `aws dynamodb update-time-to-live --table-name ${shellWord(tableName)} --time-to-live-specification`;
    const off = isOn ? `${fix} Enabled=false,AttributeName=${ttl.AttributeName}, an hour later ` : '';
    return [
      finding(
        check,
        'warning',
        `The table ${tableName} ${seen}: it grows for ever.`,
        `${off}${fix} Enabled=true,AttributeName=${attribute}`,
      ),
    ];
  } catch (error) {
    if (isNotAllowed(error)) return [notAllowed(check, tableName, 'dynamodb:DescribeTimeToLive')];
    throw dynamoDbError(error, tableName);
  }
}

/** Worth a word and never a failure: the tables work without. */
async function recoveryText({ tableName, client }: TableToExamine): Promise<string> {
  try {
    const command = new DescribeContinuousBackupsCommand({ TableName: tableName });
    const { ContinuousBackupsDescription: backups } = await client.send(command);
    const status = backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    if (status === undefined) return '';
    return `, point-in-time recovery ${status === 'ENABLED' ? 'on' : 'off'}`;
  } catch {
    return '';
  }
}

function notAllowed(check: string, tableName: string, action: string): Finding {
  return finding(
    check,
    'skipped',
    `You may not look at the table ${tableName}.`,
    `Run this as somebody who may ${action} on it.`,
  );
}
