// The seam on a real table, by AWS's client: GetItem, Query, PutItem and DeleteItem, nothing else.
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { itemOfWire, type WireItem, wireItemOf } from './attribute-values.ts';
import { dynamoDbError } from './dynamodb-error.ts';
import type { Item, ItemTable, WriteCondition, WriteOutcome } from './item-table.ts';

export function createDynamoDbItemTable(client: DynamoDBClient, tableName: string): ItemTable {
  async function answerOf<Answer>(request: Promise<Answer>): Promise<Answer> {
    try {
      return await request;
    } catch (error) {
      throw dynamoDbError(error, tableName);
    }
  }

  async function outcomeOf(request: Promise<unknown>): Promise<WriteOutcome> {
    try {
      await request;
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'refused';
      throw dynamoDbError(error, tableName);
    }
  }

  return {
    async get(pk, sk, { consistent }) {
      const answer = await answerOf(
        client.send(
          new GetItemCommand({ TableName: tableName, Key: keyOf(pk, sk), ConsistentRead: consistent }),
        ),
      );
      return answer.Item === undefined ? null : itemOfWire(answer.Item);
    },

    async query(pk, { from, to }, { consistent, keysOnly = false }) {
      const items: Item[] = [];
      let after: WireItem | undefined;
      do {
        const page = await answerOf(
          client.send(
            new QueryCommand({
              TableName: tableName,
              KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
              ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: from }, ':to': { S: to } },
              ConsistentRead: consistent,
              ...(keysOnly ? { ProjectionExpression: 'pk, sk' } : {}),
              ...(after === undefined ? {} : { ExclusiveStartKey: after }),
            }),
          ),
        );
        for (const wire of page.Items ?? []) {
          const item = itemOfWire(wire);
          if (item !== null) items.push(item);
        }
        after = page.LastEvaluatedKey;
      } while (after !== undefined);
      return items;
    },

    async put(item, condition) {
      const input = { TableName: tableName, Item: wireItemOf(item), ...conditionOf(condition) };
      return await outcomeOf(client.send(new PutItemCommand(input)));
    },

    async delete(pk, sk, condition) {
      const input = { TableName: tableName, Key: keyOf(pk, sk), ...conditionOf(condition) };
      return await outcomeOf(client.send(new DeleteItemCommand(input)));
    },
  };
}

function keyOf(pk: string, sk: string): WireItem {
  return { pk: { S: pk }, sk: { S: sk } };
}

function conditionOf(condition: WriteCondition) {
  if (condition === 'none') return {};
  if (condition === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { N: String(condition.version) } },
  };
}
