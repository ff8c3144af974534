// Posts a message to a chat's webhook: patient while it can wait, plain about what a person has to do.
import { setTimeout as sleepMs } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';
import { BudgetAlertsError } from '../errors.ts';
import { type Instant, instantOfEpochMs } from '../time/instant.ts';
import { postOnce, type WebhookAnswer } from './webhook-answer.ts';
import type { WebhookChannel } from './webhook-channel.ts';
import type { WebhookUrl } from './webhook-url.ts';

export interface PostOptions {
  /** Real time by which this must have ended, one way or another. */
  readonly deadline: Instant;
  readonly dispatcher?: Dispatcher;
  readonly now?: () => Instant;
  readonly sleep?: (ms: number) => Promise<unknown>;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/**
 * It keeps no connection: every request ends its own. A session of HTTP/2 would outlive the request, die without a word
 * while the function is frozen, and swallow the posts after it.
 */
const AGENT = new Agent({ allowH2: false });

/** A post whose answer only comes late would be posted again. Three attempts fit into the function's minute. */
const ATTEMPT_TIMEOUT_MS = 15_000;
/** Of attempts that may have been posted. After 429 nothing was. */
const MAX_FAILURES = 3;
/** After the first failure; twice as long after each other one, up to 16 times. Up to as much again is added at random. */
const BACK_OFF_MS = 500;
const MAX_DOUBLINGS = 4;
/** Everybody who was told to wait comes back at the same moment unless each adds a time of its own: at random, up to this. */
const LEAST_SPREAD_MS = 5_000;
/** An attempt with less time than this would only be cut off. */
const LEAST_ATTEMPT_MS = 1_000;

/**
 * After 429 it tries until the deadline, each time when the chat says so and some random time later. After 5xx, time-outs
 * and lost connections it tries again after half a second and a second, three times in all. An attempt whose answer was
 * lost may have been posted.
 * @throws BudgetAlertsError `webhook-message-refused` at once if the webhook may well take another message,
 * `webhook-refused` at once if only a person can help, `webhook-unavailable` if time may
 */
export async function postToWebhook(
  channel: WebhookChannel,
  url: WebhookUrl,
  payload: object,
  options: PostOptions,
): Promise<void> {
  const { deadline, dispatcher = AGENT, now = systemNow, sleep = sleepMs, random = Math.random } = options;
  const body = JSON.stringify(payload);
  let failures = 0;
  for (let attempt = 1; ; attempt += 1) {
    const timeoutMs = Math.min(ATTEMPT_TIMEOUT_MS, deadline - now());
    if (timeoutMs <= 0) throw unavailable(channel, 'there was no time left to post', attempt - 1);
    const answer = await postOnce({ url, body, timeoutMs, dispatcher, channel });
    if (answer.outcome === 'posted') return;
    if (answer.outcome === 'refused') throw refused(channel, answer);
    if (answer.outcome === 'unavailable') failures += 1;
    const { leastMs, spreadMs } = waitOf(answer, attempt);
    const spareMs = deadline - LEAST_ATTEMPT_MS - now() - leastMs;
    if (failures >= MAX_FAILURES || spareMs < 0) throw unavailable(channel, whyOf(answer), attempt);
    await sleep(Math.round(leastMs + random() * Math.min(spreadMs, spareMs)));
  }
}

type Passing = Extract<WebhookAnswer, { readonly outcome: 'rate-limited' | 'unavailable' }>;

/** The least, and how much may be added at random. */
function waitOf(answer: Passing, attempt: number): { readonly leastMs: number; readonly spreadMs: number } {
  const backOffMs = BACK_OFF_MS * 2 ** Math.min(attempt - 1, MAX_DOUBLINGS);
  if (answer.outcome === 'unavailable') return { leastMs: backOffMs, spreadMs: backOffMs };
  const leastMs = answer.retryAfterMs ?? backOffMs;
  return { leastMs, spreadMs: Math.max(leastMs, LEAST_SPREAD_MS) };
}

function whyOf(answer: Passing): string {
  if (answer.outcome === 'unavailable') return answer.why;
  const { retryAfterMs } = answer;
  return retryAfterMs === null ? 'rate limited' : `rate limited for ${retryAfterMs / 1_000} s`;
}

function unavailable({ label }: WebhookChannel, why: string, attempts: number): BudgetAlertsError {
  const tried = `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
  return new BudgetAlertsError(
    'webhook-unavailable',
    `${label} did not take the message (${why}; ${tried}). It is tried again; what fails for good is in the dead-letter queue.`,
  );
}

type Refusal = Extract<WebhookAnswer, { readonly outcome: 'refused' }>;

function refused({ label, isAboutMessage }: WebhookChannel, { status, word }: Refusal): BudgetAlertsError {
  const said = word === null ? `status ${status}` : `status ${status}, ${word}`;
  if (isAboutMessage(status, word)) {
    return new BudgetAlertsError(
      'webhook-message-refused',
      `${label} refused what the message is made of (${said}). That is a defect of this program: please report it.`,
    );
  }
  return new BudgetAlertsError(
    'webhook-refused',
    `${label} refused the message (${said}). Make a new incoming webhook in ${label} and store its address in the secret that ` +
      'the function reads; the runbook says under DeadLetters how to post again what was refused.',
  );
}

function systemNow(): Instant {
  return instantOfEpochMs(Date.now());
}
