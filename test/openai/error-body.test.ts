// OpenAI's error bodies in all their shapes: what may be decided on is kept, what may echo a key is not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseErrorBody } from '../../lib/openai/error-body.ts';
import { fixture } from './scripted-server.ts';

const NOTHING = { type: null, code: null, missingScopes: [], pageTokenInvalid: false };

describe('an error body', () => {
  it('recorded for a wrong key keeps type and code, and drops the message', () => {
    expect(parseErrorBody(fixture('error_401_invalid_api_key.json'))).toEqual({
      ...NOTHING,
      shape: 'object',
      type: 'invalid_request_error',
      code: 'invalid_api_key',
    });
  });

  it('recorded for a missing scope is a bare string, of which the scope is kept', () => {
    expect(parseErrorBody(fixture('error_403_missing_scope_string.json'))).toEqual({
      ...NOTHING,
      shape: 'string',
      missingScopes: ['api.usage.read'],
    });
  });

  it('recorded for a refused cursor says so', () => {
    expect(parseErrorBody(fixture('error_400_invalid_page_token.json'))).toMatchObject({
      shape: 'object',
      pageTokenInvalid: true,
    });
  });

  it('names several scopes, in the object form too', () => {
    const message = 'Missing scopes: api.usage.read, api.management.read. Check your role, and that';
    expect(parseErrorBody(JSON.stringify({ error: { message } })).missingScopes).toEqual([
      'api.usage.read',
      'api.management.read',
    ]);
  });

  it.each([
    'Missing scopes: sk_admin_1234567890',
    'Missing scopes: api.usage.Read1234567890',
    'Missing scopes: a-key.of-some.gateway',
  ])('takes nothing for a scope that is written like none: %s', (message) => {
    expect(parseErrorBody(JSON.stringify({ error: message })).missingScopes).toEqual([]);
  });

  it.each([
    ['', 'empty'],
    ['<html>502</html>', 'html'],
    ['upstream connect error', 'other'],
    ['{}', 'other'],
    ['{"error":null}', 'other'],
    ['{"error":[1]}', 'other'],
    ['[]', 'other'],
    ['null', 'other'],
  ])('%j is of the shape %s and says nothing', (text, shape) => {
    expect(parseErrorBody(text)).toEqual({ ...NOTHING, shape });
  });

  it('keeps no type or code that is not one plain word', () => {
    const error = { message: 5, type: 'see sk-admin-1 now', code: { a: 1 } };
    expect(parseErrorBody(JSON.stringify({ error }))).toEqual({ ...NOTHING, shape: 'object' });
    expect(parseErrorBody('{"error":{"code":503}}').code).toBe('503');
  });

  it('is never a reason to crash', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseErrorBody(text)));
    fc.assert(fc.property(fc.jsonValue(), (error) => void parseErrorBody(JSON.stringify({ error }))));
  });
});
