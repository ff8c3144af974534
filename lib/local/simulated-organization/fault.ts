// Faults on order: what can go wrong between a client and OpenAI, in place of an answer or on the way.
import type { ServerResponse } from 'node:http';
import { type Answer, errorAnswer } from './api-answer.ts';

export type Fault =
  /** An error of OpenAI's own, with headers such as `retry-after`. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** 502 from a proxy in between, as a web page. */
  | { readonly kind: 'html' }
  /** 200 with the first half of the JSON, and nothing in HTTP that says so. */
  | { readonly kind: 'truncated' }
  /** The connection ends in the middle of the body. */
  | { readonly kind: 'dropped' }
  /** The right answer, that much later. */
  | { readonly kind: 'slow'; readonly delayMs: number };

const HTML =
  '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n';

/** What is sent instead of `answer`. */
export function faultyAnswer(fault: Fault, answer: Answer): Answer {
  switch (fault.kind) {
    case 'status': {
      const type =
        fault.status === 429
          ? 'rate_limit_error'
          : fault.status >= 500
            ? 'server_error'
            : 'invalid_request_error';
      const message = `The simulated organization was told to answer with ${fault.status}.`;
      return errorAnswer(fault.status, type, message, null, fault.code ?? null);
    }
    case 'html':
      return { status: 502, contentType: 'text/html', body: HTML };
    case 'truncated':
      return { ...answer, body: firstHalf(answer.body) };
    case 'dropped':
    case 'slow':
      return answer;
  }
}

/** Sends half of what was announced. */
export function sendAndDrop(response: ServerResponse, answer: Answer, headers: Record<string, string>): void {
  response.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(answer.body) });
  response.write(firstHalf(answer.body), () => response.destroy());
}

function firstHalf(text: string): string {
  return text.slice(0, Math.ceil(text.length / 2));
}
