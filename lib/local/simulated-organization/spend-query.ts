// A request for costs or usage: its parameters, checked against the endpoint's contract.
import { createHash } from 'node:crypto';
import { type Instant, instantOfEpochS } from '../../time/instant.ts';
import { type Answer, invalidParameter } from './api-answer.ts';
import { parameterReader, quoted } from './parameter-reader.ts';
import type { BucketWidth, SpendEndpoint } from './spend-endpoint.ts';

export interface AppliedFilter {
  readonly dimension: string;
  readonly values: ReadonlySet<string | boolean>;
}

export interface SpendQuery {
  readonly start: Instant;
  /** Exclusive; `null`: up to the time of the request. */
  readonly end: Instant | null;
  readonly width: BucketWidth;
  /** Buckets on a page. */
  readonly limit: number;
  readonly groupBy: readonly string[];
  readonly filters: readonly AppliedFilter[];
  readonly page: string | null;
  /** Grouping and filters in one text: the same for all requests whose buckets look the same. */
  readonly shape: string;
  /** 32 bits of a hash of everything but `page`: a cursor holds it. */
  readonly fingerprint: number;
}

export type ParsedSpendQuery =
  | { readonly ok: true; readonly query: SpendQuery }
  | { readonly ok: false; readonly refusal: Answer };

/** Seconds of the year 9999's end: beyond it there are no calendar days to speak of. */
const LAST_EPOCH_S = 253_402_300_799;

export function parseSpendQuery(endpoint: SpendEndpoint, parameters: URLSearchParams): ParsedSpendQuery {
  const read = parameterReader(parameters);
  const startS = read.integer('start_time', 0, LAST_EPOCH_S);
  const endS = read.integer('end_time', 0, LAST_EPOCH_S);
  const width = read.choice('bucket_width', Object.keys(endpoint.widths) as BucketWidth[]) ?? '1d';
  const limits = endpoint.widths[width] ?? { usual: 1, max: 1 };
  const limit = read.integer('limit', 1, limits.max) ?? limits.usual;
  const page = read.text('page');
  const groupBy = read.list('group_by', 'separate');
  const filters = endpoint.filters.flatMap(({ parameter, dimension, form }): AppliedFilter[] => {
    const values =
      form === 'boolean'
        ? [read.choice(parameter, ['true', 'false'])].flatMap((one) => (one === null ? [] : [one === 'true']))
        : read.list(parameter, form === 'list' ? 'separate' : 'belong to values');
    return values.length === 0 ? [] : [{ dimension, values: new Set<string | boolean>(values) }];
  });

  if (startS === null) return { ok: false, refusal: read.refusal() ?? startRequired() };
  const refusal =
    read.refusal() ?? windowRefusal(startS, endS) ?? groupingRefusal(endpoint, groupBy, filters);
  if (refusal !== null) return { ok: false, refusal };

  const shape = JSON.stringify([groupBy, filters.map((filter) => [filter.dimension, [...filter.values]])]);
  return {
    ok: true,
    query: {
      start: instantOfEpochS(startS),
      end: endS === null ? null : instantOfEpochS(endS),
      width,
      limit,
      groupBy,
      filters,
      page,
      shape,
      fingerprint: hash32([endpoint.path, startS, endS, width, limit, shape]),
    },
  };
}

function startRequired(): Answer {
  return invalidParameter(
    'start_time',
    'missing_required_parameter',
    "Missing required parameter: 'start_time'.",
  );
}

function windowRefusal(startS: number, endS: number | null): Answer | null {
  if (endS === null || endS > startS) return null;
  return invalidParameter(
    'end_time',
    'invalid_value',
    "Invalid 'end_time': expected a time after 'start_time'.",
  );
}

function groupingRefusal(
  endpoint: SpendEndpoint,
  groupBy: readonly string[],
  filters: readonly AppliedFilter[],
): Answer | null {
  const strange = groupBy.find((dimension) => !endpoint.groupBy.includes(dimension));
  if (strange !== undefined) {
    const message = `Invalid value: '${strange}'. Supported values are: ${quoted(endpoint.groupBy)}.`;
    return invalidParameter('group_by', 'invalid_value', message);
  }
  const used = new Set([...groupBy, ...filters.map(({ dimension }) => dimension)]);
  const clash = endpoint.notTogether.find(([a, b]) => groupBy.includes(a) && used.has(b));
  if (clash === undefined) return null;
  const message = `Unsupported combination for this organization and time range: ${quoted(clash)}.`;
  return invalidParameter('group_by', 'invalid_value', message);
}

function hash32(value: unknown): number {
  return createHash('sha256').update(JSON.stringify(value)).digest().readUInt32BE(0);
}
