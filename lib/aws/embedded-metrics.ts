// Metrics that CloudWatch takes out of a log line by itself: the embedded metric format, without a call or a permission.
import type { Instant } from '../time/instant.ts';
import type { LogFields } from './run-log.ts';

export interface EmbeddedMetric {
  /** Also the name of its member in the line. */
  readonly name: string;
  readonly unit: 'Count' | 'None' | 'Seconds';
  readonly value: number;
}

/**
 * Members of a log line, which must have all of `dimensions` as texts beside them. Each name is one metric for each
 * combination of their values, and is charged as such. At most 100 metrics and 9 dimensions; none is no member at all.
 */
export function embeddedMetrics(
  namespace: string,
  dimensions: readonly string[],
  metrics: readonly EmbeddedMetric[],
  at: Instant,
): LogFields {
  if (metrics.length === 0) return {};
  return {
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [dimensions],
          Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
  };
}
