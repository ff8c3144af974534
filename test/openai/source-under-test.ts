// A UsageSource on a scripted server, in a time that passes only while the client sleeps.
import { createUsageSource, type UsageSourceOptions } from '../../lib/openai/usage-source.ts';
import { SourceError } from '../../lib/spend/usage-source.ts';
import { formatInstant, type Instant, plusMs } from '../../lib/time/instant.ts';
import { instantOf } from '../fakes/time-of.ts';
import { type Script, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

export const KEY = 'sk-admin-0123456789abcdefSECRET';

export const NOW = instantOf('2026-11-20T10:00:00Z');

/** Far enough that it decides nothing. */
export const IN_AN_HOUR = plusMs(NOW, 3_600_000);

export interface SourceUnderTest extends AsyncDisposable {
  readonly source: ReturnType<typeof createUsageSource>;
  readonly server: ScriptedServer;
  /** Every wait, in milliseconds. */
  readonly slept: readonly number[];
  /** The client's own time. */
  now(): string;
}

export async function sourceOver(
  script: Script,
  options: Partial<UsageSourceOptions> = {},
): Promise<SourceUnderTest> {
  const server = await startScriptedServer(script);
  const slept: number[] = [];
  let now: Instant = NOW;
  const source = createUsageSource({
    adminKey: async () => KEY,
    baseUrl: server.baseUrl,
    minIntervalMs: 0,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now = plusMs(now, ms);
    },
    random: () => 0,
    ...options,
  });
  return {
    source,
    server,
    slept,
    now: () => formatInstant(now),
    async [Symbol.asyncDispose]() {
      await source.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The SourceError that `work` ends with; anything else fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<SourceError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
