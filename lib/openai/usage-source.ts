// The edge to OpenAI: puts the client's parts together behind the UsageSource port.
import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';
import type { UsageSource } from '../spend/usage-source.ts';
import { type Instant, instantOfEpochMs } from '../time/instant.ts';
import { createApiCall } from './api-call.ts';
import { DEFAULT_BASE_URL, parseBaseUrl } from './base-url.ts';
import { readApiKeyNames } from './read-api-key-names.ts';
import { readBuckets } from './read-buckets.ts';
import { readKeyExpiry } from './read-key-expiry.ts';
import { readProjectNames } from './read-project-names.ts';
import { readUserNames } from './read-user-names.ts';

export interface UsageSourceOptions {
  /** Asked before every attempt, so that a key that was replaced is used at once; whoever gives it caches it. */
  readonly adminKey: () => Promise<string>;
  /** Where a new key has to go, as in "put it …", for messages; `in place of the old one` if absent. */
  readonly keyPlace?: string;
  /** `/v1` included, as in OpenAI's SDKs; https://api.openai.com/v1 if absent. */
  readonly baseUrl?: string;
  /** Starts of requests are at least so far apart. For OpenAI itself take 1,000: no limit is published. */
  readonly minIntervalMs: number;
  readonly userAgent?: string;
  /** From connecting to the last byte; 30 s if absent. */
  readonly attemptTimeoutMs?: number;
  /**
   * Larger answers are asked for again with as many days as fit, or with half of them; 32 MiB if absent. Memory does not
   * depend on it, but what is so large may not come within `attemptTimeoutMs`, and would then be read for nothing.
   */
  readonly maxBodyBytes?: number;
  /** A single day may be so large; 256 MiB if absent. */
  readonly maxDayBytes?: number;
  readonly now?: () => Instant;
  readonly sleep?: (ms: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

export interface OpenAiUsageSource extends UsageSource {
  /** Closes its connections. No request may follow. */
  close(): Promise<void>;
}

const MIB = 1024 * 1024;

/**
 * Requests of one source share its pace and its cool-down after HTTP 429, so one organization needs one source.
 * @throws SourceError `openai-base-url-invalid`
 */
export function createUsageSource(options: UsageSourceOptions): OpenAiUsageSource {
  const baseUrl = parseBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL);
  const maxBodyBytes = options.maxBodyBytes ?? 32 * MIB;
  const maxDayBytes = options.maxDayBytes ?? 256 * MIB;
  // A session of HTTP/2 could die without a word while the function is frozen, and every request would go on to it.
  const agent = new Agent({ allowH2: false });
  const call = createApiCall({
    dispatcher: agent,
    adminKey: options.adminKey,
    keyPlace: options.keyPlace ?? 'in place of the old one',
    userAgent: options.userAgent ?? 'openai-budget-alerts',
    attemptTimeoutMs: options.attemptTimeoutMs ?? 30_000,
    minIntervalMs: options.minIntervalMs,
    now: options.now ?? (() => instantOfEpochMs(Date.now())),
    sleep: options.sleep ?? ((ms) => delay(ms)),
    random: options.random ?? Math.random,
  });
  const daysPerRequest = new Map<string, number>();

  return {
    pages(dataset, range, deadline, newRows, projects = null) {
      const reading = {
        call,
        baseUrl,
        dataset,
        projects,
        newRows,
        deadline,
        maxBodyBytes,
        maxDayBytes,
        daysPerRequest,
      };
      return readBuckets(reading, range);
    },
    projectNames: (deadline) => readProjectNames({ call, baseUrl, maxBodyBytes, deadline }),
    userNames: (deadline) => readUserNames({ call, baseUrl, maxBodyBytes, deadline }),
    apiKeyNames: (projects, wanted, deadline) =>
      readApiKeyNames({ call, baseUrl, maxBodyBytes, deadline }, projects, wanted),
    keyExpiry: (deadline) => readKeyExpiry({ call, baseUrl, maxBodyBytes, deadline }, options.adminKey),
    close: () => agent.close(),
  };
}
