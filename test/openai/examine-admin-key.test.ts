// The doctor's questions about an admin key, against OpenAI's own answers: which fault is seen, and what it says to do.
import { describe, expect, it } from 'vitest';
import { askAboutKey } from '../../lib/openai/ask-about-key.ts';
import { examineBaseUrl } from '../../lib/openai/examine-base-url.ts';
import { examineAdminKey } from '../../lib/run/examine-admin-key.ts';
import type { Finding } from '../../lib/run/finding.ts';
import type { SecretAnswer } from '../../lib/run/secret-answer.ts';
import type { KeyExpiry } from '../../lib/spend/key-expiry.ts';
import { instantOf } from '../fakes/time-of.ts';
import { fixture, type ScriptedAnswer, startScriptedServer } from './scripted-server.ts';

const KEY = 'sk-admin-0123456789abcdefSECRET';
const TICK = instantOf('2026-11-20T10:00:00Z');
/** 2026-11-22T10:00:00Z, 2027-11-20T10:00:00Z */
const [IN_TWO_DAYS_S, IN_A_YEAR_S] = [1_795_341_600, 1_826_704_800];

const LIST = { object: 'list', data: [], has_more: false };
const keyList = (expiresAtS: number | null) => ({
  ...LIST,
  data: [{ id: 'key_a', name: 'Ours', redacted_value: 'sk-admin...CRET', expires_at: expiresAtS }],
});
const MISSING_SCOPE = { status: 403, body: fixture('error_403_missing_scope_string.json') };
const REJECTED = { status: 401, body: fixture('error_401_invalid_api_key.json') };

interface Asked {
  readonly costs?: ScriptedAnswer;
  readonly projects?: ScriptedAnswer;
  readonly keys?: ScriptedAnswer;
  readonly answer?: SecretAnswer;
  readonly stored?: KeyExpiry;
}

async function examined(
  asked: Asked = {},
): Promise<{ findings: Finding[]; urls: string[]; keys: unknown[] }> {
  const { costs, projects, keys, answer = { outcome: 'read', value: KEY }, stored = null } = asked;
  await using server = await startScriptedServer(({ url }) => {
    if (url.pathname.endsWith('/costs'))
      return costs ?? { body: { object: 'page', data: [], has_more: false } };
    if (url.pathname.endsWith('/projects')) return projects ?? { body: LIST };
    return keys ?? { body: keyList(IN_A_YEAR_S) };
  });
  const { baseUrl } = server;
  const findings = await examineAdminKey({
    tick: TICK,
    readKey: async () => answer,
    place: 'the secret openai/key',
    ask: (key) => askAboutKey({ key, baseUrl, tick: TICK, minIntervalMs: 0, patienceMs: 400 }),
    storedExpiry: async () => stored,
  });
  return {
    findings,
    urls: server.requests.map(({ rawUrl }) => rawUrl),
    keys: server.requests.map(({ headers }) => headers.authorization),
  };
}

const states = (findings: readonly Finding[]) => findings.map(({ check, state }) => `${state} ${check}`);
const one = (findings: readonly Finding[], check: string) => findings.find((found) => found.check === check);

describe('an admin key', () => {
  it('that is sound takes three small questions', async () => {
    const { findings, urls, keys } = await examined();
    expect(states(findings)).toEqual([
      'ok admin-key',
      'ok admin-key.api.usage.read',
      'ok admin-key.api.management.read',
      'ok admin-key.expiry',
    ]);
    expect(one(findings, 'admin-key.expiry')?.message).toBe('The key works until 2027-11-20T10:00:00Z.');
    // One finished day: 2026-11-19T00:00Z up to 2026-11-20T00:00Z.
    expect(urls).toEqual([
      '/v1/organization/costs?start_time=1795046400&end_time=1795132800&bucket_width=1d&limit=1',
      '/v1/organization/projects?limit=1',
      '/v1/organization/admin_api_keys?limit=100&order=asc',
    ]);
    expect(new Set(keys)).toEqual(new Set([`Bearer ${KEY}`]));
  });

  it('that lacks a scope is said to lack that one, and to be made anew with both', async () => {
    const usage = await examined({ costs: MISSING_SCOPE });
    expect(one(usage.findings, 'admin-key.api.usage.read')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('lacks api.usage.read'),
      fix: expect.stringMatching(/api\.usage\.read and api\.management\.read .* into the secret openai\/key/),
    });
    expect(one(usage.findings, 'admin-key.api.management.read')?.state).toBe('ok');

    const management = await examined({ projects: MISSING_SCOPE });
    expect(one(management.findings, 'admin-key.api.management.read')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('lacks api.management.read'),
      fix: expect.stringContaining('api.usage.read and api.management.read'),
    });
    expect(one(management.findings, 'admin-key.api.usage.read')?.state).toBe('ok');
    expect(one(management.findings, 'admin-key.expiry')?.state).toBe('skipped');
  });

  it('that is refused is said to be, once, with the end that was known of it', async () => {
    const stored = { name: 'Ours', expiresAt: instantOf('2026-11-19T10:00:00Z') };
    const { findings, urls } = await examined({ costs: REJECTED, stored });
    expect(states(findings)).toEqual(['failed admin-key', 'failed admin-key.expiry']);
    expect(one(findings, 'admin-key')?.fix).toContain('Make an admin key');
    expect(one(findings, 'admin-key.expiry')?.message).toBe(
      'The OpenAI admin key has expired: Ours (AdminKeyExpiring)',
    );
    expect(urls).toHaveLength(1);
  });

  it.each<[string, number | null, string, string]>([
    ['about to end', IN_TWO_DAYS_S, 'warning', 'expires within 3 days: Ours'],
    ['without an end', null, 'ok', 'does not expire'],
  ])('%s is seen to be', async (_, expiresAtS, state, message) => {
    const { findings } = await examined({ keys: { body: keyList(expiresAtS) } });
    expect(one(findings, 'admin-key.expiry')).toMatchObject({
      state,
      message: expect.stringContaining(message),
    });
  });

  it('is not said to be wrong where OpenAI does not answer', async () => {
    const { findings } = await examined({ costs: { status: 503 } });
    expect(states(findings)).toEqual(['failed admin-key', 'skipped admin-key.expiry']);
    expect(one(findings, 'admin-key')?.message).toContain('could not be tried (openai-');
  });

  it('is not believed to work because something else answers in the place of OpenAI', async () => {
    const { findings } = await examined({ costs: { body: '{"status":"ok"}' } });
    expect(one(findings, 'admin-key')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('openai-answer-malformed'),
    });
  });

  it.each<[string, SecretAnswer, string, string]>([
    [
      'is missing',
      { outcome: 'unusable', message: 'There is no secret x.', fix: 'Make it.' },
      'failed There is no secret x.',
      'Make it.',
    ],
    [
      'may not be read by whoever asks',
      { outcome: 'not-allowed', why: 'x, AccessDeniedException' },
      'skipped You may not read the secret: x, AccessDeniedException.',
      'Run this as somebody who may read the secret openai/key',
    ],
    ['cannot be found', { outcome: 'unknown', why: 'Which?', fix: 'Say.' }, 'skipped Which?', 'Say.'],
    [
      'is no key at all',
      { outcome: 'read', value: 'two words' },
      'failed OpenAI does not accept',
      'Make an admin key',
    ],
  ])('that %s is asked nothing about', async (_, answer, said, fix) => {
    const { findings, urls } = await examined({ answer });
    const found = one(findings, 'admin-key');
    expect(`${found?.state} ${found?.message}`).toContain(said);
    expect(found?.fix).toContain(fix);
    expect(urls).toEqual([]);
  });

  it('is never in what is said, whatever is wrong with it', async () => {
    const all = await Promise.all([
      examined(),
      examined({ costs: REJECTED }),
      examined({ costs: MISSING_SCOPE, projects: MISSING_SCOPE }),
      examined({ answer: { outcome: 'read', value: `${KEY} ${KEY}` } }),
    ]);
    expect(JSON.stringify(all.map(({ findings }) => findings))).not.toContain('SECRET');
  });
});

describe('the base URL', () => {
  it('is https, or this machine', () => {
    expect(examineBaseUrl('https://eu.api.openai.com/v1').state).toBe('ok');
    expect(examineBaseUrl('http://127.0.0.1:8080/v1').state).toBe('ok');
  });

  it.each(['http://api.openai.com/v1', 'https://user:pass@api.openai.com/v1', 'api.openai.com'])(
    'is not %s, and the key is not sent there',
    async (baseUrl) => {
      const { state, message, fix } = examineBaseUrl(baseUrl);
      expect([state, fix]).toEqual(['failed', expect.stringContaining('Set OPENAI_BASE_URL')]);
      expect(`${message} ${fix}`).not.toContain('pass@');
      const findings = await examineAdminKey({
        tick: TICK,
        readKey: async () => ({ outcome: 'read', value: KEY }),
        place: 'x',
        ask: (key) => askAboutKey({ key, baseUrl, tick: TICK, minIntervalMs: 0 }),
        storedExpiry: async () => null,
      });
      expect(states(findings)).toEqual(['skipped admin-key', 'skipped admin-key.expiry']);
    },
  );
});
