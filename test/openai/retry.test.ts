// The retry policy as a table: which failure is tried again, after how long, and what it is called when it is not.
import { describe, expect, it } from 'vitest';
import { parseErrorBody } from '../../lib/openai/error-body.ts';
import type { Failure } from '../../lib/openai/failure.ts';
import { decideRetry, MAX_RETRIES, type RetryContext } from '../../lib/openai/retry.ts';
import { instantOf } from '../fakes/time-of.ts';
import { fixture } from './scripted-server.ts';

const CONTEXT: RetryContext = {
  retriesDone: 0,
  notFoundPasses: false,
  hasCursor: false,
  now: instantOf('2026-11-20T10:00:00Z'),
  random: 0,
};

/** The wait with `random` 0. */
const SHORTEST_MS = 500;

function refusal(status: number, body = '', headers: Readonly<Record<string, string>> = {}): Failure {
  return { kind: 'refusal', status, headers: new Map(Object.entries(headers)), body: parseErrorBody(body) };
}

function coded(code: string | null, type: string | null = null): string {
  return JSON.stringify({ error: { message: 'x', code, type } });
}

const TRUE = { 'x-should-retry': 'true' };
const FALSE = { 'x-should-retry': 'false' };
const HTML = '<html>Bad gateway</html>';
const PAGE_TOKEN = fixture('error_400_invalid_page_token.json');

describe('a failed attempt', () => {
  it.each<[string, Failure, Partial<RetryContext>, 'retry' | 'ask-anew' | string]>([
    ['a lost connection', { kind: 'no-answer', why: 'reset' }, {}, 'retry'],
    [
      'a body of nothing',
      { kind: 'unreadable', status: 200, headers: new Map(), shape: 'empty' },
      {},
      'retry',
    ],
    ['half a JSON', { kind: 'unreadable', status: 200, headers: new Map(), shape: 'broken' }, {}, 'retry'],
    [
      'a web page',
      { kind: 'unreadable', status: 200, headers: new Map(), shape: 'html' },
      {},
      'openai-answer-malformed',
    ],
    ['408', refusal(408), {}, 'retry'],
    ['409', refusal(409), {}, 'retry'],
    ['429', refusal(429, fixture('error_429_rate_limit.json')), {}, 'retry'],
    ['500', refusal(500), {}, 'retry'],
    ['502 with a web page', refusal(502, HTML), {}, 'retry'],
    ['529', refusal(529), {}, 'retry'],
    ['404 of costs', refusal(404), { notFoundPasses: true }, 'retry'],
    ['404 of anything else', refusal(404), {}, 'openai-not-found'],
    ['302', refusal(302), {}, 'openai-request-refused'],
    ['400', refusal(400, coded('unsupported_group_by')), {}, 'openai-request-refused'],
    ['422', refusal(422), {}, 'openai-request-refused'],
    ['401', refusal(401, fixture('error_401_invalid_api_key.json')), {}, 'openai-key-rejected'],
    ['401 without a body', refusal(401), {}, 'openai-key-rejected'],
    [
      '401 that names a scope',
      refusal(401, '{"error":"Missing scopes: api.usage.read."}'),
      {},
      'openai-scope-missing',
    ],
    ['403', refusal(403, fixture('error_403_missing_scope_string.json')), {}, 'openai-scope-missing'],
    [
      '403 for those who are not owners',
      refusal(403, coded('insufficient_permissions')),
      {},
      'openai-scope-missing',
    ],
    ['403 of a firewall', refusal(403, HTML), {}, 'openai-request-refused'],
    ['429 insufficient_quota', refusal(429, coded('insufficient_quota')), {}, 'openai-billing'],
    ['429 of that type', refusal(429, coded(null, 'insufficient_quota')), {}, 'openai-billing'],
    ['429 project limit', refusal(429, coded('project_spend_limit_exceeded')), {}, 'openai-billing'],
    [
      '429 organization limit',
      refusal(429, coded('organization_spend_limit_exceeded')),
      {},
      'openai-billing',
    ],
    ['429 usage limit', refusal(429, coded('organization_usage_limit_exceeded')), {}, 'openai-billing'],
    ['429 no credit', refusal(429, coded('credit_balance_exhausted')), {}, 'openai-billing'],
    [
      '429 no credit, told to retry',
      refusal(429, coded('credit_balance_exhausted'), TRUE),
      {},
      'openai-billing',
    ],
    ['500, told not to retry', refusal(500, '', FALSE), {}, 'openai-unavailable'],
    ['429, told not to retry', refusal(429, '', FALSE), {}, 'openai-rate-limited'],
    ['400, told to retry', refusal(400, '', TRUE), {}, 'retry'],
    ['a refused cursor', refusal(400, PAGE_TOKEN), { hasCursor: true }, 'ask-anew'],
    ['a refused cursor that nobody sent', refusal(400, PAGE_TOKEN), {}, 'openai-request-refused'],
    ['429 for the fifth time', refusal(429), { retriesDone: MAX_RETRIES }, 'openai-rate-limited'],
    ['503 for the fifth time', refusal(503), { retriesDone: MAX_RETRIES }, 'openai-unavailable'],
    [
      '404 for the fifth time',
      refusal(404),
      { retriesDone: MAX_RETRIES, notFoundPasses: true },
      'openai-not-found',
    ],
    [
      'a connection lost five times',
      { kind: 'no-answer', why: 'reset' },
      { retriesDone: 4 },
      'openai-unavailable',
    ],
    [
      'half a JSON five times',
      { kind: 'unreadable', status: 200, headers: new Map(), shape: 'broken' },
      { retriesDone: 4 },
      'openai-answer-malformed',
    ],
  ])('%s', (_, failure, context, expected) => {
    const decision = decideRetry(failure, { ...CONTEXT, ...context });
    expect(decision.action === 'fail' ? decision.code : decision.action).toBe(expected);
  });
});

describe('the wait before another attempt', () => {
  it.each<[string, Readonly<Record<string, string>>, number | 'fail']>([
    ['nothing is said', {}, SHORTEST_MS],
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['no seconds', { 'retry-after': '0' }, 0],
    ['parts of a second', { 'retry-after': '0.25' }, 250],
    ['a minute', { 'retry-after': '60' }, 60_000],
    ['more than a minute', { 'retry-after': '61' }, 'fail'],
    ['milliseconds', { 'retry-after-ms': '1234.5' }, 1_235],
    ['milliseconds before seconds', { 'retry-after-ms': '20', 'retry-after': '3600' }, 20],
    ['too many milliseconds', { 'retry-after-ms': '60001', 'retry-after': '1' }, 'fail'],
    ['nonsense in milliseconds, but seconds', { 'retry-after-ms': 'soon', 'retry-after': '3' }, 3_000],
    ['a date', { 'retry-after': 'Fri, 20 Nov 2026 10:00:45 GMT' }, 45_000],
    ['a far date', { 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' }, 'fail'],
    ['a date that has passed', { 'retry-after': 'Fri, 20 Nov 2026 09:59:00 GMT' }, SHORTEST_MS],
    ['nonsense', { 'retry-after': 'soon' }, SHORTEST_MS],
    ['less than nothing', { 'retry-after': '-5' }, SHORTEST_MS],
    ['not a number', { 'retry-after': 'NaN' }, SHORTEST_MS],
    ['no end of it', { 'retry-after': '1e9' }, SHORTEST_MS],
  ])('where the server says: %s', (_, headers, expected) => {
    for (const status of [429, 503]) {
      const decision = decideRetry(refusal(status, '', headers), CONTEXT);
      expect(decision.action === 'retry' ? decision.waitMs : decision.action).toBe(expected);
    }
  });

  it.each([
    [0, 1_000],
    [1, 2_000],
    [2, 4_000],
    [3, 8_000],
  ])('after %i retries lies between half a second and %i ms', (retriesDone, boundMs) => {
    const failure = refusal(503);
    const waits = [0, 0.5, 0.999_999].map((random) =>
      decideRetry(failure, { ...CONTEXT, retriesDone, random }),
    );
    expect(waits).toEqual(
      [500, (500 + boundMs) / 2, boundMs].map((waitMs) => ({ action: 'retry', waitMs, coolDownMs: 0 })),
    );
  });
});

describe('the quiet for every request', () => {
  it.each<[string, Failure, number]>([
    ['after 429 is the wait', refusal(429, '', { 'retry-after': '20' }), 20_000],
    ['after 429 without a wait is the random one', refusal(429), SHORTEST_MS],
    ['after 429 holds even if this request gives up', refusal(429, '', { 'retry-after': '300' }), 300_000],
    ['lasts a day at most', refusal(429, '', { 'retry-after': '999999999999999' }), 86_400_000],
    ['is not asked for by 503', refusal(503, '', { 'retry-after': '20' }), 0],
    ['is not asked for by a lost connection', { kind: 'no-answer', why: 'reset' }, 0],
    ['is not asked for when billing is the matter', refusal(429, coded('insufficient_quota')), 0],
  ])('%s', (_, failure, expected) => {
    expect(decideRetry(failure, CONTEXT).coolDownMs).toBe(expected);
  });
});
