// What may be sent as an admin key.
import { sourceError } from './source-error.ts';

/**
 * The key without the blanks and line breaks that copying leaves at either end.
 * @throws SourceError `openai-key-missing`, or `openai-key-rejected` for what no header can carry
 */
export function usableKey(text: string): string {
  const key = text.trim();
  if (key === '') {
    throw sourceError(
      'openai-key-missing',
      'There is no OpenAI admin key. Set OPENAI_ADMIN_KEY, or store the key in the secret that the functions read.',
    );
  }
  if (!/^[\x21-\x7E]+$/.test(key)) {
    throw sourceError(
      'openai-key-rejected',
      'The OpenAI admin key holds blanks, line breaks or letters that no key has. Copy it again, alone and in full.',
    );
  }
  return key;
}
