// Answers of the simulated API: JSON bodies, and the errors in the forms that OpenAI gives them.

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export type Scope = 'api.usage.read' | 'api.management.read';

export function jsonAnswer(status: number, value: unknown): Answer {
  return jsonTextAnswer(status, JSON.stringify(value));
}

export function jsonTextAnswer(status: number, body: string): Answer {
  return { status, contentType: 'application/json', body };
}

export function errorAnswer(
  status: number,
  type: string,
  message: string,
  param: string | null,
  code: string | null,
): Answer {
  return jsonAnswer(status, { error: { message, type, param, code } });
}

export function invalidParameter(param: string, code: string, message: string): Answer {
  return errorAnswer(400, 'invalid_request_error', message, param, code);
}

/** The one error object without `param`. */
export function pageTokenInvalid(): Answer {
  return jsonAnswer(400, {
    error: {
      message: 'The page token is invalid, have you modified the query parameters?',
      type: 'invalid_request_error',
      code: 'invalid_request_error',
    },
  });
}

/** Echoes both ends of a wrong key, as OpenAI does: a client that logs this message logs part of a key. */
export function keyRefused(key: string | null): Answer {
  if (key === null) {
    return errorAnswer(
      401,
      'invalid_request_error',
      'Missing bearer authentication in header. Send "Authorization: Bearer <admin key>".',
      null,
      null,
    );
  }
  const echo = `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`;
  return errorAnswer(
    401,
    'invalid_request_error',
    `Incorrect API key provided: ${echo}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    null,
    'invalid_api_key',
  );
}

/** `error` is a bare string here, unlike everywhere else. */
export function scopeMissing(scope: Scope): Answer {
  return jsonAnswer(403, {
    error: `You have insufficient permissions for this operation. Missing scopes: ${scope}. Check that you have the correct role in your organization (Reader, Writer, Owner) and project (Viewer, Member, Owner), and if you're using a restricted API key, that it has the necessary scopes.`,
  });
}

export function unknownPath(method: string, path: string): Answer {
  return errorAnswer(404, 'invalid_request_error', `Invalid URL (${method} ${path})`, null, null);
}

export function methodRefused(method: string, path: string): Answer {
  const message = `Not allowed to ${method} on ${path}. The simulated organization is read-only.`;
  return errorAnswer(405, 'invalid_request_error', message, null, 'method_not_supported');
}
