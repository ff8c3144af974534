// What the collectors may read of Secrets Manager: each organization's admin key by its own ARN, and nothing else.
import { Stack, Token } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { OrganizationProps } from './organizations.ts';
import { secretIds } from './secrets.ts';

export interface AdminKeyAccess {
  /** For the role itself. */
  readonly statements: readonly PolicyStatement[];
  /** For what a role has no room for; both collectors share them. */
  readonly managedPolicies: readonly ManagedPolicy[];
}

/** IAM: all inline policies of a role have 10,240 characters; some 1,500 are for what a collector does besides. */
const MAX_INLINE_CHARACTERS = 7_500;
/** IAM: a managed policy has 6,144 characters, and a role takes ten of them. */
const MAX_MANAGED_CHARACTERS = 5_800;
/** `arn:aws-us-gov:secretsmanager:us-gov-east-1:111122223333:secret:` and the quotes around it all. */
const ARN_CHARACTERS = 70;
/** Of a name that CloudFormation makes up or somebody passes as a parameter: nobody knows it before the deployment. */
const UNKNOWN_NAME_CHARACTERS = 150;

/** Exact up to eighty secrets with names of any length: no wildcard lets a collector read what is not its own. */
export function adminKeyAccess(
  scope: Construct,
  organizations: readonly OrganizationProps[],
): AdminKeyAccess {
  const secretArns = new Map(
    organizations.map(({ adminKey }) => [secretIds(adminKey).arn, sizeOf(adminKey.secretName)]),
  );
  const keyArns = new Map(
    organizations.flatMap(({ adminKey: { encryptionKey } }) =>
      encryptionKey === undefined ? [] : [[encryptionKey.keyArn, sizeOf(encryptionKey.keyId)]],
    ),
  );
  const read = (resources: string[]) =>
    new PolicyStatement({ sid: 'ReadAdminKeys', actions: ['secretsmanager:GetSecretValue'], resources });
  const decrypt = (resources: string[]) =>
    new PolicyStatement({
      sid: 'DecryptAdminKeys',
      actions: ['kms:Decrypt'],
      resources,
      conditions: {
        StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(scope).region}.amazonaws.com` },
      },
    });
  const total = sum([...secretArns.values(), ...keyArns.values()]);
  if (total <= MAX_INLINE_CHARACTERS) {
    const keys = [...keyArns.keys()];
    return {
      statements: [read([...secretArns.keys()]), ...(keys.length === 0 ? [] : [decrypt(keys)])],
      managedPolicies: [],
    };
  }
  const statements = [...inParts(secretArns).map(read), ...inParts(keyArns).map(decrypt)];
  return {
    statements: [],
    managedPolicies: statements.map((statement, position) => {
      return new ManagedPolicy(scope, `AdminKeys${position}`, {
        description: 'Admin keys of OpenAI organizations, for the functions that read their spend',
        statements: [statement],
      });
    }),
  };
}

function sizeOf(name: string): number {
  return (
    ARN_CHARACTERS + (Token.isUnresolved(name) ? UNKNOWN_NAME_CHARACTERS : name.length + '-??????",'.length)
  );
}

function inParts(arns: ReadonlyMap<string, number>): string[][] {
  const parts: string[][] = [];
  let room = 0;
  for (const [arn, size] of arns) {
    if (size > room) {
      parts.push([]);
      room = MAX_MANAGED_CHARACTERS;
    }
    parts.at(-1)?.push(arn);
    room -= size;
  }
  return parts;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
