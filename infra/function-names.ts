// The functions by name: each is a file in `functions/` that exports `handler`, and is bundled on its own.

/** What a schedule starts, in the order in which an organization's quarter of an hour goes. */
export const SCHEDULED_FUNCTIONS = ['collect-usage', 'collect-costs', 'check-budgets', 'heartbeat'] as const;
export type ScheduledFunction = (typeof SCHEDULED_FUNCTIONS)[number];

/** Every function that there is. */
export const FUNCTION_NAMES = [...SCHEDULED_FUNCTIONS, 'post-to-slack'] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];
