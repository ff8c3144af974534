// Prints what the deployment of `budget-alerts.config.ts` costs a month at rest, from its own template and list prices.
import { App } from 'aws-cdk-lib';
import { config } from '../budget-alerts.config.ts';
import { OpenAiBudgetAlertsStack } from './stack.ts';

/** us-east-1, in dollars, without any free tier. Look them up for your region. */
const PRICE = {
  alarmMetricMonth: 0.1,
  secretMonth: 0.4,
  lambdaMillionRequests: 0.2,
  lambdaArmGbSecond: 0.0000133334,
  schedulerMillionInvocations: 1,
  dynamoDbMillionReadUnits: 0.125,
  dynamoDbMillionWriteUnits: 0.625,
};
/** Assumed for each run of a function: 256 MB, two cold seconds, 70 read units, 3 write units. */
const RUN = { gb: 0.25, seconds: 2, readUnits: 70, writeUnits: 3 };
const HOURS_A_MONTH = 730;

const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const stack = new OpenAiBudgetAlertsStack(app, config);
const template = app.synth().getStackByName(stack.stackName).template as {
  readonly Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
};
const resources = Object.values(template.Resources);
const propertiesOf = (type: string) =>
  resources.filter((resource) => resource.Type === type).map((resource) => resource.Properties);

const runs = propertiesOf('AWS::Scheduler::Schedule').reduce((sum, { ScheduleExpression }) => {
  const [minutes = '', hours = '*'] = String(ScheduleExpression).replace('cron(', '').split(' ');
  return sum + minutes.split(',').length * (hours === '*' ? HOURS_A_MONTH : HOURS_A_MONTH / 24);
}, 0);
const alarmMetrics = propertiesOf('AWS::CloudWatch::Alarm').reduce((sum, { Metrics }) => {
  return sum + (Array.isArray(Metrics) ? Metrics.filter((metric) => 'MetricStat' in metric).length : 1);
}, 0);
const secrets = config.organizations.length + (config.slack === undefined ? 0 : 1);

const millionRuns = runs / 1_000_000;
const lines: [string, number][] = [
  [`${alarmMetrics} alarm metrics`, alarmMetrics * PRICE.alarmMetricMonth],
  [`${secrets} secrets`, secrets * PRICE.secretMonth],
  [`${Math.round(runs)} scheduled runs`, millionRuns * PRICE.schedulerMillionInvocations],
  [
    'Lambda',
    millionRuns * PRICE.lambdaMillionRequests + runs * RUN.gb * RUN.seconds * PRICE.lambdaArmGbSecond,
  ],
  [
    'DynamoDB',
    millionRuns *
      (RUN.readUnits * PRICE.dynamoDbMillionReadUnits + RUN.writeUnits * PRICE.dynamoDbMillionWriteUnits),
  ],
];
const total = lines.reduce((sum, [, dollars]) => sum + dollars, 0);
for (const [what, dollars] of [...lines, ['a month, at rest', total] as const]) {
  process.stdout.write(`$${dollars.toFixed(2).padStart(6)}  ${what}\n`);
}
