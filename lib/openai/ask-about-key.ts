// Asks OpenAI the least that shows what an admin key may do: one day of costs, one project, the list of keys.
import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';
import type { AdminKeyQuestions } from '../run/examine-admin-key.ts';
import { CATALOGUE } from '../spend/catalogue.ts';
import { epochSOf, type Instant, instantOfEpochMs, plusMs } from '../time/instant.ts';
import { plusDays, startOfDay, utcDayOf } from '../time/utc-day.ts';
import { createApiCall } from './api-call.ts';
import { parseBaseUrl } from './base-url.ts';
import { jsonReader } from './body-reader.ts';
import type { Scope } from './explain-failure.ts';
import { isJsonObject } from './json-text.ts';
import { readKeyExpiry } from './read-key-expiry.ts';
import { PROJECTS_PATH } from './request-url.ts';
import { malformedAnswer, sourceError } from './source-error.ts';

export interface AskAboutKeyOptions {
  readonly key: string;
  readonly baseUrl: string;
  /** Costs are asked for of the day before this. */
  readonly tick: Instant;
  /** As of `createUsageSource`. */
  readonly minIntervalMs: number;
  /** For each question, with its repetitions; somebody waits for it. */
  readonly patienceMs?: number;
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const PATIENCE_MS = 15_000;

/** @throws SourceError `openai-base-url-invalid` */
export function askAboutKey(options: AskAboutKeyOptions): AdminKeyQuestions {
  const baseUrl = parseBaseUrl(options.baseUrl);
  // As in usage-source.ts, so that what is asked here goes the way of the functions' own requests.
  const agent = new Agent({ allowH2: false });
  const adminKey = () => Promise.resolve(options.key);
  const now = () => instantOfEpochMs(Date.now());
  const deadline = () => plusMs(now(), options.patienceMs ?? PATIENCE_MS);
  const call = createApiCall({
    dispatcher: agent,
    adminKey,
    keyPlace: 'in place of the old one',
    userAgent: 'openai-budget-alerts',
    attemptTimeoutMs: 10_000,
    minIntervalMs: options.minIntervalMs,
    now,
    sleep: (ms) => delay(ms),
    random: Math.random,
  });

  async function ask(path: string, query: string, scope: Scope): Promise<void> {
    const answer = await call({
      path,
      scope,
      url: `${baseUrl}${path}?${query}`,
      hasCursor: false,
      notFoundPasses: false,
      maxBytes: MAX_BODY_BYTES,
      deadline: deadline(),
      newReader: jsonReader,
    });
    if (answer.outcome === 'cursor-refused') throw answer.error;
    if (answer.outcome === 'too-large') {
      throw sourceError(
        'openai-answer-too-large',
        `OpenAI's answer to GET ${path} is larger than ${MAX_BODY_BYTES} bytes. Check OPENAI_BASE_URL and any proxy in between.`,
      );
    }
    const { body, requestId } = answer;
    if (!isJsonObject(body) || !Array.isArray(body.data)) {
      throw malformedAnswer({ path, requestId }, 'data', 'is not a list');
    }
  }

  return {
    readCosts() {
      const today = utcDayOf(options.tick);
      const [start, end] = [plusDays(today, -1), today].map((day) => epochSOf(startOfDay(day)));
      const query = `start_time=${start}&end_time=${end}&bucket_width=1d&limit=1`;
      return ask(CATALOGUE.costs.path, query, 'api.usage.read');
    },
    listProjects: () => ask(PROJECTS_PATH, 'limit=1', 'api.management.read'),
    keyExpiry: () =>
      readKeyExpiry({ call, baseUrl, maxBodyBytes: MAX_BODY_BYTES, deadline: deadline() }, adminKey),
    [Symbol.asyncDispose]: () => agent.close(),
  };
}
