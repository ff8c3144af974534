// Takes keys out of texts that people and logs will see.

/** OpenAI's keys of every sort, also the half-masked form in which its own error messages echo them. */
const KEY = /(?<![A-Za-z0-9])sk-[\w*.…-]+/gi;

export function redactKeys(text: string): string {
  return text.replace(KEY, 'sk-…');
}
