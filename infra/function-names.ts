// The functions by name: each is a file in `functions/` that exports `handler`, and is bundled on its own.

/** What a schedule starts, in the order in which an organization's quarter of an hour goes. */
export const SCHEDULED_FUNCTIONS = ['collect-usage', 'collect-costs', 'check-budgets', 'heartbeat'] as const;
export type ScheduledFunction = (typeof SCHEDULED_FUNCTIONS)[number];

export type FunctionName = ScheduledFunction | 'send-digest' | 'post-to-slack' | 'publish-to-amazon-q';
