// What a deployment costs a month with so many budgets: measured units of DynamoDB at list prices.
import { METRICS } from '../../lib/aws/deployment-names.ts';
import { measuredRuns, type RunName } from './measured-runs.ts';

/** us-east-1, in dollars, without any free tier. Look them up for your region. */
const PRICE = {
  alarmMetricMonth: 0.1,
  secretMonth: 0.4,
  lambdaMillionRequests: 0.2,
  lambdaArmGbSecond: 0.0000133334,
  schedulerMillionInvocations: 1,
  dynamoDbMillionReadUnits: 0.125,
  dynamoDbMillionWriteUnits: 0.625,
  dashboardMonth: 3,
  metricMonth: 0.3,
  logGigabyte: 0.5,
};
const HOURS_A_MONTH = 730;
/** By the template's schedules. */
const RUNS_A_MONTH: Readonly<Record<RunName, number>> = {
  'collect-costs': HOURS_A_MONTH,
  'collect-usage': HOURS_A_MONTH * 4,
  check: HOURS_A_MONTH * 4,
  heartbeat: HOURS_A_MONTH / 24,
};
/** Not measured here: assumed of each run, with 256 MB. */
const LAMBDA_SECONDS = 2;
const LAMBDA_GB = 0.25;
const ALARM_METRICS = 4;
/** Not measured either: what a check adds to its line for the dashboard, with ten projects. */
const MEASUREMENT_BYTES = 1_500;

export const COST_LINES = [
  'Alarms and secret',
  'Scheduler',
  'Lambda',
  'DynamoDB',
  'A month',
  'With `dashboard`',
] as const;

export type MonthlyCost = Readonly<Record<(typeof COST_LINES)[number], number>>;

/** In dollars, of one organization. */
export async function monthlyCost(budgets: number): Promise<MonthlyCost> {
  const { units } = await measuredRuns(budgets);
  const runs = Object.entries(RUNS_A_MONTH) as [RunName, number][];
  const total = runs.reduce((sum, [, count]) => sum + count, 0);
  const dynamo = runs.reduce((sum, [name, count]) => {
    const { readUnits, writeUnits } = units[name];
    const each = readUnits * PRICE.dynamoDbMillionReadUnits + writeUnits * PRICE.dynamoDbMillionWriteUnits;
    return sum + (count * each) / 1_000_000;
  }, 0);
  const fixed = ALARM_METRICS * PRICE.alarmMetricMonth + PRICE.secretMonth;
  const scheduler = (total * PRICE.schedulerMillionInvocations) / 1_000_000;
  const lambda =
    (total * PRICE.lambdaMillionRequests) / 1_000_000 +
    total * LAMBDA_SECONDS * LAMBDA_GB * PRICE.lambdaArmGbSecond;
  const month = fixed + scheduler + lambda + dynamo;
  const dashboard =
    PRICE.dashboardMonth +
    Object.keys(METRICS).length * PRICE.metricMonth +
    (RUNS_A_MONTH.check * MEASUREMENT_BYTES * PRICE.logGigabyte) / 1_000_000_000;
  return {
    'Alarms and secret': fixed,
    Scheduler: scheduler,
    Lambda: lambda,
    DynamoDB: dynamo,
    'A month': month,
    'With `dashboard`': month + dashboard,
  };
}
