// Routes: names for the ways on which messages reach people. What a name stands for is the deployment's business.

/** Where a budget that names no route is heard. Every deployment has it. */
export const DEFAULT_ROUTE = 'default';

/** Names become parts of message attributes and of resources' names. */
export const ROUTE_NAME = /^[A-Za-z0-9_-]{1,64}$/;
