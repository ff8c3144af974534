// The dashboard: there only if asked for, of nothing but metrics and lines that exist, and as small with many organizations.
import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { METRICS } from '../../lib/aws/deployment-names.ts';
import { EXAMPLE, FULL, organizationIn, synthesizedConstructs, synthesizedStack } from './synthesized.ts';

vi.setConfig({ testTimeout: 60_000 });

const bodySchema = v.object({
  widgets: v.array(
    v.looseObject({
      type: v.string(),
      width: v.number(),
      x: v.number(),
      properties: v.looseObject({
        title: v.optional(v.string(), ''),
        query: v.optional(v.string(), ''),
        metrics: v.optional(v.array(v.array(v.unknown())), []),
      }),
    }),
  ),
});

type Stack = ReturnType<typeof synthesizedStack>;

function widgetsOf({ ofType }: Stack) {
  const [dashboard] = ofType('AWS::CloudWatch::Dashboard');
  return v.parse(bodySchema, JSON.parse(String(dashboard?.properties.DashboardBody))).widgets;
}

/** `Namespace Name {dimension=value}`, of all widgets. */
function metricsOf(stack: Stack): string[] {
  return widgetsOf(stack).flatMap(({ properties }) =>
    properties.metrics.map(
      ([namespace, name, dimension, value]) => `${namespace} ${name} ${dimension}=${value}`,
    ),
  );
}

function namespacesGiven({ ofType }: Stack): unknown[] {
  return ofType('AWS::Lambda::Function').flatMap(({ properties }) => {
    const namespace = properties.Environment.Variables.METRICS_NAMESPACE;
    return namespace === undefined ? [] : [namespace];
  });
}

const full = synthesizedStack(FULL);
const [namespace] = namespacesGiven(full);

describe('without being asked for', () => {
  it('there is no dashboard, and no function measures anything for CloudWatch', () => {
    const stack = synthesizedStack(EXAMPLE);
    expect(stack.ofType('AWS::CloudWatch::Dashboard')).toEqual([]);
    expect(namespacesGiven(stack)).toEqual([]);
  });

  it('logs and permissions are the same as with it', () => {
    const { dashboard: _, ...off } = FULL;
    const kept = (stack: Stack) =>
      stack.resources.filter(({ type }) => ['AWS::IAM::Role', 'AWS::Logs::LogGroup'].includes(type));
    expect(kept(full)).toEqual(kept(synthesizedStack(off)));
  });
});

describe('the dashboard', () => {
  it('shows spend against budget, top projects, source freshness, runs and deliveries', () => {
    expect(widgetsOf(full).map(({ properties }) => properties.title)).toEqual([
      '',
      'Spend against budget: default (USD)',
      'Top projects (USD)',
      'Source freshness: hours since the oldest last read',
      'Runs, and those that failed (right)',
      'Deliveries by route, and those that failed (right)',
    ]);
  });

  it('shows each metric of the check, for the namespace that only the check was given', () => {
    expect(namespacesGiven(full)).toEqual([namespace]);
    const own = metricsOf(full).filter((metric) => metric.startsWith('OpenAiBudgetAlerts/'));
    expect(own).toEqual(Object.values(METRICS).map((name) => `${namespace} ${name} organization=default`));
  });

  it('shows besides only what AWS keeps for nothing, of every function that is scheduled and every route', () => {
    const free = metricsOf(full).filter((metric) => metric.startsWith('AWS/'));
    expect(free).toHaveLength(metricsOf(full).length - Object.keys(METRICS).length);
    for (const name of ['CollectUsage', 'CollectCosts', 'CheckBudgets', 'Heartbeat', 'SendDigest']) {
      expect(free).toContain(`AWS/Lambda Invocations FunctionName=${name}`);
      expect(free).toContain(`AWS/Lambda Errors FunctionName=${name}`);
    }
    for (const topic of ['AlertsTopic', 'RouteoncallTopic']) {
      expect(free).toContain(`AWS/SNS NumberOfNotificationsFailed TopicName=${topic}.TopicName`);
    }
  });

  it("asks the check's log alone for the projects, in one query", () => {
    const queries = widgetsOf(full).flatMap(({ properties: { query } }) => (query === '' ? [] : [query]));
    expect(queries).toHaveLength(1);
    expect(queries[0]).toContain("SOURCE 'CheckBudgetsLog'");
    expect(queries[0]).toContain('unnest run.topProjects into project');
  });

  it('has room for eighty organizations, with one query for all of them', () => {
    const organizations = Array.from({ length: 80 }, (_, position) => ({ id: `org-${position}` }));
    const stack = synthesizedStack({ ...EXAMPLE, organizations, dashboard: true });
    const widgets = widgetsOf(stack);
    expect(widgets.length).toBeLessThan(100);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
    // CloudWatch shows 500 metrics in a widget and 2,500 on a dashboard.
    expect(Math.max(...widgets.map(({ properties }) => properties.metrics.length))).toBeLessThan(500);
    expect(metricsOf(stack).length).toBeLessThan(2_500);
    expect(widgets.filter(({ type }) => type === 'log')).toHaveLength(1);
  });

  it('of two constructs in one stack shows the organizations of each apart', () => {
    const stack = synthesizedConstructs(
      ...[1, 2].map(() => (scope: Parameters<typeof organizationIn>[0]) => ({
        organizations: [organizationIn(scope)],
        dashboard: true,
      })),
    );
    expect(stack.ofType('AWS::CloudWatch::Dashboard')).toHaveLength(2);
    expect(new Set(namespacesGiven(stack)).size).toBe(2);
  });

  it('is named by CloudFormation', () => {
    expect(full.ofType('AWS::CloudWatch::Dashboard')[0]?.properties).not.toHaveProperty('DashboardName');
  });
});
