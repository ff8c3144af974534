// Where the admin key may be sent: https anywhere, plain http to this machine only, and nothing hidden in the address.
import { describe, expect, it } from 'vitest';
import { DEFAULT_BASE_URL, parseBaseUrl } from '../../lib/openai/base-url.ts';
import { SourceError } from '../../lib/spend/usage-source.ts';

describe('a base URL', () => {
  it.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1/', 'https://api.openai.com/v1'],
    ['https://eu.api.openai.com:8443/proxy/v1', 'https://eu.api.openai.com:8443/proxy/v1'],
    ['HTTPS://API.OpenAI.com/v1', 'https://api.openai.com/v1'],
    ['http://localhost:4010/v1', 'http://localhost:4010/v1'],
    ['http://127.0.0.1:4010/v1//', 'http://127.0.0.1:4010/v1'],
    ['http://127.1/v1', 'http://127.0.0.1/v1'],
    ['http://[::1]:4010/v1', 'http://[::1]:4010/v1'],
    ['https://api.openai.com', 'https://api.openai.com'],
  ])('%s becomes %s', (text, expected) => {
    expect(parseBaseUrl(text)).toBe(expected);
  });

  it('is OpenAI itself by default', () => {
    expect(parseBaseUrl(DEFAULT_BASE_URL)).toBe('https://api.openai.com/v1');
  });

  it.each([
    ['', 'not a URL'],
    ['api.openai.com/v1', 'not a URL'],
    ['http://api.openai.com/v1', 'https://'],
    ['http://localhost.evil.example/v1', 'https://'],
    ['http://127.0.0.1.evil.example/v1', 'https://'],
    ['http://not-localhost/v1', 'https://'],
    ['http://10.0.0.1/v1', 'https://'],
    ['http://169.254.169.254/v1', 'https://'],
    ['http://[::2]/v1', 'https://'],
    ['ftp://localhost/v1', 'https://'],
    ['file:///etc/passwd', 'https://'],
    ['localhost:4010/v1', 'https://'],
    ['https://me:hunter2@api.openai.com/v1', 'user name or a password'],
    ['https://hunter2@api.openai.com/v1', 'user name or a password'],
    ['http://localhost:x@evil.example/v1', 'https://'],
    ['https://api.openai.com/v1?token=hunter2', 'a query'],
    ['https://api.openai.com/v1?', 'a query'],
    ['https://api.openai.com/v1#hunter2', 'a fragment'],
  ])('refuses %j: %s', (text, why) => {
    let caught: unknown;
    try {
      parseBaseUrl(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(SourceError);
    expect(caught).toMatchObject({ code: 'openai-base-url-invalid', message: expect.stringContaining(why) });
    expect(caught).toMatchObject({ message: expect.not.stringContaining('hunter2') });
    expect(caught).toMatchObject({ message: expect.stringContaining('OPENAI_BASE_URL') });
  });
});
