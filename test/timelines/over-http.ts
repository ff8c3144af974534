// The real client for OpenAI's API as a timeline's source: on the timeline's clock, which its waits move for itself only.
import { createUsageSource, type OpenAiUsageSource } from '../../lib/openai/usage-source.ts';
import type { UsageSource } from '../../lib/spend/usage-source.ts';
import { type Instant, plusMs } from '../../lib/time/instant.ts';
import { type ReplayedOpenAi, startReplayedOpenAi } from '../fakes/replayed-openai.ts';

export interface OverHttp extends AsyncDisposable {
  /** On the loopback interface. */
  readonly openai: ReplayedOpenAi;
  readonly source: (now: () => Instant) => UsageSource;
}

export async function overHttp(): Promise<OverHttp> {
  const openai = await startReplayedOpenAi();
  const clients: OpenAiUsageSource[] = [];
  return {
    openai,
    source(now) {
      let asleep: { readonly since: Instant | null; readonly ms: number } = { since: null, ms: 0 };
      const client = createUsageSource({
        adminKey: () => Promise.resolve('sk-admin-canary-123'),
        baseUrl: openai.baseUrl,
        minIntervalMs: 0,
        now: () => plusMs(now(), now() === asleep.since ? asleep.ms : 0),
        sleep(ms) {
          asleep = { since: now(), ms: ms + (now() === asleep.since ? asleep.ms : 0) };
          return Promise.resolve();
        },
        random: () => 0,
      });
      clients.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.close();
      await openai[Symbol.asyncDispose]();
    },
  };
}
