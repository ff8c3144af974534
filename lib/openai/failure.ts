// The ways in which one attempt can fail, as the retry policy and the messages see them.
import type { ErrorBody } from './error-body.ts';

interface Answered {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
}

export interface Refusal extends Answered {
  readonly kind: 'refusal';
  readonly body: ErrorBody;
}

/** A status of 2xx over something that is not JSON. */
export interface Unreadable extends Answered {
  readonly kind: 'unreadable';
  readonly shape: 'empty' | 'html' | 'broken';
}

export type Failure =
  | Refusal
  | Unreadable
  /** Connection errors, time-outs, bodies that broke off. */
  | { readonly kind: 'no-answer'; readonly why: string };
