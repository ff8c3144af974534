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

/** It keeps no connection: every request ends its own. */
const AGENT = new Agent();

const ATTEMPT_TIMEOUT_MS = 5_000;
const MAX_ATTEMPTS = 3;
/** After the first failure; twice as long after the second. Up to as much again is added at random. */
const BACK_OFF_MS = 500;
/** An attempt with less time than this would only be cut off. */
const LEAST_ATTEMPT_MS = 1_000;

/**
 * Three attempts at most, and only while they fit before the deadline: after 429 when the chat says so, after 5xx, time-outs
 * and lost connections after half a second and a second. An attempt whose answer was lost may have been posted.
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
  for (let attempt = 1; ; attempt += 1) {
    const timeoutMs = Math.min(ATTEMPT_TIMEOUT_MS, deadline - now());
    if (timeoutMs <= 0) throw unavailable(channel, 'there was no time left to post', attempt - 1);
    const answer = await postOnce({ url, body, timeoutMs, dispatcher, channel });
    if (answer.outcome === 'posted') return;
    if (answer.outcome === 'refused') throw refused(channel, answer);
    const waitMs = waitOf(answer, attempt, random());
    const fits = now() + waitMs + LEAST_ATTEMPT_MS <= deadline;
    if (attempt >= MAX_ATTEMPTS || !fits) throw unavailable(channel, whyOf(answer), attempt);
    await sleep(waitMs);
  }
}

type Passing = Extract<WebhookAnswer, { readonly outcome: 'rate-limited' | 'unavailable' }>;

function waitOf(answer: Passing, attempt: number, random: number): number {
  if (answer.outcome === 'rate-limited' && answer.retryAfterMs !== null) return answer.retryAfterMs;
  return Math.round(BACK_OFF_MS * 2 ** (attempt - 1) * (1 + random));
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
