// No key survives in a text that is shown, and nothing else is touched.
import { expect, it } from 'vitest';
import { redactKeys } from '../../lib/openai/redact.ts';
import { sourceError } from '../../lib/openai/source-error.ts';

it.each([
  ['key sk-admin-AbC_123-xyz.', 'key sk-…'],
  ['sk-proj-a, sk-svcacct-b; "sk-c"', 'sk-…, sk-…; "sk-…"'],
  ['Incorrect API key provided: sk-admi********cdef.', 'Incorrect API key provided: sk-…'],
  ['SK-ADMIN-1', 'sk-…'],
  ['Bearer sk-admin-1/path', 'Bearer sk-…/path'],
  ['a task-force at desk-1 takes risk-free steps', 'a task-force at desk-1 takes risk-free steps'],
])('%s is shown as %s', (text, shown) => {
  expect(redactKeys(text)).toBe(shown);
});

it('holds for the message and the request id of every error of this edge', () => {
  const error = sourceError('openai-unavailable', 'failed with sk-admin-1', 'sk-admin-2');
  expect(error.message).toBe('failed with sk-…');
  expect(error.requestId).toBe('sk-…');
});
