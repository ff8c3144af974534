// What each function may do, written by hand: one statement for each thing, naming the calls that the code makes.
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { AdminKeyAccess } from './admin-keys.ts';
import type { Tables } from './tables.ts';

/** GetItem: a write that was refused is read back. */
const READ_AND_PUT = ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem'] as const;

/** Whoever may do this may raise a limit or silence a budget: one trust, which cannot be divided. */
export const MANAGE_BUDGETS = [...READ_AND_PUT, 'dynamodb:DeleteItem'] as const;

/** Reads the budgets to know what to ask OpenAI for. That it cannot write them is what keeps a leaked key from muting alerts. */
export function collectStatements(tables: Tables, adminKeys: AdminKeyAccess): PolicyStatement[] {
  return [
    allow('ReadBudgets', ['dynamodb:Query'], tables.budgets.tableArn),
    allow(
      'KeepSpend',
      // A root or the names; the keys of a dataset's parts; parts and root; parts that a newer version has superseded.
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      tables.spend.tableArn,
    ),
    ...adminKeys.statements,
  ];
}

/** Holds no secret and changes nothing but the ledger, from which nothing is ever deleted. */
export function checkStatements(
  tables: Tables,
  messageTopics: readonly ITopic[],
  operationsTopic: ITopic,
): PolicyStatement[] {
  return [
    allow('ReadBudgets', ['dynamodb:Query'], tables.budgets.tableArn),
    // GetItem: the names of projects.
    allow('ReadSpend', ['dynamodb:GetItem', 'dynamodb:Query'], tables.spend.tableArn),
    allow(
      'KeepLedger',
      // Latches that are open; one that was refused to be written, read back; claims and outcomes.
      ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem'],
      tables.ledger.tableArn,
    ),
    // The attributes say whether anybody has confirmed a subscription: before that, nothing is claimed.
    allow('Announce', ['sns:GetTopicAttributes', 'sns:Publish'], ...arnsOf(messageTopics)),
    allow('TellOperations', ['sns:GetTopicAttributes', 'sns:Publish'], operationsTopic.topicArn),
  ];
}

/** Looks at everything and changes only what operations were told. */
export function heartbeatStatements(
  tables: Tables,
  alertsTopic: ITopic,
  routeTopics: readonly ITopic[],
  operationsTopic: ITopic,
): PolicyStatement[] {
  return [
    allow('ReadBudgets', ['dynamodb:Query'], tables.budgets.tableArn),
    // When the admin key expires, and whether reading takes too long, which the collectors learn.
    allow('ReadKeyExpiry', ['dynamodb:GetItem'], tables.spend.tableArn),
    allow(
      'KeepLedger',
      // All of it; a notice that was refused to be written, read back, and a memo to be claimed; notices and memos.
      ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem'],
      tables.ledger.tableArn,
    ),
    allow('SeeWhoListens', ['sns:GetTopicAttributes'], alertsTopic.topicArn, ...arnsOf(routeTopics)),
    // Weekly, the way that alerts go.
    allow('SignOfLife', ['sns:Publish'], alertsTopic.topicArn),
    allow('TellOperations', ['sns:GetTopicAttributes', 'sns:Publish'], operationsTopic.topicArn),
  ];
}

/** Reads everything, and remembers that it is being sent. */
export function digestStatements(tables: Tables, messageTopics: readonly ITopic[]): PolicyStatement[] {
  return [
    allow('ReadBudgets', ['dynamodb:Query'], tables.budgets.tableArn),
    // GetItem: the names of projects.
    allow('ReadSpend', ['dynamodb:GetItem', 'dynamodb:Query'], tables.spend.tableArn),
    // What was said; the memo of a digest before it is written, or after that was refused; that memo.
    allow('KeepLedger', ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem'], tables.ledger.tableArn),
    allow('Summarize', ['sns:GetTopicAttributes', 'sns:Publish'], ...arnsOf(messageTopics)),
  ];
}

export function amazonQStatements(topic: ITopic): PolicyStatement[] {
  // The attributes say whether a channel is connected: what is published before that, nobody ever sees.
  return [allow('HandOn', ['sns:GetTopicAttributes', 'sns:Publish'], topic.topicArn)];
}

export function webhookStatements(webhookSecretArn: string): PolicyStatement[] {
  return [allow('ReadWebhook', ['secretsmanager:GetSecretValue'], webhookSecretArn)];
}

/** What was declared, read and written; taken away only where a deployment says that it prunes. */
export function seedStatements(tables: Tables, prunes: boolean): PolicyStatement[] {
  const prune = prunes ? [allow('PruneBudgets', ['dynamodb:DeleteItem'], tables.budgets.tableArn)] : [];
  return [allow('KeepBudgets', [...READ_AND_PUT], tables.budgets.tableArn), ...prune];
}

function arnsOf(topics: readonly ITopic[]): string[] {
  return topics.map(({ topicArn }) => topicArn);
}

function allow(sid: string, actions: string[], ...resources: string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions, resources });
}
