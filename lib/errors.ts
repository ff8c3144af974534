// The vocabulary of failures: one base class, a stable code for each, and a message that says what to do.

/** Stable: scripts and runbooks match on these. Never rename one; add another. */
export type ErrorCode =
  | 'budgets-file-unreadable'
  | 'budget-invalid'
  | 'budget-unknown'
  | 'member-unknown'
  | 'period-not-open'
  | 'silence-invalid'
  | 'silence-unknown'
  | 'since-invalid'
  | 'openai-key-missing'
  | 'openai-base-url-invalid'
  | 'openai-key-rejected'
  | 'openai-scope-missing'
  | 'openai-request-refused'
  | 'openai-not-found'
  | 'openai-rate-limited'
  | 'openai-billing'
  | 'openai-unavailable'
  | 'openai-answer-malformed'
  | 'openai-answer-too-large'
  | 'openai-deadline'
  | 'state-missing'
  | 'state-locked'
  | 'state-conflict'
  | 'state-corrupt'
  | 'state-unavailable'
  | 'environment-incomplete'
  | 'event-malformed'
  | 'secret-unavailable'
  | 'stack-unreadable'
  | 'stack-unanswered'
  | 'seed-invalid'
  | 'webhook-invalid'
  | 'webhook-refused'
  | 'webhook-message-refused'
  | 'webhook-unavailable'
  | 'publish-refused'
  | 'publish-uncertain'
  | 'publish-unheard'
  | 'retention-invalid'
  | 'run-incomplete';

/** Base of every error that this program raises on purpose. Anything else that is thrown is a defect. */
export class BudgetAlertsError extends Error {
  /** Written out, since bundles shorten the names of classes. */
  static override readonly name: string = 'BudgetAlertsError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}
