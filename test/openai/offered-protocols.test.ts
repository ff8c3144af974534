// OpenAI is asked by HTTP/1.1 alone: a session of HTTP/2 could die unnoticed while a function is frozen.
import { expect, it } from 'vitest';
import { askAboutKey } from '../../lib/openai/ask-about-key.ts';
import { createUsageSource } from '../../lib/openai/usage-source.ts';
import { instantOfEpochMs, plusMs } from '../../lib/time/instant.ts';
import { offeredProtocols } from '../fakes/offered-protocols.ts';
import { KEY, NOW } from './source-under-test.ts';

const PATIENCE_MS = 500;

it('the collectors offer no HTTP/2', async () => {
  const offered = await offeredProtocols(async (baseUrl) => {
    const source = createUsageSource({ adminKey: async () => KEY, baseUrl, minIntervalMs: 0 });
    await source.keyExpiry(plusMs(instantOfEpochMs(Date.now()), PATIENCE_MS)).finally(() => source.close());
  });
  expect(offered).toEqual(['http/1.1']);
});

it('questions about a key offer no HTTP/2', async () => {
  const offered = await offeredProtocols(async (baseUrl) => {
    const options = { key: KEY, baseUrl, tick: NOW, minIntervalMs: 0, patienceMs: PATIENCE_MS };
    await using questions = askAboutKey(options);
    await questions.readCosts();
  });
  expect(offered).toEqual(['http/1.1']);
});
