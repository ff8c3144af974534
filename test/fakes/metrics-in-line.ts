// Takes metrics out of a log line as CloudWatch does, by AWS's specification, and fails where CloudWatch would drop them.
import * as v from 'valibot';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(255));

const lineSchema = v.looseObject({
  _aws: v.strictObject({
    Timestamp: v.pipe(v.number(), v.safeInteger()),
    CloudWatchMetrics: v.array(
      v.strictObject({
        Namespace: v.pipe(name, v.regex(/^[A-Za-z0-9._/#:-]*$/), v.regex(/^(?!AWS\/)/)),
        Dimensions: v.pipe(v.array(v.pipe(v.array(name), v.maxLength(9))), v.minLength(1)),
        Metrics: v.pipe(
          v.array(
            v.strictObject({
              Name: name,
              Unit: v.optional(v.picklist(['Seconds', 'Milliseconds', 'Percent', 'Count', 'None'])),
            }),
          ),
          v.maxLength(100),
        ),
      }),
    ),
  }),
});

export interface MetricInLine {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const MAX_LINE_BYTES = 262_144;

export function metricsInLine(text: string): MetricInLine[] {
  if (Buffer.byteLength(text) > MAX_LINE_BYTES) throw new Error('the line is too long');
  const line = v.parse(lineSchema, JSON.parse(text));
  // Targets are members of the line itself.
  const member = <T>(key: string, schema: v.GenericSchema<unknown, T>): T => v.parse(schema, line[key]);
  return line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((keys) =>
      Metrics.map(({ Name }) => ({
        namespace: Namespace,
        name: Name,
        dimensions: Object.fromEntries(keys.map((key) => [key, member(key, name)])),
        value: member(Name, v.pipe(v.number(), v.finite())),
        at: line._aws.Timestamp,
      })),
    ),
  );
}
