// What a check adds to its log line for the dashboard: three metrics of the organization, and its largest projects.
import { METRICS } from '../lib/aws/deployment-names.ts';
import { type EmbeddedMetric, embeddedMetrics } from '../lib/aws/embedded-metrics.ts';
import type { LogFields } from '../lib/aws/run-log.ts';
import type { Amount } from '../lib/money/amount.ts';
import { formatAmount } from '../lib/money/format-amount.ts';
import type { CheckReport } from '../lib/run/check.ts';
import { organizationSpend } from '../lib/run/organization-spend.ts';
import { HOUR_MS, type Instant } from '../lib/time/instant.ts';

/** The dimension, a member of every run's line. A budget or a project as another would be a metric for each of them. */
const DIMENSIONS = ['organization'];

/** `now`: real time, which is when CloudWatch has the metrics; of sources only the last success counts, not the try. */
export function checkMeasurements(report: CheckReport, namespace: string, now: Instant): LogFields {
  const { asOf, observations, totals, sources } = report;
  const spend = organizationSpend(observations, totals, asOf);
  const reads = sources.flatMap(({ lastSuccessAt }) => (lastSuccessAt === null ? [] : [lastSuccessAt]));
  const metrics: EmbeddedMetric[] = [];
  if (spend !== null) {
    metrics.push({ name: METRICS.spent, unit: 'None', value: dollars(spend.spent) });
    metrics.push({ name: METRICS.limit, unit: 'None', value: dollars(spend.limit) });
  }
  if (reads.length > 0) {
    const hours = (asOf - Math.min(...reads)) / HOUR_MS;
    metrics.push({ name: METRICS.hoursSinceRead, unit: 'None', value: Math.max(0, hours) });
  }
  return {
    ...embeddedMetrics(namespace, DIMENSIONS, metrics, now),
    ...(spend !== null && {
      budget: spend.budgetId,
      period: spend.period,
      topProjects: spend.topProjects.map(({ id, spent }) => ({ id, usd: dollars(spent) })),
    }),
  };
}

/** For showing only: what decides about alerts stays exact. */
function dollars(amount: Amount): number {
  return Number(formatAmount(amount));
}
