// The addresses that are asked: every parameter in a fixed order, so that pages differ in their cursor alone.
import { BUCKET_WIDTHS } from '../spend/bucket-width.ts';
import { CATALOGUE } from '../spend/catalogue.ts';
import type { Dataset } from '../spend/dataset.ts';
import type { ProjectFilter } from '../spend/project-filter.ts';
import type { DayRange } from '../time/day-range.ts';
import { epochSOf } from '../time/instant.ts';
import { daysBetween, startOfDay } from '../time/utc-day.ts';
import type { BaseUrl } from './base-url.ts';

export const PROJECTS_PATH = '/organization/projects';
export const ADMIN_KEYS_PATH = '/organization/admin_api_keys';

export const USERS_PATH = '/organization/users';

const MINUTES_PER_DAY = 1_440;

/** The most that OpenAI's lists give. */
const ITEMS_PER_PAGE = 100;

/** Printable ASCII: what a cursor or an id must be to come back to the server as it was sent. */
const TOKEN = /^[\x21-\x7E]{1,1000}$/;

/** A cursor of OpenAI's (base64 that ends in `=`) or an id that may serve as one. */
export function isCursor(value: unknown): value is string {
  return typeof value === 'string' && TOKEN.test(value);
}

/**
 * Whole UTC days: `start_time` inclusive, `end_time` exclusive, in seconds; `limit` counts buckets and covers the
 * range, so that there is one page as a rule. Arrays are repeated plain names, the form of OpenAI's specification.
 */
export function bucketsUrl(
  baseUrl: BaseUrl,
  dataset: Dataset,
  range: DayRange,
  cursor: string | null,
  projects: ProjectFilter = null,
): string {
  const { bucketMinutes } = BUCKET_WIDTHS[dataset.width];
  const parameters: [string, string | number][] = [
    ['start_time', epochSOf(startOfDay(range.from))],
    ['end_time', epochSOf(startOfDay(range.until))],
    ['bucket_width', dataset.width],
    ['limit', (daysBetween(range.from, range.until) * MINUTES_PER_DAY) / bucketMinutes],
    ...(projects ?? []).map((project): [string, string] => ['project_ids', project]),
    ...dataset.grouping.map((dimension): [string, string] => ['group_by', dimension]),
  ];
  if (cursor !== null) parameters.push(['page', cursor]);
  return `${baseUrl}${CATALOGUE[dataset.kind].path}?${queryOf(parameters)}`;
}

/** `after` is the id of the last project of the page before. */
export function projectsUrl(baseUrl: BaseUrl, after: string | null): string {
  return listUrl(baseUrl, PROJECTS_PATH, after, ['include_archived', 'true']);
}

/** `after` is the id of the last user of the page before. */
export function usersUrl(baseUrl: BaseUrl, after: string | null): string {
  return listUrl(baseUrl, USERS_PATH, after);
}

export function projectKeysPath(projectId: string): string {
  return `${PROJECTS_PATH}/${encodeURIComponent(projectId)}/api_keys`;
}

/** Whoever owns the key, in the project or not any more: without saying so OpenAI may leave keys out that still spend. */
export function projectKeysUrl(baseUrl: BaseUrl, projectId: string, after: string | null): string {
  return listUrl(baseUrl, projectKeysPath(projectId), after, ['owner_project_access', 'any']);
}

/** The oldest first, so that a key made meanwhile moves no page. `after` is the id of the last key of the page before. */
export function adminKeysUrl(baseUrl: BaseUrl, after: string | null): string {
  return listUrl(baseUrl, ADMIN_KEYS_PATH, after, ['order', 'asc']);
}

function listUrl(
  baseUrl: BaseUrl,
  path: string,
  after: string | null,
  ...own: readonly (readonly [string, string])[]
): string {
  const cursor: [string, string][] = after === null ? [] : [['after', after]];
  return `${baseUrl}${path}?${queryOf([['limit', ITEMS_PER_PAGE], ...own, ...cursor])}`;
}

/** `=` stays as it is inside values: a server was seen to refuse cursors with `%3D`, and none to refuse `=`. */
function queryOf(parameters: readonly (readonly [string, string | number])[]): string {
  return parameters
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%3D', '=')}`)
    .join('&');
}
