// The functions by name: each is a file in `functions/` that exports `handler`, and is bundled on its own.

/** What a schedule starts, in the order in which an organization's quarter of an hour goes. */
export const SCHEDULED_FUNCTIONS = ['collect-usage', 'collect-costs', 'check-budgets', 'heartbeat'] as const;
export type ScheduledFunction = (typeof SCHEDULED_FUNCTIONS)[number];

/** What asks OpenAI, and so needs the admin key. */
export const COLLECTING_FUNCTIONS: ReadonlySet<ScheduledFunction> = new Set([
  'collect-usage',
  'collect-costs',
]);

/** Every function that there is. */
export const FUNCTION_NAMES = [
  ...SCHEDULED_FUNCTIONS,
  'send-digest',
  'post-to-webhook',
  'publish-to-amazon-q',
  'seed-budgets',
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];
