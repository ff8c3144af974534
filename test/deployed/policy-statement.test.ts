// Policies as IAM reads them: Deny before Allow, patterns, and conditions that fail where nothing is known.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type AccessRequest, allows, policyDocumentSchema } from './policy-statement.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/Ledger';
const request: AccessRequest = {
  action: 'dynamodb:PutItem',
  resource: TABLE,
  context: { 'aws:SecureTransport': ['true'], 'aws:SourceArn': ['arn:aws:sns:us-east-1:0:alerts'] },
};
const allow = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE };

function decided(...statements: unknown[]): boolean {
  return allows(v.parse(policyDocumentSchema, { Statement: statements }).Statement, request);
}

describe('a policy', () => {
  it.each([
    ['without statements', [], false],
    ['that allows the very call', [allow], true],
    ['that allows another action', [{ ...allow, Action: 'dynamodb:GetItem' }], false],
    ['that allows one of several', [{ ...allow, Action: ['dynamodb:GetItem', 'dynamodb:PutItem'] }], true],
    ['with a pattern of actions, in any case', [{ ...allow, Action: 'DynamoDB:Put*' }], true],
    ['with a pattern of resources', [{ ...allow, Resource: 'arn:aws:dynamodb:*:table/Led???' }], true],
    ['with a pattern that is too short', [{ ...allow, Resource: 'arn:aws:dynamodb:*:table/Led??' }], false],
    ['in which a dot is a dot', [{ ...allow, Resource: TABLE.replace('L', '.') }], false],
    ['that denies what it allows', [allow, { Effect: 'Deny', Action: '*', Resource: '*' }], false],
    [
      'that denies what does not come by TLS',
      [allow, { Effect: 'Deny', Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      true,
    ],
    [
      'that allows on behalf of the right source',
      [{ ...allow, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:alerts' } } }],
      true,
    ],
    [
      'that allows on behalf of another source',
      [{ ...allow, Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:0:other' } } }],
      false,
    ],
    [
      'with a condition on what is not known',
      [{ ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '0' } } }],
      false,
    ],
  ])('%s', (_, statements, allowed) => {
    expect(decided(...statements)).toBe(allowed);
  });

  it.each([
    { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
    { ...allow, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
  ])('is refused rather than misread: %j', (statement) => {
    expect(() => decided(statement)).toThrow();
  });
});
