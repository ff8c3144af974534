// An incoming webhook as Slack answers it, and what was posted to it.
import { text } from 'node:stream/consumers';
import { startLoopbackServer } from './loopback-server.ts';

export interface SlackAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SlackPost {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface LocalSlack {
  readonly port: number;
  /** What it was asked, with what it answered. */
  readonly posts: readonly SlackPost[];
  /** The next posts get these answers, those after them are accepted. */
  answerNext(...answers: readonly SlackAnswer[]): void;
  close(): Promise<void>;
}

/** The webhook was removed, or its channel or its author are gone. */
export const REVOKED: SlackAnswer = { status: 404, body: 'no_service' };

/** No answer at all: the connection ends without a word. */
export const LOST: SlackAnswer = { status: 0, body: '' };

export function tooManyRequests(retryAfterS: number): SlackAnswer {
  return { status: 429, headers: { 'retry-after': String(retryAfterS) }, body: 'rate_limited' };
}

export async function startLocalSlack(webhookUrl: string): Promise<LocalSlack> {
  const { host, pathname } = new URL(webhookUrl);
  const posts: SlackPost[] = [];
  const answers: SlackAnswer[] = [];
  const server = await startLoopbackServer(async (request) => {
    const body = await text(request);
    const known = request.method === 'POST' && request.headers.host === host && request.url === pathname;
    const answer = known ? (answers.shift() ?? { status: 200, body: 'ok' }) : REVOKED;
    posts.push({ status: answer.status, contentType: request.headers['content-type'] ?? '', body });
    return answer === LOST ? 'lost' : answer;
  });
  return {
    port: server.port,
    posts,
    answerNext: (...next) => void answers.push(...next),
    close: server.close,
  };
}
