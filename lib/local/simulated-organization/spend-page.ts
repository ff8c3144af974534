// A page of costs or usage: from the request's parameters to the JSON text of its buckets.
import { epochSOf, formatInstant, type Instant, instantOfEpochS } from '../../time/instant.ts';
import { utcDayOf } from '../../time/utc-day.ts';
import { type Answer, jsonTextAnswer, pageTokenInvalid } from './api-answer.ts';
import { type Bucket, bucketsFrom, bucketWindow, isLaterBucketStart } from './bucket-window.ts';
import { draw } from './draw.ts';
import { groupLeaves, withRepeatedRow } from './group-leaves.ts';
import { decodePageCursor, encodePageCursor } from './page-cursor.ts';
import { resultRow } from './result-row.ts';
import type { SpendEndpoint } from './spend-endpoint.ts';
import { parseSpendQuery, type SpendQuery } from './spend-query.ts';
import type { World } from './world.ts';

/** JSON texts of buckets that can no longer change, by endpoint, shape and bucket. Losing it costs time only. */
export type BucketMemory = Map<string, string>;

const MAX_REMEMBERED = 20_000;

interface Asked {
  readonly world: World;
  readonly endpoint: SpendEndpoint;
  readonly query: SpendQuery;
  readonly now: Instant;
}

export function spendPage(
  world: World,
  endpoint: SpendEndpoint,
  parameters: URLSearchParams,
  now: Instant,
  memory: BucketMemory,
): Answer {
  const parsed = parseSpendQuery(endpoint, parameters);
  if (!parsed.ok) return parsed.refusal;
  const { query } = parsed;
  const { fingerprint } = query;

  const cursor = query.page === null ? null : decodePageCursor(query.page);
  if (query.page !== null && cursor?.fingerprint !== fingerprint) return pageTokenInvalid();
  const requestedAt = cursor?.requestedAt ?? wholeSecond(now);
  const window = bucketWindow(endpoint, query, requestedAt);
  const position = cursor?.position ?? window.start;
  if (cursor !== null && !isLaterBucketStart(window, position)) return pageTokenInvalid();

  const { buckets, next } = bucketsFrom(window, position, query.limit, now);
  const data = buckets.map((bucket) => bucketText({ world, endpoint, query, now }, bucket, memory));
  const nextPage = next === null ? null : encodePageCursor({ requestedAt, fingerprint, position: next });
  const tail = JSON.stringify({ has_more: next !== null, next_page: nextPage }).slice(1);
  return jsonTextAnswer(200, `{"object":"page","data":[${data.join(',')}],${tail}`);
}

/** Buckets and cursors count in seconds. */
function wholeSecond(instant: Instant): Instant {
  return instantOfEpochS(epochSOf(instant));
}

function bucketText(asked: Asked, bucket: Bucket, memory: BucketMemory): string {
  const { world, endpoint, query, now } = asked;
  const finalAt =
    endpoint.kind === 'costs' ? world.costsFinalAt(utcDayOf(bucket.start)) : world.usageFinalAt(bucket.end);
  const name = `${endpoint.path} ${bucket.start} ${bucket.end} ${query.shape}`;
  const remembered = memory.get(name);
  if (remembered !== undefined && now >= finalAt) return remembered;
  const text = JSON.stringify(bucketObject(asked, bucket, name));
  if (now >= finalAt) {
    if (memory.size >= MAX_REMEMBERED) memory.clear();
    memory.set(name, text);
  }
  return text;
}

/** `name` decides what is drawn for the bucket: the same request draws the same. */
function bucketObject({ world, endpoint, query, now }: Asked, { start, end }: Bucket, name: string) {
  const { groupBy, filters } = query;
  const day = utcDayOf(start);
  const leaves =
    endpoint.kind === 'costs' ? world.costs(day, now) : world.usage(endpoint.streams, start, end, now);
  const groups = withRepeatedRow(groupLeaves(leaves, groupBy, filters), world.seed, name);
  const offset = draw(world.seed, 'offset', name) < 0.5 ? '+00:00' : '';
  return {
    object: 'bucket',
    start_time: epochSOf(start),
    end_time: epochSOf(end),
    start_time_iso: formatInstant(start).replace('Z', offset),
    end_time_iso: formatInstant(end).replace('Z', offset),
    results: groups.map((group) => resultRow(group, { world, endpoint, groupBy, day })),
  };
}
