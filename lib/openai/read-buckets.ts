// Reads the buckets of a run of days: in as many requests as limits, sizes and refused cursors make necessary.
import { BUCKET_WIDTHS } from '../spend/bucket-width.ts';
import { CATALOGUE } from '../spend/catalogue.ts';
import { type Dataset, datasetId, maxDaysPerRequest } from '../spend/dataset.ts';
import type { ProjectFilter } from '../spend/project-filter.ts';
import type { RowSink, SourceBucket, SourceError } from '../spend/usage-source.ts';
import type { DayRange } from '../time/day-range.ts';
import { DAY_MS, type Instant, MINUTE_MS, plusMs } from '../time/instant.ts';
import { daysBetween, plusDays, startOfDay, type UtcDay, utcDayOf } from '../time/utc-day.ts';
import type { ApiCall } from './api-call.ts';
import type { BaseUrl } from './base-url.ts';
import { type Page, pageReader } from './decode-page.ts';
import { bucketsUrl } from './request-url.ts';
import { malformedAnswer, sourceError } from './source-error.ts';

export interface BucketReading<Rows extends RowSink> {
  readonly call: ApiCall;
  readonly baseUrl: BaseUrl;
  readonly dataset: Dataset;
  readonly projects: ProjectFilter;
  readonly newRows: () => Rows;
  readonly deadline: Instant;
  /** Past this an answer is given up and asked for again with as many days as fit, or with half of them. */
  readonly maxBodyBytes: number;
  /** The bound for a single day, which cannot be halved. */
  readonly maxDayBytes: number;
  /** Dataset → the most days to ask for at once, learned from answers that were too large; kept between readings. */
  readonly daysPerRequest: Map<string, number>;
}

const MAX_PAGES = 100;

/** Oldest first, each bucket once, those of a day together; buckets that begin outside `range` are dropped. */
export async function* readBuckets<Rows extends RowSink>(
  reading: BucketReading<Rows>,
  range: DayRange,
): AsyncGenerator<readonly SourceBucket<Rows>[], void, undefined> {
  const { path } = CATALOGUE[reading.dataset.kind];
  const id = datasetId(reading.dataset);
  const mostDays = maxDaysPerRequest(reading.dataset);
  let from = range.from;
  while (from < range.until) {
    const days = Math.min(reading.daysPerRequest.get(id) ?? mostDays, daysBetween(from, range.until));
    const chunk = { from, until: plusDays(from, days) };
    const ending = yield* listBuckets(reading, chunk);
    if (ending.end === 'too-large') {
      if (days === 1) throw dayTooLarge(path, from, reading.maxDayBytes);
      const half = Math.ceil(days / 2);
      reading.daysPerRequest.set(id, ending.wholeDays > 0 ? Math.min(half, ending.wholeDays) : half);
    } else if (ending.end === 'cursor-refused' && ending.readUntil === from) {
      throw ending.error;
    }
    from = ending.readUntil;
  }
}

type Ending = (
  | { readonly end: 'complete' }
  /** So many days fit into what was read; 0 where that is not known. */
  | { readonly end: 'too-large'; readonly wholeDays: number }
  | { readonly end: 'cursor-refused'; readonly error: SourceError }
) & {
  /** The first day of the chunk that was not handed on. */
  readonly readUntil: UtcDay;
};

/** One listing: the first page, and whatever pages its cursors lead to. */
async function* listBuckets<Rows extends RowSink>(
  reading: BucketReading<Rows>,
  chunk: DayRange,
): AsyncGenerator<readonly SourceBucket<Rows>[], Ending, undefined> {
  const { call, baseUrl, dataset, projects, newRows, deadline } = reading;
  const { path, kind } = CATALOGUE[dataset.kind];
  const widthMs = BUCKET_WIDTHS[dataset.width].bucketMinutes * MINUTE_MS;
  const maxBytes = daysBetween(chunk.from, chunk.until) === 1 ? reading.maxDayBytes : reading.maxBodyBytes;
  const cursors = new Set<string>();
  let cursor: string | null = null;
  let readUntil = chunk.from;
  /** Where the bucket after the newest begins. */
  let next = startOfDay(chunk.from);
  /** Of a day that a page ended in: if the next page cannot be had, the day is asked for anew. */
  let ofUnfinishedDay: SourceBucket<Rows>[] = [];
  let ascending = true;
  /** Of the page that is being read. */
  let bucketsBegun = 0;

  for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
    const answer = await call({
      path,
      scope: 'api.usage.read',
      url: bucketsUrl(baseUrl, dataset, chunk, cursor, projects),
      hasCursor: cursor !== null,
      notFoundPasses: kind === 'costs',
      maxBytes,
      deadline,
      newReader(requestId) {
        bucketsBegun = 0;
        return pageReader(dataset, { path, requestId }, () => {
          bucketsBegun += 1;
          return newRows();
        });
      },
    });
    if (answer.outcome !== 'body') {
      // Going on after the newest day would skip days that were still to come.
      if (!ascending) {
        throw malformedAnswer(
          { path, requestId: null },
          'data',
          'repeats days or is not in the order of time',
        );
      }
      return answer.outcome === 'too-large'
        ? { end: 'too-large', wholeDays: Math.floor(((bucketsBegun - 1) * widthMs) / DAY_MS), readUntil }
        : { end: 'cursor-refused', error: answer.error, readUntil };
    }

    const origin = { path, requestId: answer.requestId };
    const page: Page<Rows> = answer.body;
    const inRange = page.buckets.filter(
      ({ start }) => start >= startOfDay(chunk.from) && start < startOfDay(chunk.until),
    );
    for (const { start } of inRange) {
      ascending &&= start >= next;
      next = plusMs(start, widthMs - (start % widthMs));
    }
    readUntil = utcDayOf(next);
    const isLast = page.nextCursor === null;
    const buckets = [...ofUnfinishedDay, ...inRange];
    const isFinished = ({ start }: SourceBucket<Rows>) => isLast || utcDayOf(start) !== readUntil;
    ofUnfinishedDay = buckets.filter((bucket) => !isFinished(bucket));
    yield buckets.filter(isFinished);

    if (page.nextCursor === null) return { end: 'complete', readUntil: chunk.until };
    cursor = page.nextCursor;
    if (cursors.has(cursor)) throw malformedAnswer(origin, 'next_page', 'repeats an earlier cursor');
    cursors.add(cursor);
  }
  throw malformedAnswer({ path, requestId: null }, 'has_more', `is still true after ${MAX_PAGES} pages`);
}

function dayTooLarge(path: string, day: UtcDay, maxDayBytes: number): SourceError {
  return sourceError(
    'openai-answer-too-large',
    `OpenAI's answer to GET ${path} for the single UTC day ${day} is larger than ${maxDayBytes} bytes. ` +
      'Nothing of it was counted; group by fewer dimensions.',
  );
}
