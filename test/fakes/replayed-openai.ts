// An admin API that replays bodies: for each path, the pages to answer with, or a function of the request.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReplayedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is. */
  readonly body: unknown;
}

export type Replay = (url: URL, request: IncomingMessage) => ReplayedAnswer;

export interface ReplayedOpenAi extends AsyncDisposable {
  /** `/v1` included. */
  readonly baseUrl: string;
  /** `GET /v1/organization/costs?…`, in order. */
  readonly requests: readonly string[];
  /** What it answers from now on, by path below `/v1/organization/`. */
  replay(path: string, answer: Replay): void;
}

const EMPTY_LIST = { object: 'list', data: [], first_id: null, last_id: null, has_more: false };

/** Every kind of spend is empty, no project has a name and no key is listed until told otherwise. */
export async function startReplayedOpenAi(): Promise<ReplayedOpenAi> {
  const answers = new Map<string, Replay>([
    ['costs', () => ({ body: pageOf([]) })],
    ['usage/completions', () => ({ body: pageOf([]) })],
    ['projects', () => ({ body: EMPTY_LIST })],
    ['admin_api_keys', () => ({ body: EMPTY_LIST })],
  ]);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    requests.push(`${request.method} ${url.pathname}${url.search}`);
    const answer = answers.get(url.pathname.replace('/v1/organization/', ''));
    const { status = 200, headers = {}, body } = answer?.(url, request) ?? { status: 404, body: '' };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    replay: (path, answer) => answers.set(path, answer),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function pageOf(data: readonly unknown[], nextPage: string | null = null): unknown {
  return { object: 'page', data, has_more: nextPage !== null, next_page: nextPage };
}

/** A day's bucket. */
export function bucketOf(
  day: string,
  results: readonly unknown[],
): { start_time: number } & Record<string, unknown> {
  const start_time = Date.parse(`${day}T00:00:00Z`) / 1_000;
  return { object: 'bucket', start_time, end_time: start_time + 86_400, results };
}

/** A costs result; `value` as OpenAI sent it, number or string. */
export function costResult(
  project_id: string | null,
  value: number | string,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const amount = { value, currency: 'usd' };
  return { object: 'organization.costs.result', amount, project_id, line_item: 'gpt-5, input', ...more };
}

/** Answers with the buckets inside the asked window, and an empty bucket for every other day of it. */
export function daysWindow(days: Readonly<Record<string, readonly unknown[]>>): Replay {
  return (url) => {
    const from = Number(url.searchParams.get('start_time')) * 1_000;
    const until = Number(url.searchParams.get('end_time')) * 1_000;
    const buckets = [];
    for (let at = from; at < until; at += 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10);
      buckets.push(bucketOf(day, days[day] ?? []));
    }
    return { body: pageOf(buckets) };
  };
}
