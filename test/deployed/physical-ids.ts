// What `Ref` and `Fn::GetAtt` give for each kind of resource, as CloudFormation's reference of that kind says.

export const REGION = 'us-east-1';
/** The account that fauxqs puts into its ARNs; there is no choosing another. */
export const ACCOUNT_ID = '000000000000';

export interface PhysicalId {
  readonly ref: string;
  /** `null` where nothing of this kind has one. */
  readonly arn: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Kind {
  /** Names the resource; without it CloudFormation makes a name up. */
  readonly nameProperty: string;
  /** Part of the id too, if it is there. */
  readonly parentProperty?: string;
  idOf(name: string, parent: string): PhysicalId;
}

export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;
}

function named(service: string, prefix: string): (name: string) => PhysicalId {
  return (name) => {
    const arn = arnOf(service, `${prefix}${name}`);
    return { ref: name, arn, attributes: { Arn: arn } };
  };
}

const TABLE: Kind = { nameProperty: 'TableName', idOf: named('dynamodb', 'table/') };

const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::DynamoDB::Table': TABLE,
  'AWS::DynamoDB::GlobalTable': TABLE,
  'AWS::Lambda::Function': { nameProperty: 'FunctionName', idOf: named('lambda', 'function:') },
  'AWS::CloudWatch::Alarm': { nameProperty: 'AlarmName', idOf: named('cloudwatch', 'alarm:') },
  'AWS::Scheduler::ScheduleGroup': { nameProperty: 'Name', idOf: named('scheduler', 'schedule-group/') },
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    parentProperty: 'GroupName',
    idOf: (name, group) => {
      const arn = arnOf('scheduler', `schedule/${group || 'default'}/${name}`);
      return { ref: name, arn, attributes: { Arn: arn } };
    },
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    idOf: (name) => {
      const arn = arnOf('logs', `log-group:${name}:*`);
      return { ref: name, arn, attributes: { Arn: arn } };
    },
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    idOf: (name) => {
      const arn = arnOf('sns', name);
      return { ref: arn, arn, attributes: { TopicArn: arn, TopicName: name } };
    },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    idOf: (name) => {
      const arn = arnOf('sqs', name);
      const url = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT_ID}/${name}`;
      return { ref: url, arn, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
    },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    idOf: (name) => {
      const arn = `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;
      return { ref: name, arn, attributes: { Arn: arn } };
    },
  },
};

export function kindOf(type: string): Kind | null {
  return KINDS[type] ?? null;
}
