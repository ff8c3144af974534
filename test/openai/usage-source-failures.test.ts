// What goes wrong between here and OpenAI: tried again where that can help, and named with what to do where it cannot.
import { describe, expect, it } from 'vitest';
import { datasetOf } from '../../lib/spend/dataset.ts';
import {
  listOfRows,
  type SourceBucket,
  type SourceErrorCode,
  type UsageSource,
} from '../../lib/spend/usage-source.ts';
import { type Instant, plusMs } from '../../lib/time/instant.ts';
import { dayOf } from '../fakes/time-of.ts';
import { bucketOf, costResult, pageOf } from './page-of.ts';
import { fixture, type ScriptedAnswer } from './scripted-server.ts';
import { failureOf, IN_AN_HOUR, KEY, NOW, sourceOver } from './source-under-test.ts';

const GOOD: ScriptedAnswer = { body: pageOf([bucketOf('2026-11-01', costResult(1))]) };
const RATE_LIMITED = { status: 429, body: fixture('error_429_rate_limit.json') };
const HTML_502 = { status: 502, body: '<html><body>Bad gateway, private words</body></html>' };
const EMPTY_404 = { status: 404, body: '' };
const CUT_JSON = { body: '{"object":"page","data":[{"object":"bucket","private":"words' };

async function read(
  source: UsageSource,
  deadline: Instant = IN_AN_HOUR,
  kind: 'costs' | 'completions' = 'costs',
): Promise<SourceBucket[]> {
  const days = { from: dayOf('2026-11-01'), until: dayOf('2026-11-02') };
  const buckets: SourceBucket[] = [];
  for await (const page of source.pages(datasetOf(kind), days, deadline, listOfRows)) buckets.push(...page);
  return buckets;
}

describe('a failure that passes', () => {
  it.each<[string, ScriptedAnswer]>([
    ['HTTP 408', { status: 408 }],
    ['HTTP 409', { status: 409 }],
    ['HTTP 429', RATE_LIMITED],
    ['HTTP 500', { status: 500, body: '{"error":{"message":"oops"}}' }],
    ['a web page with HTTP 502', HTML_502],
    ['an empty 404 of costs', EMPTY_404],
    ['a connection that is closed at once', { fault: 'reset' }],
    ['a body that breaks off', { ...GOOD, fault: 'cut' }],
    ['half a JSON that claims to be whole', CUT_JSON],
    ['a body of nothing', { body: '' }],
  ])('is tried again: %s', async (_, failure) => {
    await using test = await sourceOver([failure, failure, GOOD]);
    expect(await read(test.source)).toHaveLength(1);
    expect(test.server.requests).toHaveLength(3);
    expect(test.slept).toEqual([500, 500]);
  });

  it('after half of a long page leaves nothing of that half behind', async () => {
    const results = Array.from({ length: 3_000 }, (_, index) =>
      costResult(1, { line_item: `item ${index}` }),
    );
    const whole = { body: pageOf([bucketOf('2026-11-01', ...results)]) };
    const cutText = { body: JSON.stringify(whole.body).slice(0, -200) };
    const failures: ScriptedAnswer[] = [{ ...whole, fault: 'cut' }, cutText, { body: `${cutText.body}]` }];
    await using test = await sourceOver([...failures, whole]);
    const [bucket] = await read(test.source);
    expect(bucket?.rows).toHaveLength(3_000);
    expect(test.server.requests).toHaveLength(4);
  });

  it('is tried again when no answer comes in time', async () => {
    await using test = await sourceOver([{ fault: 'silent' }, GOOD], { attemptTimeoutMs: 400 });
    expect(await read(test.source)).toHaveLength(1);
    expect(test.slept).toEqual([500]);
  });

  it.each<[string, Record<string, string>, number]>([
    ['retry-after', { 'retry-after': '7' }, 7_000],
    ['retry-after-ms', { 'retry-after-ms': '1500', 'retry-after': '60' }, 1_500],
    ['nothing', {}, 500],
  ])('waits after 429 as the server says with %s', async (_, headers, waitMs) => {
    await using test = await sourceOver([{ ...RATE_LIMITED, headers }, GOOD]);
    expect(await read(test.source)).toHaveLength(1);
    expect(test.slept).toEqual([waitMs]);
  });

  it('is tried five times in all, with growing bounds of the wait', async () => {
    await using test = await sourceOver(() => ({ status: 503 }), { random: () => 0.999_999_9 });
    expect(await failureOf(read(test.source))).toMatchObject({
      code: 'openai-unavailable',
      message: expect.stringContaining('5 attempts'),
    });
    expect(test.server.requests).toHaveLength(5);
    expect(test.slept).toEqual([1_000, 2_000, 4_000, 8_000]);
  });
});

describe('after HTTP 429', () => {
  it('the other readings of the same source are quiet too', async () => {
    await using test = await sourceOver([
      { ...RATE_LIMITED, headers: { 'retry-after': '30', 'x-should-retry': 'false' } },
      GOOD,
    ]);
    expect(await failureOf(read(test.source))).toMatchObject({ code: 'openai-rate-limited' });
    expect(test.slept).toEqual([]);
    await read(test.source);
    expect(test.slept).toEqual([30_000]);
  });

  it('with more than a minute to wait everybody gives up at once', async () => {
    await using test = await sourceOver([{ ...RATE_LIMITED, headers: { 'retry-after': '600' } }]);
    expect(await failureOf(read(test.source))).toMatchObject({ code: 'openai-rate-limited' });
    expect(await failureOf(test.source.projectNames(IN_AN_HOUR))).toMatchObject({
      code: 'openai-rate-limited',
      message: expect.stringContaining('2026-11-20T10:10:00Z'),
    });
    expect(test.server.requests).toHaveLength(1);
    expect(test.slept).toEqual([]);
  });
});

describe('a deadline', () => {
  it('that has passed lets no request out', async () => {
    await using test = await sourceOver([]);
    expect(await failureOf(read(test.source, NOW))).toMatchObject({ code: 'openai-deadline' });
    expect(test.server.requests).toEqual([]);
  });

  it.each<[string, ScriptedAnswer]>([
    ['a random time', { status: 503 }],
    ['as long as 429 says', { ...RATE_LIMITED, headers: { 'retry-after': '2' } }],
  ])('is not waited past: %s', async (_, failure) => {
    await using test = await sourceOver(() => failure, { random: () => 0.999_999_9 });
    const error = await failureOf(read(test.source, plusMs(NOW, 1_000)));
    expect(error).toMatchObject({ code: 'openai-deadline', message: expect.stringContaining('HTTP') });
    expect(test.slept).toEqual([]);
  });

  it('ends an attempt that is under way', async () => {
    await using test = await sourceOver([{ fault: 'silent' }]);
    expect(await failureOf(read(test.source, plusMs(NOW, 400)))).toMatchObject({ code: 'openai-deadline' });
    expect(test.server.requests).toHaveLength(1);
  });

  it('ends the last attempt too, and is then what failed', async () => {
    await using test = await sourceOver((_, index) => (index < 4 ? { status: 503 } : { fault: 'silent' }));
    expect(await failureOf(read(test.source, plusMs(NOW, 4 * 500 + 400)))).toMatchObject({
      code: 'openai-deadline',
    });
    expect(test.server.requests).toHaveLength(5);
  });

  it('that comes while the key is fetched lets no request out', async () => {
    let now = NOW;
    const adminKey = async (): Promise<string> => {
      now = IN_AN_HOUR;
      return KEY;
    };
    await using test = await sourceOver([], { now: () => now, adminKey });
    expect(await failureOf(read(test.source))).toMatchObject({ code: 'openai-deadline' });
    expect(test.server.requests).toEqual([]);
  });

  it('holds back the next page as well', async () => {
    await using test = await sourceOver([{ body: pageOf([bucketOf('2026-11-01')], 'page_A') }], {
      minIntervalMs: 1_000,
    });
    expect(await failureOf(read(test.source, plusMs(NOW, 900)))).toMatchObject({ code: 'openai-deadline' });
    expect(test.server.requests).toHaveLength(1);
  });
});

describe('a failure that does not pass', () => {
  const echo = `{"error":{"message":"Incorrect API key provided: ${KEY}","code":"invalid_api_key","type":"${KEY}"}}`;
  const headers = { 'x-request-id': 'req_abc' };
  const billing = '{"error":{"message":"private words","type":"insufficient_quota","code":null}}';

  it.each<[string, ScriptedAnswer, SourceErrorCode, RegExp]>([
    [
      'a wrong key',
      { status: 401, body: echo, headers },
      'openai-key-rejected',
      /HTTP 401.*invalid_api_key.*admin key/,
    ],
    [
      'a wrong key, recorded',
      { status: 401, body: fixture('error_401_invalid_api_key.json') },
      'openai-key-rejected',
      /./,
    ],
    [
      'a missing scope as a bare string',
      { status: 403, body: fixture('error_403_missing_scope_string.json') },
      'openai-scope-missing',
      /lacks api\.usage\.read .*HTTP 403/,
    ],
    [
      'a missing scope as an object with 401',
      { status: 401, body: '{"error":{"message":"Missing scopes: api.usage.read, api.x. private words"}}' },
      'openai-scope-missing',
      /lacks api\.usage\.read, api\.x /,
    ],
    [
      '403 that names no scope',
      { status: 403, body: '{"error":"no"}' },
      'openai-scope-missing',
      /api\.usage\.read/,
    ],
    [
      'a refused request',
      { status: 400, body: '{"error":{"code":"bad_group_by"}}' },
      'openai-request-refused',
      /bad_group_by/,
    ],
    ['no money', { status: 429, body: billing }, 'openai-billing', /insufficient_quota.*billing/],
    [
      'a redirect',
      { status: 307, headers: { location: 'https://evil.example/' } },
      'openai-request-refused',
      /Redirects are not followed/,
    ],
    [
      'a web page for an answer',
      { body: '<html>private words</html>' },
      'openai-answer-malformed',
      /web page.*OPENAI_BASE_URL/,
    ],
    [
      'an error with HTTP 200',
      { body: '{"error":{"message":"private words"}}' },
      'openai-answer-malformed',
      /data is not a list/,
    ],
    [
      'a malformed amount',
      { body: pageOf([bucketOf('2026-11-01', costResult(1), costResult('private words'))]), headers },
      'openai-answer-malformed',
      /data\[0\]\.results\[1\]\.amount\.value .*2026-11-01.*req_abc/,
    ],
  ])('is told at once: %s', async (_, answer, code, says) => {
    await using test = await sourceOver([answer]);
    const error = await failureOf(read(test.source));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect(error.message).not.toMatch(/sk-admin-0|SECRET|private words|evil/);
    expect(error.requestId).toBe(answer.headers?.['x-request-id'] ?? null);
    expect(error.cause).toBeUndefined();
    expect(test.server.requests).toHaveLength(1);
    expect(test.slept).toEqual([]);
  });

  it.each<[string, ScriptedAnswer, SourceErrorCode, RegExp]>([
    [
      'rate limits',
      { ...RATE_LIMITED, headers },
      'openai-rate-limited',
      /HTTP 429.*rate_limit_exceeded.*req_abc/,
    ],
    ['web pages with 502', HTML_502, 'openai-unavailable', /HTTP 502, a web page.*status\.openai\.com/],
    ['404 of costs', EMPTY_404, 'openai-not-found', /HTTP 404, empty body.*OPENAI_BASE_URL/],
    ['lost connections', { fault: 'reset' }, 'openai-unavailable', /connection closed.*OPENAI_BASE_URL/],
    ['broken off bodies', { ...GOOD, fault: 'cut' }, 'openai-unavailable', /connection closed|broken off/],
    ['half a JSON', { ...CUT_JSON, headers }, 'openai-answer-malformed', /HTTP 200, not JSON.*req_abc/],
    ['bodies of nothing', { body: '' }, 'openai-answer-malformed', /empty body/],
  ])('is told in the end: nothing but %s', async (_, answer, code, says) => {
    await using test = await sourceOver(() => answer);
    const error = await failureOf(read(test.source));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect(error.message).toContain('5 attempts');
    expect(error.message).not.toMatch(/SECRET|private words/);
    expect(test.server.requests).toHaveLength(5);
  });

  it('is told for a 404 of usage, which does not come and go', async () => {
    await using test = await sourceOver([EMPTY_404]);
    expect(await failureOf(read(test.source, IN_AN_HOUR, 'completions'))).toMatchObject({
      code: 'openai-not-found',
    });
  });

  it('is told where nobody listens', async () => {
    await using closed = await sourceOver([]);
    await closed.server[Symbol.asyncDispose]();
    const error = await failureOf(read(closed.source));
    expect(error).toMatchObject({ code: 'openai-unavailable', message: expect.stringContaining('refused') });
  });

  it.each<[string, SourceErrorCode]>([
    ['', 'openai-key-missing'],
    [' \n', 'openai-key-missing'],
    ['sk-admin-SECRET\r\nx-evil: 1', 'openai-key-rejected'],
    ['sk-admin-SECRETé', 'openai-key-rejected'],
  ])('is told for the key %j without sending it', async (key, code) => {
    await using test = await sourceOver([], { adminKey: async () => key });
    const error = await failureOf(read(test.source));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('SECRET');
    expect(test.server.requests).toEqual([]);
  });

  it('is told by its status, however long its body is', async () => {
    await using test = await sourceOver([{ status: 401, body: '<p>private words</p>'.repeat(10_000) }], {
      maxBodyBytes: 100,
      maxDayBytes: 100,
    });
    expect(await failureOf(read(test.source))).toMatchObject({ code: 'openai-key-rejected' });
  });

  it('is told for text that is not UTF-8, whose ids would be guesses', async () => {
    const body = Buffer.from(JSON.stringify(GOOD.body).replace('proj_a', 'proj_\u00E9'), 'latin1');
    await using test = await sourceOver(() => ({ body }));
    const error = await failureOf(read(test.source));
    expect(error).toMatchObject({
      code: 'openai-unavailable',
      message: expect.stringContaining('not UTF-8'),
    });
  });

  it('of whoever keeps the key is passed on as it is', async () => {
    const locked = new Error('the secret is locked');
    await using test = await sourceOver([], { adminKey: () => Promise.reject(locked) });
    await expect(read(test.source)).rejects.toBe(locked);
  });

  it('and a request id that is no word stays out of the message', async () => {
    await using test = await sourceOver([{ status: 400, headers: { 'x-request-id': 'private words <b>' } }]);
    const error = await failureOf(read(test.source));
    expect(error.requestId).toBeNull();
    expect(error.message).not.toContain('private');
  });
});
