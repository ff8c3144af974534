// What the construct can be told, by those who deploy it: every prop, with its default.

import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { AmazonQProps } from './amazon-q.ts';
import type { OrganizationProps } from './organizations.ts';
import type { RouteProps } from './routes.ts';
import type { Cadence } from './schedule-minute.ts';
import type { Tables } from './tables.ts';
import type { WebhookChannelProps } from './webhook.ts';

/** Of the route `default`, what stands in `WebhookChannelProps` too: `slack`. */
export interface OpenAiBudgetAlertsProps extends WebhookChannelProps {
  /** One to eighty, with nothing shared between them but the functions that serve them in turn. */
  readonly organizations: readonly OrganizationProps[];

  /**
   * Who gets the alerts. SNS asks each address to confirm first; nothing is announced before somebody has.
   *
   * @default - nobody; subscribe to `topics.alerts`
   */
  readonly email?: readonly string[];

  /**
   * Who hears when this system itself needs somebody: its alarms.
   *
   * @default - the addresses in `email`
   */
  readonly operationsEmail?: readonly string[];

  /**
   * Shows the alerts in Amazon Q Developer's channels too.
   *
   * @default - no Amazon Q
   */
  readonly amazonQ?: AmazonQProps;

  /**
   * Ways to the people who own the spend, by the names that budgets use in `notify`. What names no route goes to
   * `email`, `slack` and `amazonQ`, the route `default`.
   *
   * @default - no route but the default one
   */
  readonly routes?: Readonly<Record<string, RouteProps>>;

  /**
   * Sends a summary on each route: every morning about the day before, or on Mondays about the week.
   *
   * @default 'never'
   */
  readonly digest?: 'daily' | 'weekly' | 'never';

  /**
   * A topic for the alerts that exists already. Its policy stays yours; so does its key, unless the topic knows it.
   *
   * @default - a new topic, encrypted in transit
   */
  readonly alertsTopic?: ITopic;

  /**
   * Does something more when an alarm goes off, beside telling the operations topic.
   *
   * @default - nothing more
   */
  readonly alarmActions?: readonly IAlarmAction[];

  /**
   * A CloudWatch dashboard: spend against budget, top projects, source freshness, runs, deliveries. The check then writes
   * amounts by project id into its log, and CloudWatch makes three metrics of each organization from it. Price in
   * us-east-1: $3.00 a month for the dashboard (an account's first three are free) and $0.90 for each organization.
   *
   * @default false
   */
  readonly dashboard?: boolean;

  /**
   * Tables that exist already, keyed by the strings `pk` and `sk`; Spend and Ledger expire by `expiresAt`. To put one in
   * place of a table that this construct has made makes CloudFormation forget that one: with its data, if `removalPolicy`
   * says so.
   *
   * @default - new tables
   */
  readonly tables?: Partial<Tables>;

  /**
   * For how many days spend is kept: 400 to 430, beyond which nothing looks. A budget whose period and the 35 days for
   * which it is still revised need more is refused. What was said is kept for 460 days after its period.
   *
   * @default 430
   */
  readonly retentionDays?: number;

  /**
   * Encrypts the tables, topics and the dead-letter queue that are made here. Changing it replaces none of them. A key
   * from another app must let cloudwatch.amazonaws.com and sns.amazonaws.com use it.
   *
   * @default - the keys of DynamoDB and SQS; topics keep messages only until they are delivered
   */
  readonly encryptionKey?: IKey;

  /**
   * Sends a sign of life the way that alerts go, on Mondays: then silence means that all is well.
   *
   * @default 'never'
   */
  readonly signOfLife?: 'weekly' | 'never';

  /**
   * Minutes between two reads of usage, and between two checks: 15, 30 or 60. Costs, which OpenAI keeps by the day, are
   * read once an hour.
   *
   * @default 15
   */
  readonly usageMinutes?: Cadence;

  /**
   * How long logs are kept: one line for each run, with ids and counts.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * What becomes of the tables when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Makes DynamoDB refuse to delete the tables, whoever asks.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
}
