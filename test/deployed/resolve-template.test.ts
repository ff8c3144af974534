// Templates resolved as CloudFormation would: every intrinsic function, and an error for whatever is not known.
import { describe, expect, it } from 'vitest';
import { type ResolvedStack, resolveTemplate } from './resolve-template.ts';
import { parseTemplate } from './template.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:Demo-Topic';

function resolved(value: unknown): ResolvedStack {
  const template = {
    Parameters: { Stage: { Type: 'String', Default: 'prod' } },
    Conditions: {
      IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    },
    Resources: {
      Topic: { Type: 'AWS::SNS::Topic' },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': `letters-\${Stage}` } } },
      Holder: { Type: 'Custom::Holder', Properties: { value } },
      TestOnly: { Type: 'AWS::SNS::Topic', Condition: 'IsTest' },
    },
    Outputs: { Topic: { Value: { Ref: 'Topic' } } },
  };
  return resolveTemplate(parseTemplate(JSON.stringify(template)), 'Demo');
}

function resolvedValue(value: unknown): unknown {
  return resolved(value).resources.find(({ logicalId }) => logicalId === 'Holder')?.properties.value;
}

describe('a template', () => {
  it.each([
    [{ Ref: 'Topic' }, TOPIC],
    [{ 'Fn::GetAtt': ['Topic', 'TopicName'] }, 'Demo-Topic'],
    [{ 'Fn::GetAtt': 'Queue.Arn' }, 'arn:aws:sqs:us-east-1:000000000000:letters-prod'],
    [{ Ref: 'Queue' }, 'https://sqs.us-east-1.amazonaws.com/000000000000/letters-prod'],
    [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam']] }, 'arn:aws:iam'],
    [{ 'Fn::Sub': `\${AWS::Region}/\${Queue.QueueName}/\${!kept}` }, `us-east-1/letters-prod/\${kept}`],
    [{ 'Fn::Sub': [`\${a}-\${Stage}`, { a: { Ref: 'AWS::AccountId' } }] }, '000000000000-prod'],
    [{ 'Fn::Select': [5, { 'Fn::Split': [':', { Ref: 'Topic' }] }] }, 'Demo-Topic'],
    [{ 'Fn::If': ['IsProd', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['IsTest', 'yes', 'no'] }, 'no'],
    [{ kept: 1, dropped: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
    [['kept', { Ref: 'AWS::NoValue' }], ['kept']],
    [{ Condition: { StringEquals: { a: 'b' } } }, { Condition: { StringEquals: { a: 'b' } } }],
  ])('resolves %j', (value, expected) => {
    expect(resolvedValue(value)).toEqual(expected);
  });

  it.each([
    { Ref: 'Missing' },
    { Ref: 'Holder' },
    { Ref: 'TestOnly' },
    { 'Fn::GetAtt': ['Topic', 'Missing'] },
    { 'Fn::ImportValue': 'elsewhere' },
    { 'Fn::If': ['Missing', 'yes', 'no'] },
    { 'Fn::Select': [9, ['one']] },
  ])('does not guess at %j', (value) => {
    expect(() => resolvedValue(value)).toThrow();
  });

  it('has the resources whose condition holds, and outputs', () => {
    const { resources, outputs } = resolved('');
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Topic', 'Queue', 'Holder']);
    expect(outputs).toEqual({ Topic: TOPIC });
  });
});
