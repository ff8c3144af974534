// A name as OpenAI sent it, whatever it is: safe to show, or empty.
import { cleanName } from '../spend/clean-name.ts';

/** Empty where it is no text, or nothing of it can be seen. */
export function visibleName(value: unknown): string {
  return typeof value === 'string' ? cleanName(value) : '';
}
