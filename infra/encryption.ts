// A customer's keys: what the roles need to work with what they encrypt, and what the keys must let AWS's services do.
import { Annotations, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** A role can use a key only by way of a table, topic or queue that it may use anyhow. Nothing without keys. */
export function useKeys(scope: Construct, keys: readonly IKey[]): PolicyStatement[] {
  if (keys.length === 0) return [];
  const { region } = Stack.of(scope);
  return [
    new PolicyStatement({
      sid: 'UseKeys',
      actions: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      resources: [...new Set(keys.map(({ keyArn }) => keyArn))],
      conditions: {
        StringEquals: {
          'kms:ViaService': ['dynamodb', 'sns', 'sqs'].map((service) => `${service}.${region}.amazonaws.com`),
        },
      },
    }),
  ];
}

/**
 * Alarms publish to the operations topic, and SNS puts what it cannot deliver into the queue: both as themselves, not
 * under a role of ours. Without this an alarm is mute, and only its history says so.
 */
export function letServicesUse(scope: Construct, key: IKey): void {
  const statement = new PolicyStatement({
    sid: 'LetAlarmsAndTopicsPassOnBudgetAlerts',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com'), new ServicePrincipal('sns.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
  if (key.addToResourcePolicy(statement, true).statementAdded) return;
  Annotations.of(scope).addWarningV2(
    'openai-budget-alerts:key-policy',
    'The encryption key is not made in this app, so its policy cannot be changed here. Let cloudwatch.amazonaws.com and ' +
      'sns.amazonaws.com do kms:Decrypt and kms:GenerateDataKey* with it, or no alarm can speak.',
  );
}
