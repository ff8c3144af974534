// The names that the stack and the functions share: environment keys, stack outputs, the shape of a tick's event.

/** Environment keys of the functions, by what they hold. No function is given a key that it does not read. */
export const ENVIRONMENT_KEYS = {
  budgetsTable: 'BUDGETS_TABLE_NAME',
  spendTable: 'SPEND_TABLE_NAME',
  ledgerTable: 'LEDGER_TABLE_NAME',
  alertsTopic: 'ALERTS_TOPIC_ARN',
  operationsTopic: 'OPERATIONS_TOPIC_ARN',
  /** A JSON object: route → topic ARN, without the default route. */
  routeTopics: 'ROUTE_TOPICS',
  /** As `--stack` takes it. */
  stackName: 'STACK_NAME',
  /** Which of `WEBHOOK_CHANNELS` a function posts to. */
  webhookChannel: 'WEBHOOK_CHANNEL',
  webhookSecret: 'WEBHOOK_SECRET_ID',
  /** Not the alerts topic: the one that Amazon Q Developer in chat applications listens to. */
  amazonQTopic: 'AMAZON_Q_TOPIC_ARN',
  /** `weekly` or `never`. */
  signOfLife: 'SIGN_OF_LIFE',
  /** For how many days spend is kept; absent: 430. */
  retentionDays: 'RETENTION_DAYS',
  /** `daily` or `weekly`; of the digest's function only. */
  digest: 'DIGEST',
  /** CloudWatch's, of the check only; without it, a check measures nothing for CloudWatch. */
  metricsNamespace: 'METRICS_NAMESPACE',
} as const;

export type EnvironmentKey = (typeof ENVIRONMENT_KEYS)[keyof typeof ENVIRONMENT_KEYS];

/** What a check measures for the dashboard, each once for each organization: CloudWatch charges every one of them. */
export const METRICS = {
  /** Dollars, against the organization's widest budget. */
  spent: 'Spent',
  limit: 'Limit',
  /** Since the last read of the source that was read longest ago. */
  hoursSinceRead: 'HoursSinceRead',
} as const;

/** What an organization may be called in a deployment: what the stack lets pass, its functions must accept. */
export const ORGANIZATION_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Outputs of the stack, which `--stack NAME` reads. */
export const STACK_OUTPUTS = {
  budgetsTable: 'BudgetsTableName',
  spendTable: 'SpendTableName',
  ledgerTable: 'LedgerTableName',
  alertsTopic: 'AlertsTopicArn',
  operationsTopic: 'OperationsTopicArn',
  /** As in the functions' environment. */
  routeTopics: 'RouteTopics',
  /** Comma-separated ids. */
  organizations: 'Organizations',
  /** As in the functions' environment. */
  retentionDays: 'RetentionDays',
} as const;

export type OutputName = keyof typeof STACK_OUTPUTS;

/** Says which of `STACK_OUTPUTS` an output is, and of which construct, whatever key it has. `instance`: the construct's path. */
export function outputDescription(output: string, instance: string): string {
  return `${output} of openai-budget-alerts in ${instance}`;
}

export const OUTPUT_DESCRIPTION = /^(?<output>\w+) of openai-budget-alerts in (?<instance>.+)$/s;

/** What EventBridge Scheduler puts in place of this is the time at which the schedule was due, in UTC, ISO 8601. */
export const SCHEDULED_TIME_PLACEHOLDER = '<aws.scheduler.scheduled-time>';

/** An organization's admin key is the secret of this name followed by its id, unless something says otherwise. */
export const ADMIN_KEY_SECRET_PREFIX = 'openai-budget-alerts/';

/** The event of every scheduled function; everything else about an organization is in its own partition. */
export interface TickEvent {
  readonly organization: string;
  readonly tick: string;
  /**
   * Name or ARN of the secret that holds the admin key; of collects only. It travels here since a function's
   * environment, 4 KB in all, would not hold those of eighty organizations.
   */
  readonly adminKeySecretId?: string;
}

/** What a custom resource asks `seed-budgets` for. CloudFormation passes on texts and lists of them. */
export interface SeedProperties {
  readonly organization: string;
  /** Canonical texts, as they are stored. */
  readonly budgets: readonly string[];
  /** JSON; absent: they stay as they are. */
  readonly settings?: string;
  /** Whether stored budgets that are not among these are removed. */
  readonly prune: 'yes' | 'no';
}

/** `kind` and `severity` are on every message, the ids where all its alerts share them; labels go beside them. */
export const MESSAGE_ATTRIBUTES = {
  kind: 'kind',
  severity: 'severity',
  organization: 'organization',
  budgetId: 'budgetId',
  projectId: 'projectId',
  /** The route on which it goes; on everything but operations messages. */
  route: 'route',
  /** The runbook's heading; on operations messages only. */
  code: 'code',
} as const;
