// The one place where failures of this edge are made, so that no message can carry a key.
import { SourceError, type SourceErrorCode } from '../spend/usage-source.ts';
import { redactKeys } from './redact.ts';

/**
 * There is no `cause` on purpose: JSON's syntax errors quote the body, and the HTTP parser's errors carry it.
 */
export function sourceError(
  code: SourceErrorCode,
  message: string,
  requestId: string | null = null,
): SourceError {
  return new SourceError(code, redactKeys(message), requestId === null ? null : redactKeys(requestId));
}

/** Where an answer came from, for messages. */
export interface AnswerOrigin {
  /** Below the base URL: `/organization/costs`. */
  readonly path: string;
  readonly requestId: string | null;
}

/** The answer contradicts OpenAI's contract at `where`; nothing of it may be counted. */
export function malformedAnswer(origin: AnswerOrigin, where: string, why: string): SourceError {
  const request = origin.requestId === null ? '' : ` (x-request-id ${origin.requestId})`;
  return sourceError(
    'openai-answer-malformed',
    `OpenAI's answer to GET ${origin.path} cannot be counted: ${where} ${why}${request}. ` +
      'It was not taken as zero. If it stays so, update openai-budget-alerts, or report it with the request id.',
    origin.requestId,
  );
}
