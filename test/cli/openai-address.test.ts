// Where OpenAI is for the command, and how often it may be asked there.
import { expect, it } from 'vitest';
import { openAiAddress } from '../../lib/cli/openai-from-environment.ts';

it.each([
  ['OpenAI itself, a request a second, where nothing is set', {}, 'https://api.openai.com/v1', 1_000],
  ['OpenAI itself where the address is blank', { OPENAI_BASE_URL: ' ' }, 'https://api.openai.com/v1', 1_000],
  [
    'a gateway, as slowly',
    { OPENAI_BASE_URL: 'https://ai.example.com/v1 ' },
    'https://ai.example.com/v1',
    1_000,
  ],
  [
    'this machine, as fast as it answers',
    { OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' },
    'http://127.0.0.1:8080/v1',
    0,
  ],
  ['this machine by its name', { OPENAI_BASE_URL: 'http://localhost/v1' }, 'http://localhost/v1', 0],
  [
    'a host that only begins like it',
    { OPENAI_BASE_URL: 'https://localhost.example.com' },
    'https://localhost.example.com',
    1_000,
  ],
])('%s', (_, environment, baseUrl, minIntervalMs) => {
  expect(openAiAddress(environment)).toEqual({ baseUrl, minIntervalMs });
});
