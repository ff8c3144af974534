// The dashboard: spend against budget and freshness from the check's own metrics, the rest from what AWS keeps for nothing.
import { Duration, Names } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  Metric,
  Row,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { METRICS } from '../lib/aws/deployment-names.ts';
import type { Functions } from './functions.ts';

interface DashboardProps {
  /** Ids. */
  readonly organizations: readonly string[];
  readonly functions: Functions;
  /** By route. */
  readonly topics: Readonly<Record<string, ITopic>>;
  readonly deadLetters: IQueue;
}

const HOUR = Duration.hours(1);
const FULL_WIDTH = 24;
const HALF_WIDTH = FULL_WIDTH / 2;
const HEIGHT = 6;
/** A dashboard of eighty organizations shows them four in a row. */
const GRAPHS_IN_A_ROW = 4;
const LISTED_PROJECTS = 25;

/** Of one construct alone, so that two in an account do not add up their organizations of the same id. */
export function metricsNamespace(scope: Construct): string {
  return `OpenAiBudgetAlerts/${Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' })}`;
}

/** One query of the log in all, since each costs by what it reads; a graph of spend for each organization. */
export function createDashboard(scope: Construct, props: DashboardProps): Dashboard {
  const { organizations, functions, topics, deadLetters } = props;
  const namespace = metricsNamespace(scope);
  const measured = (metricName: string, organization: string, label: string): IMetric =>
    new Metric({
      namespace,
      metricName,
      dimensionsMap: { organization },
      statistic: 'Maximum',
      period: HOUR,
      label,
    });
  const graph = (title: string, width: number, left: IMetric[], right: IMetric[] = []): IWidget =>
    new GraphWidget({
      title,
      width,
      height: HEIGHT,
      left,
      right,
      leftYAxis: { min: 0 },
      rightYAxis: { min: 0 },
    });

  const width = FULL_WIDTH / Math.min(GRAPHS_IN_A_ROW, organizations.length);
  const spend = organizations.map((organization) =>
    graph(`Spend against budget: ${organization} (USD)`, width, [
      measured(METRICS.spent, organization, 'Spent'),
      measured(METRICS.limit, organization, 'Limit'),
    ]),
  );
  const topProjects = new LogQueryWidget({
    title: 'Top projects (USD)',
    width: HALF_WIDTH,
    height: HEIGHT,
    logGroupNames: [functions['check-budgets'].logGroup.logGroupName],
    view: LogQueryVisualizationType.TABLE,
    queryLines: [
      'filter ispresent(budget)',
      'fields jsonParse(@message) as run',
      'unnest run.topProjects into project',
      'stats latest(project.usd) as usd by organization, period, project.id',
      'sort period desc, usd desc',
      `limit ${LISTED_PROJECTS}`,
    ],
  });
  const runs = Object.entries(functions);
  const routes = Object.entries(topics);
  const sum = { statistic: 'Sum', period: HOUR };

  const dashboard = new Dashboard(scope, 'Dashboard', { defaultInterval: Duration.days(7) });
  dashboard.addWidgets(new TextWidget({ markdown: WHAT_IS_SHOWN, width: FULL_WIDTH, height: 2 }));
  for (let first = 0; first < spend.length; first += GRAPHS_IN_A_ROW) {
    dashboard.addWidgets(new Row(...spend.slice(first, first + GRAPHS_IN_A_ROW)));
  }
  dashboard.addWidgets(
    topProjects,
    graph(
      'Source freshness: hours since the oldest last read',
      HALF_WIDTH,
      organizations.map((organization) => measured(METRICS.hoursSinceRead, organization, organization)),
    ),
  );
  dashboard.addWidgets(
    graph(
      'Runs, and those that failed (right)',
      HALF_WIDTH,
      runs.map(([name, run]) => run.metricInvocations({ ...sum, label: name })),
      runs.map(([name, run]) => run.metricErrors({ ...sum, label: `${name} failed` })),
    ),
    graph(
      'Deliveries by route, and those that failed (right)',
      HALF_WIDTH,
      routes.map(([route, topic]) => topic.metricNumberOfNotificationsDelivered({ ...sum, label: route })),
      [
        ...routes.map(([route, topic]) =>
          topic.metricNumberOfNotificationsFailed({ ...sum, label: `${route} failed` }),
        ),
        deadLetters.metricApproximateNumberOfMessagesVisible({
          statistic: 'Maximum',
          period: HOUR,
          label: 'given up',
        }),
      ],
    ),
  );
  return dashboard;
}

const WHAT_IS_SHOWN =
  'Spend is that of the budget over a whole organization in dollars, of several that with the longest period; an organization ' +
  'without such a budget shows none. Top projects are those of the same period, by id. Alerts depend on none of this.';
