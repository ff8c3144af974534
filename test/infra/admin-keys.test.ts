// Which admin keys the collectors may read: each by its own ARN, up to eighty, within what IAM takes.
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { listOf, type Statement } from './iam-policy.ts';
import { type Properties, type Synthesized, synthesizedConstructs } from './synthesized.ts';

const SECRETS = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret';
/** Of IAM's documentation: of all inline policies of a role, of a managed policy, and of those on a role. */
const LIMITS = { inline: 10_240, managed: 6_144, attached: 10 };

function withSecrets(secretsIn: (scope: Construct) => ISecret[]): Synthesized {
  return synthesizedConstructs((scope) => ({
    organizations: secretsIn(scope).map((adminKey, position) => ({ id: `org-${position}`, adminKey })),
  }));
}

/** Of the same app. */
function made(scope: Construct, encryptionKey?: Key): ISecret {
  const key = encryptionKey === undefined ? {} : { encryptionKey };
  const { secretArn: secretCompleteArn } = new Secret(scope, 'Made', key);
  return Secret.fromSecretAttributes(scope, 'Known', { secretCompleteArn, ...key });
}

function statementsFor(role: string, { ofType }: Synthesized): Statement[] {
  const found = ofType('AWS::IAM::Role').find(({ logicalId }) => logicalId === `Alerts0${role}`);
  const inline = found?.properties.Policies.map(({ PolicyDocument }: Properties) => PolicyDocument) ?? [];
  const attached = listOf<string>(found?.properties.ManagedPolicyArns).map((id) => {
    const policy = ofType('AWS::IAM::ManagedPolicy').find(({ logicalId }) => logicalId === id);
    return policy?.properties.PolicyDocument;
  });
  return [...inline, ...attached].flatMap(({ Statement: statements }) => statements);
}

function readable(role: string, synthesized: Synthesized): string[] {
  return statementsFor(role, synthesized)
    .filter(({ Action }) => listOf(Action).includes('secretsmanager:GetSecretValue'))
    .flatMap(({ Resource }) => listOf(Resource));
}

describe('the admin keys', () => {
  it('are told to a collect by its schedule and named in the role, however they are known', () => {
    const arn = `${SECRETS}:elsewhere/key-AbCdEf`;
    const synthesized = withSecrets((scope) => [
      Secret.fromSecretNameV2(scope, 'ByName', 'by/name'),
      Secret.fromSecretCompleteArn(scope, 'ByArn', arn),
      made(scope),
    ]);
    for (const role of ['CollectUsageRole', 'CollectCostsRole']) {
      expect(readable(role, synthesized)).toEqual([`${SECRETS}:by/name-??????`, arn, 'Props0Made']);
    }
    const told = synthesized
      .ofType('AWS::Scheduler::Schedule')
      .filter(({ properties }) => properties.Target.Arn === 'Alerts0CollectCosts.Arn')
      .map(({ properties }) => JSON.parse(properties.Target.Input).adminKeySecretId);
    expect(told).toEqual(['by/name', arn, 'Props0Made']);
  });

  it('are decrypted by way of Secrets Manager alone where they have a key of their own', () => {
    const synthesized = withSecrets((scope) => [made(scope, new Key(scope, 'Key'))]);
    expect(statementsFor('CollectCostsRole', synthesized)).toContainEqual({
      Sid: 'DecryptAdminKeys',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: 'Props0Key.Arn',
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
    });
  });

  it.each([
    { kind: 'short names', characters: 30 },
    { kind: 'the longest names', characters: 512 },
  ])('of eighty organizations with $kind fit, each still by its own ARN', ({ characters }) => {
    const names = Array.from({ length: 80 }, (_, position) => `k${position}-`.padEnd(characters, 'x'));
    const synthesized = withSecrets((scope) =>
      names.map((name) => Secret.fromSecretNameV2(scope, name.slice(0, 4), name)),
    );
    for (const role of ['CollectUsageRole', 'CollectCostsRole']) {
      expect(readable(role, synthesized)).toEqual(names.map((name) => `${SECRETS}:${name}-??????`));
    }
    const policies = synthesized.ofType('AWS::IAM::ManagedPolicy').map(({ properties }) => properties);
    expect(policies.length).toBeGreaterThan(0);
    expect(policies.length).toBeLessThanOrEqual(LIMITS.attached);
    const sizes = policies.map(({ PolicyDocument }) => JSON.stringify(PolicyDocument).length);
    expect(Math.max(...sizes)).toBeLessThan(LIMITS.managed);
    expect(synthesized.resources.length).toBeLessThan(450);
  });

  it.each([1, 40, 60])(
    'of %d organizations are in the role itself or beside it, within its room',
    (count) => {
      const synthesized = withSecrets((scope) =>
        Array.from({ length: count }, (_, position) =>
          Secret.fromSecretNameV2(scope, `Key${position}`, `openai-budget-alerts/organization-${position}`),
        ),
      );
      const role = synthesized
        .ofType('AWS::IAM::Role')
        .find(({ logicalId }) => logicalId === 'Alerts0CollectCostsRole');
      expect(JSON.stringify(role?.properties.Policies).length).toBeLessThan(LIMITS.inline);
      expect(readable('CollectCostsRole', synthesized)).toHaveLength(count);
    },
  );
});
